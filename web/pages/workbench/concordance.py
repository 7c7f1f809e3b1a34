"""The page of lines in context: each line with its link into the article, the controls, and all lines as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from index.answers.concordance import ContextLine, ContextLines, mark_number
from index.answers.exporting import provenance
from index.answers.marking.highlighting import build_highlighter
from index.concordance import LineOrder
from index.query.request import Query
from web import labels, params
from web.article_parts import MAX_MARKS
from web.i18n import N_, gettext, number
from web.pages.workbench.controls import Control, Option
from web.pages.workbench.files import PageTable
from web.workbench.answers import lines_of
from web.workbench.concordance_arguments import ONCE, ConcordanceArguments
from web.workbench.trend_arguments import filters_label

WIDTHS: Final = (40, 60, 120)
SAMPLE: Final = 100
_ORDERS: Final = {
    LineOrder.LEFT: N_("kata di kiri"),
    LineOrder.HIT: N_("temuan"),
    LineOrder.RIGHT: N_("kata di kanan"),
    LineOrder.DATE: N_("tanggal"),
    LineOrder.OUTLET: N_("media"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, the outlet and day of its article, and the address of its place there."""

    line: ContextLine
    outlet: str
    day: str
    derived: bool
    address: str


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """What the template of lines shows; nothing is found before anything is asked."""

    asked: ConcordanceArguments
    found: ContextLines | None
    rows: tuple[LineRow, ...]
    controls: tuple[Control, ...]
    pages: int

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The arguments of the form beside the query text: those of the filters and of the lines."""
        return params.write(replace(self.asked.query, text="")) + self.asked.pairs()

    @property
    def filters(self) -> str:
        """The filters of the query, in a few words."""
        return filters_label(self.asked.query)

    @property
    def unfiltered(self) -> str:
        """The address without them."""
        return replace(self.asked.at(1), query=self.asked.query.unfiltered()).url("pages.kwic")


def concordance_page(asked: ConcordanceArguments) -> ConcordancePage:
    """What the page of some arguments shows."""
    if not asked.query.text.strip():
        return ConcordancePage(asked, None, (), (), 0)
    found = lines_of(asked)
    highlighter = build_highlighter(found.tree)
    rows = tuple(_row(line, mark_number(line, highlighter), asked.query) for line in found.lines)
    return ConcordancePage(asked, found, rows, tuple(_controls(asked)), ceil(found.count / asked.lines.size))


def concordance_table(asked: ConcordanceArguments, found: ContextLines, lines: Iterable[ContextLine]) -> PageTable:
    """All lines as a table: one row for each."""
    names = ("article", "date", "outlet", "left", "hit", "right", "paragraph", "start")
    rows = (
        (one.article.id, one.article.date.value, one.article.outlet, one.before, one.hit, one.after, *_at(one))
        for one in lines
    )
    page = asked.at(1).url("pages.kwic")
    return PageTable("kwic", asked.query.text, page, dict(_facts(asked, found)), found.count, names, rows, found.index)


def _at(line: ContextLine) -> tuple[int | None, int]:
    return line.paragraph, line.start


def _facts(asked: ConcordanceArguments, found: ContextLines) -> Iterator[tuple[str, str | int]]:
    lines = asked.lines
    yield from provenance.query_facts(asked.query, found.tree)
    yield from (("order", lines.order.value), ("width", asked.width))
    if lines.sample is not None:
        yield from (("sample", lines.sample), ("seed", lines.seed))
    if lines.stories_once:
        yield "stories", ONCE
    yield from (("lines", found.total), ("articles", found.articles))


def _row(line: ContextLine, mark: int | None, query: Query) -> LineRow:
    article = line.article
    address = params.url("pages.article", query, article_id=article.id)
    anchor = f"#hit-{mark}" if mark is not None and mark <= MAX_MARKS else ""
    return LineRow(
        line, article.outlet or "", labels.short_day(article.date), labels.inferred(article.date), address + anchor
    )


def _controls(asked: ConcordanceArguments) -> Iterator[Control]:
    lines, first = asked.lines, asked.at(1)

    def option(label: str, *, current: bool, width: int | None = None, **changes: object) -> Option:
        changed = replace(first, width=width or asked.width, lines=replace(first.lines, **changes))  # type: ignore[arg-type]  # its own fields
        return Option(label, changed.url("pages.kwic"), current)

    orders = (option(gettext(name), current=order is lines.order, order=order) for order, name in _ORDERS.items())
    yield Control(gettext("Urut menurut"), tuple(orders))
    widths = (option(number(width), current=width == asked.width, width=width) for width in WIDTHS)
    yield Control(gettext("Huruf di tiap sisi"), tuple(widths))
    yield Control(
        gettext("Baris"),
        (
            option(gettext("semua"), current=lines.sample is None, sample=None),
            option(gettext("%(count)s acak", count=SAMPLE), current=lines.sample == SAMPLE, sample=SAMPLE),
        ),
    )
    yield Control(
        gettext("Salinan"),
        (
            option(gettext("semua"), current=not lines.stories_once, stories_once=False),
            option(gettext("satu berita sekali"), current=lines.stories_once, stories_once=True),
        ),
    )
