"""The counts behind a page, an API answer and a file of the workbench, made once from the same arguments."""

from index.answers.coverage import Coverage, coverage
from index.answers.trends import TooManyBins, TrendReport, certain, trend_report
from web import app_engine, labels
from web.workbench import trend_arguments
from web.workbench.coverage_arguments import CoverageArguments
from web.workbench.trend_arguments import TrendArguments


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
