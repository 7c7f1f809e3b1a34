"""The numbers of a trend as tables: those of a page, those of its file, and the outlets of its peak."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from index.answers.trends import Line, Measure, TrendReport
from index.facets import Count, Value, present
from index.query.request import Query
from index.trends import Interval
from web import app_engine
from web.i18n import N_, gettext, number, tenths
from web.pages.workbench.files import PageTable
from web.workbench import trend_arguments
from web.workbench.answers import line_labels
from web.workbench.chart_axes import short_name
from web.workbench.line_chart import PER_MILLE, window
from web.workbench.trend_arguments import TrendArguments
from web.workbench.trend_links import articles_url, search_url, within

MOST_OUTLETS: Final = 8  # outlets listed for the peak
MEASURES: Final = {
    Measure.STORIES: N_("berita"),
    Measure.ARTICLES: N_("artikel"),
    Measure.OUTLETS: N_("media"),
    Measure.WORDS: N_("kata"),
}
INTERVALS: Final = {
    Interval.DAY: N_("hari"),
    Interval.WEEK: N_("minggu"),
    Interval.MONTH: N_("bulan"),
    Interval.YEAR: N_("tahun"),
}


@dataclass(frozen=True, slots=True)
class TableCell:
    """A number of the table, the count behind a share, and the link to the articles."""

    shown: str
    count: str
    address: str
    thin: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """One bin of the table."""

    label: str
    cells: tuple[TableCell, ...]
    archive: str
    thin: bool


@dataclass(frozen=True, slots=True)
class Peak:
    """The bin in which the first line is highest, and the outlets there; `whole` if it has all that they published."""

    label: str
    name: str
    outlets: tuple[TableRow, ...]
    whole: bool


def unit(report: TrendReport) -> str:
    """What the numbers of a chart are."""
    name = gettext(MEASURES[report.request.measure])
    return gettext("%(unit)s per 1.000 %(unit)s dalam arsip", unit=name) if report.request.share else name


def trend_table(asked: TrendArguments, report: TrendReport) -> PageTable:
    """A trend as a table: for each bin the counts, shares, denominators and uncertain counts of each line."""
    lines, names = report.lines, line_labels(report)
    told = ("", "share: ", "archive: ", "uncertain: ")
    columns = [column for line in lines for column in (line.counts, line.shares, line.archive, line.uncertain)]
    return PageTable(
        kind="trends",
        text=" ".join(dict.fromkeys(query.text for query in report.request.queries)),
        page=asked.url("pages.trends"),
        facts=dict(_facts(report, names)),
        count=len(report.bins),
        names=(report.by.value, *(kind + name for name in names for kind in told)),
        rows=zip(report.bins, *columns, strict=True),
        index=report.index,
    )


def _facts(report: TrendReport, names: Sequence[str]) -> Iterator[tuple[str, str | int]]:
    request = report.request
    yield from (("count", request.measure.value), ("uncertain_dates", "on" if request.uncertain else "off"))
    if request.split:
        yield "split", request.split
    for place, (name, line) in enumerate(zip(names, report.lines, strict=True), 1):
        yield f"series_{place}", name
        yield f"series_{place}_query", trend_arguments.query_string(line.query)
        yield from ((f"series_{place}_total", line.total), (f"series_{place}_undated", line.undated))


def table_rows(report: TrendReport) -> Iterator[TableRow]:
    """The bins of the drawing in which the archive has anything, and all in which a line has."""
    drawn = window(report)
    places = [
        place
        for place, whole in enumerate(report.archive)
        if (whole and place in drawn) or any(line.counts[place] for line in report.lines)
    ]
    columns = [_cells(report, line, places) for line in report.lines]
    for place, *cells in zip(places, *columns, strict=True):
        name = short_name(report.bins[place], report.by)
        yield TableRow(name, tuple(cells), number(report.archive[place]), report.thin[place])


def _cells(report: TrendReport, line: Line, places: Sequence[int]) -> Iterator[TableCell]:
    """The numbers of a line in some bins."""
    share, measure, own = report.request.share, report.request.measure, own_archives(report)
    values = line.values(share=share)
    for place in places:
        yield TableCell(
            _shown(values[place], share=share),
            _behind(line, place, own=own) if share else "",
            articles_url(line.query, report.bins[place], report.by, measure) if line.counts[place] else "",
            line.thin[place],
        )


def own_archives(report: TrendReport) -> bool:
    """Whether a line is a share of other articles than those of the shared filters."""
    return report.request.share and any(line.archive != report.archive for line in report.lines)


def archive_column(report: TrendReport) -> bool:
    """Whether a table tells what the archive has in each bin: one number for all lines, that none of them is itself."""
    themselves = (line for line in report.lines if not line.query.text.strip() and line.counts == report.archive)
    return not own_archives(report) and not any(themselves)


def _behind(line: Line, place: int, *, own: bool) -> str:
    """The count behind a share, and what it is a share of if that is not the same for all lines."""
    count, whole = line.counts[place], line.archive[place]
    if own and whole:
        return gettext("%(count)s dari %(whole)s", count=number(count), whole=number(whole))
    return number(count) if count else ""


def _shown(value: float | None, *, share: bool) -> str:
    if value is None:
        return "–"
    return tenths(value * PER_MILLE) if share else number(value)


def peak_outlets(report: TrendReport) -> Peak | None:
    """The outlets of the highest bin of the first line, with their share of the articles of each outlet."""
    if not report.lines or report.request.split:
        return None
    line = report.lines[0]
    place = line.peak(share=report.request.share)
    if place is None:
        return None
    name = report.bins[place]
    query = within(line.query, name, report.by)
    reader = app_engine.reader()
    found = reader.find(query, facets=("outlet",)).counts["outlet"]
    whole = reader.find(within(replace(line.query, text=""), name, report.by), facets=("outlet",)).counts["outlet"]
    values = present("outlet", found, query, MOST_OUTLETS).values
    rows = tuple(_outlet(report, query, value, whole) for value in values if value.hits.articles)
    if not rows:
        return None
    return Peak(line_labels(report)[0], short_name(name, report.by), rows, whole=not line.query.text.strip())


def countable(report: TrendReport) -> Measure:
    """What can be counted of a single outlet."""
    return Measure.ARTICLES if report.request.measure is Measure.ARTICLES else Measure.STORIES


def _outlet(report: TrendReport, query: Query, value: Value, whole: Mapping[str, Count]) -> TableRow:
    measure = countable(report)
    count, of = (getattr(one, measure.value) for one in (value.hits, whole[value.value]))
    chosen = replace(query, chosen=MappingProxyType({**query.chosen, "outlet": (value.value,)}))
    cells = (
        TableCell(number(count), "", search_url(chosen, measure), thin=False),
        TableCell(number(round(PER_MILLE * count / of)) if of else "–", "", "", thin=False),
    )
    return TableRow(value.value, cells, number(of), thin=False)
