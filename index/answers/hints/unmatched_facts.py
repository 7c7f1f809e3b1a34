"""Facts that no article has: `outlet:x` or `-outlet:x` without such an outlet, and the values that may be meant.

Without a word of it, a denied fact that nothing has would leave out nothing, and the answer would look as if it had.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.answers.hints.field_vocabularies import FactWords
from index.engine import Reader
from index.fact_matching import begins, matches
from index.query.language import parse
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import TEXT_FIELDS, Expanded, Leaf, Node, Phrase, Wildcard, Word

OFFERED: Final = 3  # values of a fact


@dataclass(frozen=True, slots=True)
class MeantValue:
    """A value of a fact that may have been meant, and the query with it."""

    value: str
    query: Query
    articles: int


@dataclass(frozen=True, slots=True)
class UnmatchedFact:
    """A fact asked or denied that no article has: its field, what was typed, and values that may have been meant."""

    field: str
    typed: str
    meant: tuple[MeantValue, ...]


def unmatched_facts(reader: Reader, query: Query, tree: Node) -> tuple[UnmatchedFact, ...]:
    """The facts of a query that no article has, without those that `tree`, the tree as evaluated, reads as a value."""
    read = {node.asked.span for node in _expanded(tree) if node.also}
    asked = [leaf for leaf in leaves(parse(query.text)) if _is_fact(leaf) and leaf.span not in read]
    return tuple(fact for leaf in asked if (fact := _unmatched(reader, query, leaf)))


def _unmatched(reader: Reader, query: Query, leaf: Leaf) -> UnmatchedFact | None:
    if not isinstance(leaf, Word | Phrase | Wildcard) or leaf.field is None:
        return None
    counts = reader.find(Query(size=1), facets=(leaf.field,)).counts[leaf.field]
    if any(matches(leaf, value) for value in counts):
        return None
    found = [value for value in counts if begins(leaf, value)]
    if not found and isinstance(leaf, Word):
        near = [replace(leaf, form=form) for form, _ in FactWords(counts).near(leaf.form, OFFERED)]
        found = [value for value in counts if any(matches(word, value) for word in near)]
    likely = sorted(found, key=lambda value: (-counts[value].articles, value))[:OFFERED]
    name, _, words = query.text[leaf.span.start : leaf.span.end].rpartition(":")
    meant = (MeantValue(value, _with_value(query, leaf, name, value), counts[value].articles) for value in likely)
    return UnmatchedFact(leaf.field, words.strip('"“”'), tuple(meant))


def _with_value(query: Query, leaf: Leaf, name: str, value: str) -> Query:
    """The query with a value instead of a leaf; the leaf has no field name of its own within a group."""
    words = value.replace('"', " ")
    before, after = query.text[: leaf.span.start], query.text[leaf.span.end :]
    return query.with_text(f'{before}{name + ":" if name else ""}"{words}"{after}')


def _is_fact(leaf: Leaf) -> bool:
    return isinstance(leaf, Word | Phrase | Wildcard) and leaf.field not in TEXT_FIELDS


def _expanded(node: Node) -> Iterator[Expanded]:
    if isinstance(node, Expanded):
        yield node
    for part in getattr(node, "parts", ()):
        yield from _expanded(part)
