"""The page and the file of words: those around a query, and those that set its articles apart."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.answers.exporting.tables import Cell
from index.answers.word_statistics import RankedCollocates, RankedKeywords, RankedWord
from index.association import DIGITS, Measure
from index.query.request import Query
from index.word_statistics import WordKind
from web import params
from web.i18n import N_, gettext, number, tenths
from web.pages.workbench.controls import Control, Option
from web.pages.workbench.files import PageTable
from web.workbench.answers import collocates_of, keywords_of
from web.workbench.trend_arguments import filters_label, query_string
from web.workbench.word_arguments import WordArguments

WINDOWS: Final = (2, 5, 10)
MOST_FILED: Final = 500  # words of either kind in a file; the page has fifty
COLUMNS: Final = (
    *("kind", "word", "count", "overall", "articles", "outlets", "months"),
    *("loglikelihood", "logdice", "mi", "log_ratio"),
)
_MEASURES: Final = {
    Measure.LOG_LIKELIHOOD: N_("log-likelihood"),
    Measure.LOG_DICE: N_("logDice"),
    Measure.MUTUAL_INFORMATION: N_("informasi bersama (MI)"),
}


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word of a table: its label, its counts, its measure, and the search for it within the result."""

    label: str
    count: str
    overall: str
    value: str
    outlets: str
    months: str
    address: str


@dataclass(frozen=True, slots=True)
class WordPage:
    """What the template of words shows; nothing is counted before anything is asked."""

    asked: WordArguments
    around: RankedCollocates | None
    apart: RankedKeywords | None
    around_rows: tuple[WordRow, ...]
    apart_rows: tuple[WordRow, ...]
    controls: tuple[Control, ...]
    measure: str

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The arguments of the form beside the query text."""
        return params.write(replace(self.asked.query, text="")) + self.asked.pairs()

    @property
    def filters(self) -> str:
        """The filters of the query, in a few words."""
        return filters_label(self.asked.query)


def word_page(asked: WordArguments) -> WordPage:
    """What the page of some arguments shows."""
    measure = asked.collocates.measure
    name = gettext(_MEASURES[measure])
    if not asked.query.text.strip():
        return WordPage(asked, None, None, (), (), (), name)
    around, apart = collocates_of(asked), keywords_of(asked)
    exact = asked.collocates.by is WordKind.FORM
    values = {
        Measure.LOG_LIKELIHOOD: lambda word: word.log_likelihood,
        Measure.LOG_DICE: lambda word: word.log_dice,
        Measure.MUTUAL_INFORMATION: lambda word: word.mutual_information,
    }
    return WordPage(
        asked,
        around,
        apart,
        tuple(_row(asked.query, word, values[measure](word), exact=exact) for word in around.words),
        tuple(_row(asked.query, word, word.log_likelihood, exact=False) for word in apart.words),
        tuple(_controls(asked)),
        name,
    )


def word_table(asked: WordArguments) -> PageTable:
    """The words around a query and its keywords as one table, more of them than on the page."""
    wanted = replace(
        asked,
        collocates=replace(asked.collocates, most=MOST_FILED),
        keywords=replace(asked.keywords, most=MOST_FILED),
    )
    around, apart = collocates_of(wanted), keywords_of(wanted)
    facts: dict[str, str | int] = {"query": query_string(asked.query), "window": asked.collocates.window}
    facts |= {"measure": asked.collocates.measure.value, "by": asked.collocates.by.value, "hits": around.found.hits}
    facts |= {"stop": "on" if asked.stop else "off", "stories": "once" if asked.collocates.stories_once else "all"}
    facts |= {"window_words": around.found.here, "archive_words": around.found.whole}
    facts |= {"articles": apart.found.here, "archive_articles": apart.found.whole}
    rows: list[list[Cell]] = [_cells("around", word) for word in around.words]
    rows += [_cells("keyword", word) for word in apart.words]
    page, text = asked.url("pages.words"), asked.query.text
    return PageTable("words", text, page, facts, len(rows), COLUMNS, rows, around.index)


def _cells(kind: str, word: RankedWord) -> list[Cell]:
    """A row of the file: measures of windows are of words around alone, and the log ratio is of keywords alone."""
    counts, strength = word.counts, round(word.log_likelihood, DIGITS)
    told: list[Cell] = [kind, word.label, counts.here, counts.overall, counts.articles, counts.outlets, counts.months]
    if kind == "keyword":
        return [*told, strength, None, None, round(word.log_ratio, DIGITS)]
    return [*told, strength, round(word.log_dice, DIGITS), round(word.mutual_information, DIGITS), None]


def _row(query: Query, word: RankedWord, value: float, *, exact: bool) -> WordRow:
    counts = word.counts
    text = f"({query.text}) {'=' if exact else ''}{word.label}"
    return WordRow(
        word.label,
        number(counts.here),
        number(counts.overall),
        tenths(value),
        number(counts.outlets),
        number(counts.months),
        params.url("pages.search", query.with_text(text)),
    )


def _controls(asked: WordArguments) -> Iterator[Control]:
    wanted = asked.collocates

    def option(label: str, changed: WordArguments, *, current: bool) -> Option:
        return Option(label, changed.url("pages.words"), current)

    def changed(**changes: object) -> WordArguments:
        return replace(asked, collocates=replace(wanted, **changes))  # type: ignore[arg-type]  # its own fields

    measures = (
        option(gettext(name), changed(measure=measure), current=measure is wanted.measure)
        for measure, name in _MEASURES.items()
    )
    yield Control(gettext("Urut menurut"), tuple(measures))
    windows = (option(f"±{size}", changed(window=size), current=size == wanted.window) for size in WINDOWS)
    yield Control(gettext("Jarak"), tuple(windows))
    kinds = ((WordKind.FORM, gettext("bentuk")), (WordKind.STEM, gettext("kata dasar")))
    yield Control(
        gettext("Hitung"), tuple(option(name, changed(by=kind), current=kind is wanted.by) for kind, name in kinds)
    )
    stops = ((False, gettext("tidak")), (True, gettext("ya")))
    yield Control(
        gettext("Kata tugas"),
        tuple(option(name, replace(asked, stop=stop), current=stop is asked.stop) for stop, name in stops),
    )
    copies = ((False, gettext("semua")), (True, gettext("satu berita sekali")))
    yield Control(
        gettext("Salinan"),
        tuple(option(name, changed(stories_once=once), current=once is wanted.stories_once) for once, name in copies),
    )
