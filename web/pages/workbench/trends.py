"""The page of trends: the chart of an answer over time, what it is made of, and its table.

Everything is a link or a form, so the page works without script. The wide and the narrow drawing show the same numbers;
the style sheet chooses one by the width of the page.
"""

from dataclasses import dataclass
from itertools import repeat
from typing import Final

from index.answers.trends import THIN, Line, Measure, TrendReport
from web.exporting.downloads import file_stem
from web.i18n import gettext, number
from web.pages.workbench.controls import Control
from web.pages.workbench.trend_controls import trend_controls
from web.pages.workbench.trend_tables import (
    INTERVALS,
    MEASURES,
    Peak,
    TableRow,
    archive_column,
    countable,
    peak_outlets,
    table_rows,
    unit,
)
from web.workbench import trend_arguments
from web.workbench.answers import line_labels, report_of
from web.workbench.chart_axes import short_name
from web.workbench.line_chart import NARROW, WIDE, Address, Chart, chart, panels
from web.workbench.trend_arguments import TrendArguments
from web.workbench.trend_links import articles_url, search_url

MOST_TABLE_ROWS: Final = 400  # bins in the table of a page; the CSV has all


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the legend: what it counts, its total, its articles, and the field in which it can be changed."""

    label: str
    total: str
    address: str
    undated: int
    left_out: int


@dataclass(frozen=True, slots=True)
class TrendPage:
    """What the template of trends shows."""

    asked: TrendArguments
    report: TrendReport
    charts: tuple[Chart, ...]
    legend: tuple[Entry, ...]
    controls: tuple[Control, ...]
    rows: tuple[TableRow, ...]
    cut: int
    peak: Peak | None
    unit: str

    @property
    def filters(self) -> str:
        """The filters that all lines share, in a few words."""
        return trend_arguments.filters_label(self.asked.shared)

    @property
    def subject(self) -> str:
        """What all lines share, in a few words."""
        return trend_arguments.subject(self.asked)

    @property
    def unfiltered(self) -> str:
        """The address without the filters that all lines share."""
        return self.asked.without_filters().url("pages.trends")

    @property
    def picture(self) -> str:
        """The name of the drawing as a file, which the table has, too."""
        text = " ".join(dict.fromkeys(query.text for query in self.report.request.queries))
        return file_stem(text, self.report.index.id, "trends") + ".svg"

    @property
    def archive_column(self) -> bool:
        """Whether the table has a column of the archive."""
        return archive_column(self.report)

    @property
    def interval(self) -> str:
        """The name of the interval."""
        return gettext(INTERVALS[self.report.by])

    @property
    def peak_unit(self) -> str:
        """What is counted of each outlet: articles or stories."""
        return gettext(MEASURES[countable(self.report)])

    @property
    def thin(self) -> int | None:
        """The number of articles below which a bin is grey; None if none is."""
        lines = self.report.lines if self.report.request.split else ()
        thin = any(self.report.thin) or any(any(line.thin) for line in lines)
        return THIN[self.report.by] if thin else None

    @property
    def first_drawn(self) -> str:
        """The name of the first bin of the drawing."""
        return short_name(self.charts[0].first, self.report.by)

    @property
    def hatched(self) -> bool:
        """Whether any part of a line rests on uncertain dates."""
        return any(curve.uncertain for chart in self.charts for curve in chart.curves)


def trend_page(asked: TrendArguments) -> TrendPage:
    """What the page of some arguments shows."""
    report = report_of(asked)
    measure = report.request.measure
    rows = tuple(table_rows(report))

    def address(line: Line, name: str) -> str:
        return articles_url(line.query, name, report.by, measure)

    return TrendPage(
        asked=asked,
        report=report,
        charts=_charts(report, address) if report.bins else (),
        legend=tuple(map(_entry, line_labels(report), report.lines, repeat(measure))),
        controls=tuple(trend_controls(asked, report)),
        rows=rows[:MOST_TABLE_ROWS],
        cut=max(0, len(rows) - MOST_TABLE_ROWS),
        peak=peak_outlets(report),
        unit=unit(report),
    )


def _charts(report: TrendReport, address: Address) -> tuple[Chart, ...]:
    """The same drawing for wide and for narrow pages, or of a split a small one for each line."""
    if report.request.split:
        return panels(report, address)
    return tuple(chart(report, frame, address) for frame in (WIDE, NARROW))


def _entry(label: str, line: Line, measure: Measure) -> Entry:
    total = f"{number(line.total)} {gettext(MEASURES[measure])}"
    return Entry(label, total, search_url(line.query, measure), line.undated, line.left_out)
