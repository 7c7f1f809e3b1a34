"""The work on one portion of records: from packed records to prepared articles. It runs in any process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.article import Article
from archive.copies.fingerprints import Fingerprint, fingerprint
from archive.intake import article_from_record
from archive.meanings.definitions import Definition, find_definitions
from archive.press.boilerplate import Boilerplate
from archive.reading.record_spool import unpack_records
from archive.record import Record, Rejected


@dataclass(frozen=True, slots=True)
class ProcessedPortion:
    """The result of one portion: rejects, and its articles' ids, fingerprints, definitions and prepared batch."""

    rejected: list[Rejected]
    ids: list[str]
    fingerprints: list[Fingerprint]
    definitions: list[Sequence[Definition]]
    prepared: Any


def process_portion(
    preparation: Callable[[Sequence[Article]], Any], known: Boilerplate, records: bytes
) -> ProcessedPortion:
    """Do all work on packed records that needs nothing but them; runs in any process."""
    found = [article_from_record(item, known) if isinstance(item, Record) else item for item in unpack_records(records)]
    articles = [item for item in found if not isinstance(item, Rejected)]
    bodies = [article.paragraphs for article in articles]
    return ProcessedPortion(
        [item for item in found if isinstance(item, Rejected)],
        [article.id for article in articles],
        list(map(fingerprint, bodies)),
        list(map(find_definitions, bodies)),
        preparation(articles),
    )


def prepare_nothing(articles: Sequence[Article]) -> None:
    """Prepare nothing: the preparation of a dry run."""
