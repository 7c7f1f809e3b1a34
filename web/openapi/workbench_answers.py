"""Schemas of the answers over whole results: trends, coverage and lines in context."""

from collections.abc import Mapping
from typing import Final

from index.answers.trends import Measure
from index.association import Measure as Association
from index.concordance import LineOrder
from index.trends import Interval
from index.word_statistics import WordKind
from web.openapi.schema_types import (
    COUNT,
    ESTIMATED,
    FLAG,
    NUMBER,
    TEXT,
    Schema,
    described,
    list_of,
    one_of,
    optional,
    record,
    reference,
)
from web.workbench.comparison_arguments import COUNTED
from web.workbench.concordance_arguments import ONCE
from web.workbench.coverage_arguments import INTERVALS
from web.workbench.trend_arguments import SPLITS

_COUNTS: Final = list_of(COUNT)
_SHARE: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 1}
_SERIES: Final = record(
    label=TEXT,
    query=described(TEXT, "The series as arguments of a search."),
    total=COUNT,
    values=list_of({"anyOf": [COUNT, _SHARE, {"type": "null"}]}),
    counts=_COUNTS,
    archive=_COUNTS,
    thin=list_of(FLAG),
    uncertain_counts=_COUNTS,
    undated=COUNT,
    left_out=COUNT,
)
_OUTLET: Final = record(outlet=TEXT, articles=COUNT, stories=COUNT, counts=_COUNTS, gaps=list_of(FLAG))

TRENDS: Final = record(
    by=one_of(Interval),
    count=one_of(Measure),
    share=FLAG,
    split=optional(one_of(SPLITS)),
    uncertain=FLAG,
    bins=list_of(TEXT),
    archive=_COUNTS,
    thin=list_of(FLAG),
    archive_undated=COUNT,
    archive_outside=COUNT,
    series=list_of(_SERIES),
    values_left_out=COUNT,
    estimated=ESTIMATED,
    index=reference("Index"),
)
COVERAGE: Final = record(
    by=one_of(INTERVALS),
    bins=list_of(TEXT),
    archive=_COUNTS,
    outlets=list_of(_OUTLET),
    without_outlet=_COUNTS,
    articles=COUNT,
    undated=COUNT,
    outside=COUNT,
    outlets_left_out=COUNT,
    estimated=ESTIMATED,
    index=reference("Index"),
)
KWIC: Final = record(
    query=reference("Query"),
    order=one_of(LineOrder),
    width=COUNT,
    sample=optional(COUNT),
    seed=COUNT,
    stories=optional(one_of([ONCE])),
    total=record(lines=COUNT, articles=COUNT),
    sampled=COUNT,
    lines=list_of(
        record(
            article=TEXT,
            date=optional(TEXT),
            outlet=optional(TEXT),
            left=TEXT,
            hit=TEXT,
            right=TEXT,
            paragraph=optional(COUNT),
            start=COUNT,
        )
    ),
    next=optional(TEXT),
    index=reference("Index"),
)
_WORD: Final = {
    "word": TEXT,
    "form": described(TEXT, "The most frequent form of a stem."),
    "count": COUNT,
    "overall": COUNT,
    "articles": COUNT,
    "outlets": COUNT,
    "months": COUNT,
    "loglikelihood": NUMBER,
}
COLLOCATES: Final = record(
    query=reference("Query"),
    window=COUNT,
    measure=one_of(Association),
    by=one_of(WordKind),
    hits=COUNT,
    window_words=COUNT,
    archive_words=COUNT,
    words=list_of(record(**_WORD, logdice=NUMBER, mi=NUMBER)),
    index=reference("Index"),
)
_KEYWORDS: Final = list_of(record(**_WORD, log_ratio=NUMBER))
KEYWORDS: Final = record(
    query=reference("Query"),
    articles=COUNT,
    archive_articles=COUNT,
    words=_KEYWORDS,
    index=reference("Index"),
)
_SIDE: Final = record(query=TEXT, articles=COUNT, stories=COUNT, undated=COUNT, counts=_COUNTS, words=_KEYWORDS)
COMPARISON: Final = record(
    by=one_of(Interval),
    count=one_of(COUNTED),
    sides=record(a=_SIDE, b=_SIDE),
    shared_articles=COUNT,
    bins=list_of(TEXT),
    archive=_COUNTS,
    outlets=list_of(record(outlet=TEXT, a=COUNT, share_a=optional(_SHARE), b=COUNT, share_b=optional(_SHARE))),
    outlets_left_out=COUNT,
    estimated=ESTIMATED,
    index=reference("Index"),
)
_PERIODS: Final = list_of(record(period=TEXT, articles=COUNT, stories=COUNT))


def batch(facts: Mapping[str, Schema]) -> Schema:
    """The answer of a batch, whose hits have these facts."""
    counts = record(
        articles=COUNT,
        stories=COUNT,
        undated=COUNT,
        periods=_PERIODS,
        outlets=list_of(record(outlet=TEXT, articles=COUNT, stories=COUNT, periods=_PERIODS)),
        without_outlet=COUNT,
        estimated=ESTIMATED,
    )
    query = record(
        line=COUNT,
        name=TEXT,
        written=TEXT,
        query=optional(TEXT),
        error=optional(TEXT),
        counts=optional(counts),
        hits=list_of(record(**facts, story=TEXT)),
    )
    return record(by=one_of(Interval), queries=list_of(query), index=reference("Index"))
