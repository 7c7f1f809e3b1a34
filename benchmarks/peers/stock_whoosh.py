"""Stock Whoosh: its default codec, its own writer and searcher, facets from columns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh import versionstring
from whoosh.analysis.tokenizers import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import Prefix, Term
from whoosh.sorting import Count, FieldFacet

from benchmarks.contestants import Asked
from benchmarks.corpus import documents
from benchmarks.requests import TOP, Answer, Operator, Request

MEMORY_MB = 256


class StockWhoosh:
    """Whoosh over space-separated words."""

    name = "stock Whoosh"

    def __init__(self) -> None:
        self.settings = f"whoosh3 {versionstring()}, default codec, one process, limitmb={MEMORY_MB}"
        self._searcher: Any = None

    def build(self, documents_file: Path, folder: Path) -> None:
        """Index a file of documents."""
        text = TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
        schema = Schema(id=ID(stored=True), outlet=ID(sortable=True), year=ID(sortable=True), text=text)
        index = create_in(str(folder), schema)
        writer = index.writer(limitmb=MEMORY_MB)
        for one in documents(documents_file):
            facts = {name: value for name, value in (("outlet", one.outlet), ("year", one.year)) if value}
            writer.add_document(id=one.id, text=one.tokens, **facts)
        writer.commit()
        self._searcher = index.searcher()

    def answers(self, request: Request) -> bool:  # noqa: ARG002  # it answers any request
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """Search for the ten best, grouped by both facets; grouping visits every match, so the total is exact."""
        grouped = {name: FieldFacet(name, maptype=Count) for name in ("outlet", "year")}
        results = self._searcher.search(
            _query(request),
            limit=TOP,
            groupedby=grouped,
            filter=Term("year", request.year) if request.year else None,
        )
        ids = [hit["id"] for hit in results]
        return Asked((len(results), ids, results.groups("outlet"), results.groups("year")))

    def read(self, reply: object) -> Answer:
        """Total and groups."""
        assert isinstance(reply, tuple)
        total, _, outlets, years = reply
        return Answer(total, _named(outlets), _named(years))

    def close(self) -> None:
        """Close the searcher."""
        if self._searcher is not None:
            self._searcher.close()


def _query(request: Request) -> Query:
    terms = [Term("text", word) for word in request.words]
    match request.operator:
        case Operator.EVERYTHING:
            return Every()  # type: ignore[no-untyped-call]  # the only untyped one
        case Operator.PHRASE:
            return Phrase("text", list(request.words))
        case Operator.PREFIX:
            return Prefix("text", request.words[0])
        case Operator.ANY:
            return Or(terms)
        case _:
            return And(terms) if len(terms) > 1 else terms[0]


def _named(groups: Mapping[Any, int]) -> dict[str, int]:
    """The groups without that of documents that have no value."""
    return {str(value): count for value, count in groups.items() if value}
