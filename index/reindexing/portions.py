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


class Worked(NamedTuple):
    """A record's article, the paragraphs of its body, and what is found in them."""

    article: Article
    body: Sequence[str]
    definitions: Sequence[Definition]


def work_on(known: Boilerplate, outlets: OutletTable, record: Record) -> Worked | Rejected:
    """Make the article of a record and read it, or reject the record."""
    use_outlets(outlets)
    article = article_from_record(record, known)
    if isinstance(article, Rejected):
        return article
    body = article.paragraphs
    return Worked(article, body, find_definitions(body))


def process_portion(
    preparation: Callable[[Sequence[Article]], Any],
    work: Callable[[Record], Worked | Rejected],
    limits: WorkLimits,
    records: bytes,
) -> ProcessedPortion:
    """Do all work on packed records that needs nothing but them; runs in any process."""
    with limits.watching() as watch:
        items = unpack_records(records)
        found = [watch.attempt(work, item) if isinstance(item, Record) else item for item in items]
        done = [item for item in found if isinstance(item, Worked)]
        prints = fingerprints(item.body for item in done)
        prepared = preparation([item.article for item in done])
    facts = count_facts(
        (item.where, made.article) for item, made in zip(items, found, strict=True) if isinstance(made, Worked)
    )
    return ProcessedPortion(
        [item for item in found if isinstance(item, Rejected)],
        [item.article.id for item in done],
        prints,
        [told_by(item.article) for item in done],
        [item.definitions for item in done],
        facts,
        prepared,
    )


def prepare_nothing(articles: Sequence[Article]) -> None:
    """Prepare nothing: the preparation of a dry run."""
