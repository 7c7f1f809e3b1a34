"""An export: which articles a file has, in which columns, and where they come from.

Rows are read from one index as they are written. Their number is known before the first one and said at the beginning
of the file, so its reader can tell whether a file is complete.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final

from archive.article import Article
from index.answers.exporting.columns import NEEDS_TEXT, SIZES, Row, usual_columns
from index.answers.exporting.provenance import Provenance, Publication
from index.answers.exporting.stratified_sample import read_sampled, sampled
from index.engine import Match, Reader
from index.query.request import Copies, Query

AT_ONCE: Final = 500  # rows whose stories are looked up together
MOST_IDS: Final = 10_000  # articles chosen by their ids; each is read twice, and only its date is kept between


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is exported: the whole result of a query, or the articles with some ids, which then take its place.

    `columns` is None for the usual ones. Without `introduced`, the file begins with its first row and does not say
    where it comes from. With `sample`, so many articles are drawn by `seed`, for a sheet with columns for `codes`.
    """

    query: Query
    ids: tuple[str, ...] = ()
    texts: bool = True
    columns: tuple[str, ...] | None = None
    introduced: bool = True
    sample: int | None = None
    seed: int = 0
    codes: tuple[str, ...] = ()

    @property
    def reads_texts(self) -> bool:
        """Whether the texts of articles are needed."""
        return self.texts if self.columns is None else not NEEDS_TEXT.isdisjoint(self.columns)


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of a file, in (date, id) order, with what is said about them."""

    request: ExportRequest
    provenance: Provenance
    rows: Iterator[Row]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table."""
        return self.request.columns or usual_columns(texts=self.request.texts)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an export is told about the archive: what it is called, the day, and the address of each article."""

    publication: Publication
    today: date
    address: Callable[[str], str]


def open_export(reader: Reader, request: ExportRequest, setting: Setting) -> Export:
    """Open an export. Raises BadQuery and EngineError before the first row."""
    query = request.query
    found = reader.find(replace(query, page=1, size=1), facets=())
    if request.ids:
        chosen, missing = _chosen(reader, request)
        rows, matches = len(chosen), _read(reader, chosen)
        provenance = Provenance(query, found, rows, setting.today, setting.publication, len(request.ids), missing)
    elif request.sample is not None:
        drawn, strata = sampled(reader, query, request.sample, request.seed)
        told: dict[str, str | int] = {
            "sample": len(drawn),
            "seed": request.seed,
            "strata": strata,
            "stratified_by": "outlet, month",
        }
        folded = replace(query, copies=Copies.FOLD)
        matches, rows = read_sampled(reader, drawn), len(drawn)
        provenance = Provenance(folded, found, rows, setting.today, setting.publication, sampled=told)
    else:
        matches = reader.walk(query, texts=request.reads_texts)
        provenance = Provenance(query, found, found.hits, setting.today, setting.publication)
    address = setting.address
    found_rows = (Row(match, address(match.article.id)) for match in matches)
    sized = request.columns is not None and not SIZES.isdisjoint(request.columns)
    return Export(request, provenance, _sized(reader, found_rows) if sized else found_rows)


def _sized(reader: Reader, rows: Iterator[Row]) -> Iterator[Row]:
    """The same rows with the sizes of their stories, which are read some at a time."""
    while some := list(islice(rows, AT_ONCE)):
        sizes = reader.story_sizes({row.match.story for row in some})
        for row in some:
            versions, outlets = sizes[row.match.story]
            yield row._replace(versions=versions, outlets=outlets)


def _chosen(reader: Reader, request: ExportRequest) -> tuple[Sequence[tuple[str, tuple[str, ...]]], int]:
    """The ids of the articles chosen, each with those folded under it, in order; and how many are not there."""
    found = {}
    for article_id in dict.fromkeys(request.ids):
        if held := reader.get(article_id):
            found[article_id] = (_by_date(held.article), held.story)
    ordered = sorted(found, key=lambda article_id: found[article_id][0])
    groups: dict[str, list[str]] = {}
    for article_id in ordered:
        story = found[article_id][1]
        groups.setdefault(article_id if request.query.copies is Copies.SHOW else story, []).append(article_id)
    return [(first, tuple(copies)) for first, *copies in groups.values()], len(set(request.ids)) - len(found)


def _by_date(article: Article) -> tuple[bool, date, str]:
    """A sort key: undated articles last."""
    first = article.date.first
    return first is None, first or date.min, article.id


def _read(reader: Reader, chosen: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Match]:
    for article_id, copies in chosen:
        if held := reader.get(article_id):
            yield Match(held.article, 0.0, held.story, copies)
