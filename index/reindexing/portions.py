"""The work on one portion of records that needs nothing but them: articles, fingerprints, definitions, preparation.

It runs in any process. A record that takes more than the limits is rejected; the rest of its portion is not touched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.article import Article
from archive.copies.fingerprints import Fingerprint, fingerprints
from archive.copies.told import Told, told_by
from archive.intake import article_from_record
from archive.meanings.definitions import Definition, find_definitions
from archive.press.boilerplate import Boilerplate
from archive.press.outlet_table import OutletTable
from archive.press.outlets import use_outlets
from archive.reading.record_spool import unpack_records
from archive.record import Record, Rejected
from index.reindexing.fact_counts import FactCounts, count_facts
from index.reindexing.work_limits import WorkLimits


@dataclass(frozen=True, slots=True)
class ProcessedPortion:
    """The result of one portion: rejects, and its articles' ids, fingerprints, definitions, facts and prepared batch.

    `told` is what the articles say of themselves; `facts` counts by file which facts the articles lack.
    """

    rejected: list[Rejected]
    ids: list[str]
    fingerprints: list[Fingerprint]
    told: list[Told]
    definitions: list[Sequence[Definition]]
    facts: dict[str, FactCounts]
    prepared: Any


class ProcessedRecord(NamedTuple):
    """A record's article, the paragraphs of its body, and the short forms they define."""

    article: Article
    body: Sequence[str]
    definitions: Sequence[Definition]


def process_record(boilerplate: Boilerplate, outlets: OutletTable, record: Record) -> ProcessedRecord | Rejected:
    """Make the article of a record and find its definitions, or reject the record."""
    use_outlets(outlets)  # this process may be a new one, which knows the shipped table only
    article = article_from_record(record, boilerplate)
    if isinstance(article, Rejected):
        return article
    body = article.paragraphs
    return ProcessedRecord(article, body, find_definitions(body))


def process_portion(
    preparation: Callable[[Sequence[Article]], Any],
    work: Callable[[Record], ProcessedRecord | Rejected],
    limits: WorkLimits,
    records: bytes,
) -> ProcessedPortion:
    """Do all work on packed records that needs nothing but them; runs in any process."""
    with limits.watching() as watch:
        items = unpack_records(records)
        outcomes = [watch.attempt(work, item) if isinstance(item, Record) else item for item in items]
        processed = [outcome for outcome in outcomes if isinstance(outcome, ProcessedRecord)]
        prints = fingerprints(one.body for one in processed)
        prepared = preparation([one.article for one in processed])
    pairs = zip(items, outcomes, strict=True)
    return ProcessedPortion(
        rejected=[outcome for outcome in outcomes if isinstance(outcome, Rejected)],
        ids=[one.article.id for one in processed],
        fingerprints=prints,
        told=[told_by(one.article) for one in processed],
        definitions=[one.definitions for one in processed],
        facts=count_facts((item.where, one.article) for item, one in pairs if isinstance(one, ProcessedRecord)),
        prepared=prepared,
    )


def prepare_nothing(articles: Sequence[Article]) -> None:
    """Prepare nothing: the preparation of a dry run."""
