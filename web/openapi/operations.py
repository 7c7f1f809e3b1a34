"""The operations of the API: what each endpoint answers, and which arguments it takes.

This table decides which arguments the routes accept; the OpenAPI document is generated from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from index.answers.exporting.formats import FORMATS, TABLES
from index.facets import FACETS
from web import params
from web.exporting import arguments as export_arguments
from web.workbench import (
    batch_arguments,
    comparison_arguments,
    concordance_arguments,
    coverage_arguments,
    trend_arguments,
    word_arguments,
)


class EmptyQuery(StrEnum):
    """What an operation does without a query text, or with a blank one; each says it to programs."""

    EVERYTHING = "Empty: every article."
    UNMARKED = "Empty: nothing is marked."
    NO_WORDS = "Empty: no words."
    WITH_A_SIDE = "It may stand for `a`. One of the sides must be given."
    WITH_A_FILTER = "Empty only beside a filter or a range of days."
    REFUSED = "Never empty: it takes a word or a phrase."


@dataclass(frozen=True, slots=True)
class Operation:
    """An endpoint of the API.

    Attributes:
        summary: What it answers, in one sentence.
        arguments: The names of the arguments it takes.
        variable: What the variable part of its path is; "" if there is none.
        values: The values of that part, if they are fixed.
        media_types: The types of its answers.
        method: The method of HTTP.
        body: What is sent to it as a table or as a text, in one sentence; "" for nothing.
        empty_query: What it does without a query text, if it takes one.
    """

    summary: str
    arguments: tuple[str, ...] = ()
    variable: str = ""
    values: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ("application/json",)
    method: str = "get"
    body: str = ""
    empty_query: EmptyQuery = EmptyQuery.EVERYTHING


def _media_type(format_: str) -> str:
    return FORMATS[format_].media_type.partition(";")[0]


_UNPAGED: Final = tuple(name for name in params.NAMES if name != params.PAGE)
OPERATIONS: Final[Mapping[str, Operation]] = {
    "search": Operation("Hits, totals and facets of a query.", (*params.NAMES, params.CURSOR, params.FIELDS)),
    "suggest": Operation(
        "Words that complete the last one of a text.", (params.TEXT,), empty_query=EmptyQuery.NO_WORDS
    ),
    "facet": Operation(
        "All values of a facet of an answer.", (*params.NAMES, params.CURSOR), "the name of the facet", tuple(FACETS)
    ),
    "article": Operation(
        "An article with its text, its facts, and where a query matches it.",
        (*params.NAMES, params.PART),
        "the id of the article",
        empty_query=EmptyQuery.UNMARKED,
    ),
    "similar": Operation(
        "The articles most similar to one, each story once, without its own story.",
        (params.SIZE,),
        "the id of the article",
    ),
    "story": Operation(
        "A story: all versions of one text, and what each changed.",
        (*params.NAMES, params.BASE, params.WITH),
        "the id of the story",
        empty_query=EmptyQuery.UNMARKED,
    ),
    "trends": Operation("Several queries over time.", (*_UNPAGED, *trend_arguments.NAMES)),
    "coverage": Operation(
        "How many articles of each outlet lie in each year or month.", (*_UNPAGED, *coverage_arguments.NAMES)
    ),
    "compare": Operation(
        "Two queries side by side: outlets, time, and the words that tell one from the other.",
        (*_UNPAGED, *comparison_arguments.NAMES),
        empty_query=EmptyQuery.WITH_A_SIDE,
    ),
    "batch": Operation(
        "Each query of a list counted by outlet and period, with its first hits.",
        (*(name for name in _UNPAGED if name != params.TEXT), *batch_arguments.NAMES),
        media_types=("application/json", *(_media_type(name) for name in TABLES)),
        method="post",
        body="One query a line; or a table with the column `query`, and perhaps `name`, with commas between.",
    ),
    "citation": Operation(
        "An article cited in every style, and as records of reference managers.", (), "the id of the article"
    ),
    "methods": Operation(
        "A search told in a paragraph for a paper, in Indonesian and English.", export_arguments.RESULT
    ),
    "export": Operation(
        "The whole result of a query, or chosen articles, as a file.",
        export_arguments.NAMES,
        media_types=tuple(dict.fromkeys(map(_media_type, FORMATS))),
    ),
    "kwic": Operation(
        "Every place of a query with the words before and after it.",
        (*params.NAMES, *concordance_arguments.NAMES),
        empty_query=EmptyQuery.REFUSED,
    ),
    "collocates": Operation(
        "The words around the places of a query, with measures of association.",
        (*_UNPAGED, *word_arguments.COLLOCATE_NAMES),
        empty_query=EmptyQuery.REFUSED,
    ),
    "keywords": Operation(
        "The words that set the articles of a query apart from the archive.",
        _UNPAGED,
        empty_query=EmptyQuery.WITH_A_FILTER,
    ),
    "status": Operation("The index that answers."),
    "openapi": Operation("This description of the API, as OpenAPI 3.1."),
}
