"""The page that compares two queries: totals, the chart of both, their outlets side by side, and the words of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.answers.comparison import Comparison, OutletPair
from index.answers.exporting.tables import Cell
from index.answers.trends import Line, TrendReport
from index.answers.word_statistics import RankedKeywords
from index.query.request import Query
from index.trends import Tally
from web.i18n import gettext, number, tenths
from web.pages.workbench.controls import Control, Option
from web.pages.workbench.files import PageTable
from web.pages.workbench.trend_tables import INTERVALS, MEASURES, TableRow, archive_column, table_rows, unit
from web.workbench import comparison_arguments, trend_arguments
from web.workbench.answers import comparison_of, largest_outlets, line_labels
from web.workbench.comparison_arguments import COUNTED, WHOLE, ComparisonArguments
from web.workbench.line_chart import NARROW, PER_MILLE, WIDE, Chart, chart
from web.workbench.trend_links import articles_url, search_url

MOST_OUTLETS: Final = 25  # outlets in the table of a page; the CSV has all
MOST_ROWS: Final = 400  # bins in the table of a page
OFFERED: Final = 4  # outlets of the first side that are offered to be compared


@dataclass(frozen=True, slots=True)
class SideCell:
    """What an outlet has of a side: the number, its share of the side, the length of its bar, and its articles."""

    count: str
    share: str
    bar: float
    address: str


@dataclass(frozen=True, slots=True)
class WordCell:
    """A word of a side: in how many of its articles, of those of both sides it is, and the search for it."""

    label: str
    count: str
    overall: str
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its name, its totals, its articles, and its words."""

    label: str
    articles: int
    stories: int
    undated: int
    address: str
    words: tuple[WordCell, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What the template of a comparison shows; nothing is counted before both sides are given."""

    asked: ComparisonArguments
    found: Comparison | None
    sides: tuple[Side, ...]
    charts: tuple[Chart, ...]
    outlets: tuple[tuple[str, SideCell, SideCell], ...]
    rows: tuple[TableRow, ...]
    controls: tuple[Control, ...]
    offers: tuple[Option, ...]
    unit: str

    @property
    def shared(self) -> str:
        """The number of articles that match both sides."""
        return number(self.found.shared) if self.found else ""

    @property
    def further(self) -> int:
        """The number of outlets without a row."""
        if self.found is None:
            return 0
        return len(self.found.outlets) - len(self.outlets) + self.found.further

    @property
    def archive_column(self) -> bool:
        """Whether the table of numbers has a column of the archive."""
        return self.found is not None and archive_column(self.found.trend)

    @property
    def interval(self) -> str:
        """The name of the interval."""
        return gettext(INTERVALS[self.found.trend.by]) if self.found else ""

    @property
    def measure(self) -> str:
        """What is counted."""
        return gettext(MEASURES[self.asked.count])

    @property
    def filters(self) -> str:
        """The filters that both sides share, in a few words."""
        return trend_arguments.filters_label(self.asked.shared)

    @property
    def swapped(self) -> str:
        """The address with the sides swapped."""
        first, second = self.asked.sides
        return self.asked.against(second, first).url("pages.compare")


def comparison_page(asked: ComparisonArguments) -> ComparisonPage:
    """What the page of some arguments shows."""
    if not all(asked.sides):
        return ComparisonPage(asked, None, (), (), (), (), (), tuple(_offers(asked)), "")
    found = comparison_of(asked)
    report, measure = found.trend, asked.count

    def address(line: Line, name: str) -> str:
        return articles_url(line.query, name, report.by, measure)

    return ComparisonPage(
        asked=asked,
        found=found,
        sides=tuple(map(_side, line_labels(report), report.lines, found.totals, found.words)),
        charts=tuple(chart(_drawn(report), frame, address) for frame in (WIDE, NARROW)) if report.bins else (),
        outlets=tuple(_outlets(found)),
        rows=tuple(table_rows(report))[:MOST_ROWS],
        controls=tuple(_controls(asked, found)),
        offers=(),
        unit=unit(report),
    )


def _drawn(report: TrendReport) -> TrendReport:
    """Without a line that is the archive itself, whose share of the archive is always one."""
    lines = tuple(line for line in report.lines if line.query != report.request.shared)
    return replace(report, lines=lines or report.lines)


def comparison_table(asked: ComparisonArguments, found: Comparison) -> PageTable:
    """The outlets of a comparison as a table."""
    names = line_labels(found.trend)
    facts: dict[str, str | int] = {"count": asked.count.value, "shared_articles": found.shared}
    for side, name, query, tally in zip("ab", names, found.request.queries, found.totals, strict=True):
        facts |= {side: name, f"{side}_query": trend_arguments.query_string(query)}
        facts |= {f"{side}_articles": tally.articles, f"{side}_stories": tally.stories}
    rows: list[list[Cell]] = []
    for pair in found.outlets:
        shares = [count / total if total else None for count, total in zip(pair.counts, found.of_totals(), strict=True)]
        rows.append([pair.outlet, *pair.counts, *shares])
    text = " ".join(dict.fromkeys(query.text for query in found.request.queries))
    columns = ("outlet", "a", "b", "share_a", "share_b")
    return PageTable("compare", text, asked.url("pages.compare"), facts, len(rows), columns, rows, found.index)


def _side(label: str, line: Line, tally: Tally, words: RankedKeywords) -> Side:
    cells = (
        WordCell(word.label, number(word.counts.here), number(word.counts.overall), _word_url(line.query, word.label))
        for word in words.words
    )
    address = search_url(line.query, comparison_arguments.COUNTED[0])
    return Side(label, tally.articles, tally.stories, line.undated, address, tuple(cells))


def _word_url(query: Query, word: str) -> str:
    text = f"({query.text}) {word}" if query.text.strip() else word
    return search_url(query.with_text(text), comparison_arguments.COUNTED[0])


def _outlets(found: Comparison) -> Iterator[tuple[str, SideCell, SideCell]]:
    """The outlets with the most, each bar as long as its share beside the largest share of either side."""
    totals = found.of_totals()
    pairs = found.outlets[:MOST_OUTLETS]
    shares = [_shares(pair, totals) for pair in pairs]
    largest = max((share for both in shares for share in both), default=0) or 1
    for pair, both in zip(pairs, shares, strict=True):
        cells = [
            SideCell(
                number(count),
                tenths(share * PER_MILLE / 10),
                round(100 * share / largest, 1),
                search_url(_of_outlet(query, pair.outlet), found.request.measure) if count else "",
            )
            for query, count, share in zip(found.request.queries, pair.counts, both, strict=True)
        ]
        yield pair.outlet, cells[0], cells[1]


def _shares(pair: OutletPair, totals: tuple[int, int]) -> tuple[float, float]:
    first, second = (count / total if total else 0.0 for count, total in zip(pair.counts, totals, strict=True))
    return first, second


def _of_outlet(query: Query, outlet: str) -> Query:
    return replace(query, chosen={**query.chosen, "outlet": (outlet,)})


def _controls(asked: ComparisonArguments, found: Comparison) -> Iterator[Control]:
    def option(label: str, changed: ComparisonArguments, *, current: bool) -> Option:
        return Option(label, changed.url("pages.compare"), current)

    yield Control(
        gettext("Hitung"),
        tuple(
            option(gettext(MEASURES[count]), replace(asked, count=count), current=count is asked.count)
            for count in COUNTED
        ),
    )
    yield Control(
        gettext("Per"),
        tuple(
            option(gettext(name), replace(asked, by=by), current=by is found.trend.by) for by, name in INTERVALS.items()
        ),
    )


def _offers(asked: ComparisonArguments) -> Iterator[Option]:
    """What the first side may be compared with: the whole archive, and two of its outlets with each other."""
    first, second = asked.sides
    if not first or second:
        return
    yield Option(gettext("dengan seluruh arsip"), asked.against(first, WHOLE).url("pages.compare"), current=False)
    query = asked.queries[0]
    if "outlet" in query.chosen:
        return
    largest = largest_outlets(query, OFFERED)
    for one, other in zip(largest[::2], largest[1::2], strict=False):
        sides = (trend_arguments.query_string(_of_outlet(query, outlet)) for outlet in (one, other))
        label = gettext("di %(one)s dengan di %(other)s", one=one, other=other)
        yield Option(label, asked.against(*sides).url("pages.compare"), current=False)
