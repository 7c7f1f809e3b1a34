"""The page of words: those around a query, and those that set its articles apart."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.answers.word_statistics import RankedCollocates, RankedKeywords, RankedWord
from index.association import Measure
from index.query.request import Query
from index.word_statistics import WordKind
from web import params
from web.i18n import N_, gettext, number
from web.pages.workbench.controls import Control, Option
from web.workbench.answers import collocates_of, keywords_of
from web.workbench.trend_arguments import filters_label
from web.workbench.word_arguments import WordArguments

WINDOWS: Final = (2, 5, 10)
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


def _row(query: Query, word: RankedWord, value: float, *, exact: bool) -> WordRow:
    counts = word.counts
    text = f"({query.text}) {'=' if exact else ''}{word.label}"
    return WordRow(
        word.label,
        number(counts.here),
        number(counts.overall),
        number(round(value, 1)),
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
