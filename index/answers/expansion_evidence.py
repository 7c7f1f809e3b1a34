"""The evidence of an expansion: how many articles bear it out, and two of them.

For a short form and its name these are the articles that have both side by side, as "Amerika Serikat (AS)" does. For
every other expansion they are those that have it.
"""

from dataclasses import dataclass, replace
from typing import Final

from index.answers.expansion_report import Expansion
from index.engine import Reader
from index.query.request import Query
from index.query.tree import ExpansionReason
from index.query.writing import to_text
from index.words.tokenizer import tokenize

EXAMPLES: Final = 2  # articles, enough to see what is meant
SHORT_FORMS: Final = frozenset({ExpansionReason.SHORT_FORM, ExpansionReason.LONG_FORM})


@dataclass(frozen=True, slots=True)
class Example:
    """An article that bears an expansion out."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The query for the articles that bear an expansion out, their number and the first ones.

    `defined` tells that they have the short form and its name side by side; otherwise they only have the expansion.
    """

    query: Query
    articles: int
    examples: tuple[Example, ...]
    defined: bool


def evidence_query(one: Expansion) -> Query:
    """The query for the articles that bear an expansion out."""
    if one.because in SHORT_FORMS:
        asked, also = (" ".join(token.form for token in tokenize(words)) for words in (one.asked, one.also))
        return Query(f'"{asked} {also}" OR "{also} {asked}"', expand=False)
    return Query(to_text(replace(one.leaf, field=None) if _searches_text(one) else one.leaf), expand=False)


def evidence(reader: Reader, one: Expansion) -> Evidence:
    """The evidence of an expansion. A name from the shipped list may have none that defines it."""
    query = evidence_query(one)
    found = reader.find(replace(query, size=EXAMPLES), facets=())
    defined = one.because in SHORT_FORMS and found.articles > 0
    if one.because in SHORT_FORMS and not defined:
        query = Query(to_text(replace(one.leaf, field=None)), expand=False)
        found = reader.find(replace(query, size=EXAMPLES), facets=())
    examples = (Example(match.article.id, match.article.title) for match in found.matches)
    return Evidence(query, found.articles, tuple(examples), defined)


def _searches_text(one: Expansion) -> bool:
    return one.leaf.field in {None, "title"}
