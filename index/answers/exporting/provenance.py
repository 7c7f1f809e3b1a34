"""Provenance: where an exported file comes from, said in the file itself.

The names are the same in every format and language; `docs/reference/api.md` explains them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from index.answers.exporting.query_as_read import as_read
from index.answers.moments import index_facts
from index.engine import EngineAnswer
from index.facets import estimated
from index.query.request import Choices, Copies, Query
from index.query.tree import Node
from index.words.families import relations
from index.words.stemming import stemmer

FOLD_RULES: Final = {
    Copies.SHOW: "one row for each article; copies are not folded",
    Copies.FOLD: "one row for each story; an article and its copies are one story",
    Copies.LOOSE: "one row for each loose group; texts of one template and round-ups are folded like copies",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """What gives the export: the name of the archive, its address, and the version of the software."""

    archive: str
    address: str
    software: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The facts of an export; `chosen_ids` and `missing` count the articles asked for by their ids, if they were."""

    query: Query
    answer: EngineAnswer
    rows: int
    exported: date
    publication: Publication
    chosen_ids: int | None = None
    missing: int = 0
    sampled: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))

    def facts(self) -> dict[str, str | int]:
        """Return name → fact; what was not asked for is left out."""
        return dict(self._facts())

    def sentence(self) -> str:
        """Return the facts in one line, for formats that have no place of their own for them."""
        return "; ".join(f"{name}: {value}" for name, value in self.facts().items())

    def _facts(self) -> Iterator[tuple[str, str | int]]:
        query, answer, index = self.query, self.answer, self.answer.index
        yield "archive", self.publication.archive
        if self.publication.address:
            yield "address", self.publication.address
        if self.chosen_ids is None:
            yield from query_facts(self.query, self.answer.tree)
        else:
            yield "chosen_ids", self.chosen_ids
            yield "missing_ids", self.missing
        yield "folding", FOLD_RULES[query.copies]
        if query.copies is not Copies.SHOW:
            yield "lead", query.lead.value
        yield "rows", self.rows
        yield from self.sampled.items()
        if self.chosen_ids is None:
            yield from (("articles", answer.articles), ("stories", answer.stories))
            if estimated([answer.stories]):
                yield "stories_are", "estimated"
            if query.since or query.until:
                yield "undated_left_out", answer.undated_left_out
        yield "order", "date, then id; undated last"
        yield from index_facts(index)
        yield "stemmer", stemmer().value
        yield "families", relations.version()
        yield from (("index_articles", index.articles), ("index_stories", index.stories))
        yield from (("exported", self.exported.isoformat()), ("software", self.publication.software))


def query_facts(query: Query, tree: Node | None) -> Iterator[tuple[str, str]]:
    """Yield what a query asks for, and how it was read if that is known."""
    yield "query", query.text
    if tree is not None:
        yield "read_as", as_read(tree, query.text)
    if not query.expand:
        yield "expansion", "off"
    if query.off:
        yield "switched_off", ", ".join(query.off)
    if query.on:
        yield "switched_on", ", ".join(query.on)
    yield from _choices("", query.chosen)
    yield from _choices("not ", query.excluded)
    yield from ((name, day) for name, day in (("from", query.since), ("to", query.until)) if day)


def _choices(prefix: str, choices: Choices) -> Iterator[tuple[str, str]]:
    return ((f"{prefix}{name}", " | ".join(values)) for name, values in choices.items())
