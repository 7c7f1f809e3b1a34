"""The counts behind a page, an API answer and a file of the workbench, made once from the same arguments."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from index.answers.comparison import Comparison, comparison
from index.answers.concordance import MOST_EXPORTED, ContextLine, ContextLines, context_lines, every_line
from index.answers.coverage import Coverage, coverage
from index.answers.trends import TooManyBins, TrendReport, certain, trend_report
from index.answers.word_statistics import RankedCollocates, RankedKeywords, ranked_collocates, ranked_keywords
from index.concordance import TooManyPlaces
from index.query.request import Query
from index.trends import Interval, Split
from web import app_engine, labels, params
from web.parameter_errors import TooManyLines
from web.workbench import concordance_arguments, trend_arguments
from web.workbench.comparison_arguments import ComparisonArguments
from web.workbench.concordance_arguments import ConcordanceArguments
from web.workbench.coverage_arguments import CoverageArguments
from web.workbench.trend_arguments import TrendArguments
from web.workbench.word_arguments import WordArguments


def report_of(asked: TrendArguments) -> TrendReport:
    """Count a trend. Raises BadParameter if its axis is too long."""
    try:
        return trend_report(app_engine.reader(), asked.request)
    except TooManyBins as error:
        raise trend_arguments.too_many_bins(error) from None


def coverage_of(asked: CoverageArguments) -> Coverage:
    """Count the coverage of an answer. Raises BadParameter if its axis is too long."""
    try:
        return coverage(app_engine.reader(), asked.query, asked.by)
    except TooManyBins as error:
        raise trend_arguments.too_many_bins(error) from None


def comparison_of(asked: ComparisonArguments) -> Comparison:
    """Compare two queries. Raises BadParameter if the axis is too long."""
    try:
        return comparison(app_engine.reader(), asked.request)
    except TooManyBins as error:
        raise trend_arguments.too_many_bins(error) from None


def largest_outlets(query: Query, most: int) -> list[str]:
    """The outlets with the most articles of a query."""
    return list(app_engine.reader().trends(query, Interval.YEAR, Split("outlet", most)).values)


def lines_of(asked: ConcordanceArguments) -> ContextLines:
    """Cut the wanted lines. Raises BadParameter if there are too many places."""
    reader = app_engine.reader()
    concordance_arguments.require_index(asked, reader.info().id)
    with _as_parameters(asked):
        return context_lines(reader, asked.query, asked.lines, asked.width)


def every_line_of(asked: ConcordanceArguments) -> tuple[ContextLines, Iterator[ContextLine]]:
    """All lines for a file, each cut when it is wanted, and what there is to say of them. Raises as `lines_of`."""
    reader = app_engine.reader()
    with _as_parameters(asked):
        found = context_lines(reader, asked.query, replace(asked.lines, first=0, size=0))
        if found.count > MOST_EXPORTED:
            raise TooManyPlaces(found.count)
        return found, every_line(reader, asked.query, asked.lines, asked.width)


def collocates_of(asked: WordArguments) -> RankedCollocates:
    """Count the words around a query. Raises BadParameter if there are too many places."""
    try:
        return ranked_collocates(app_engine.reader(), asked.query, asked.collocates, stop=asked.stop)
    except TooManyPlaces as error:
        raise TooManyLines(params.TEXT, asked.query.text, error.places) from None


def keywords_of(asked: WordArguments) -> RankedKeywords:
    """Count the keywords of a query."""
    return ranked_keywords(app_engine.reader(), asked.query, asked.keywords)


@contextmanager
def _as_parameters(asked: ConcordanceArguments) -> Iterator[None]:
    try:
        yield
    except TooManyPlaces as error:
        if asked.lines.sample is not None:
            raise TooManyLines(params.TEXT, asked.query.text, error.places) from None
        raise TooManyLines(concordance_arguments.SAMPLE, "", error.places, sampling=True) from None


def line_labels(report: TrendReport) -> list[str]:
    """The names of the lines: the values of a split, or the queries without the filters that all share."""
    shared = report.request.shared
    if not report.request.uncertain:
        shared = certain(shared)
    return [
        trend_arguments.label(line.query, shared)
        if line.facet is None or line.value is None
        else labels.value(line.facet, line.value)
        for line in report.lines
    ]
