"""From text to words: which stretches are words, how they are spelt in the index, and where in the text they stand.

A *run* is what a reader sees as one written word: letters and digits with the hyphens, apostrophes and decimal
marks inside it. Its *parts* are what is indexed and searched: `Jong-un` is jong and un, `1,5` is one number, `Rp12.000`
is rp and 12.000. A part remembers the hyphenated *unit* it came from, because only the whole tells the stemmer that
`anak-anak` is one word said twice. Spelling is folded in the form alone; offsets always count in the text as given.

The text is cut by one regular expression, and every distinct run is taken apart once: news repeats its words, so
that nearly all of the work is a look-up.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, Generic, NamedTuple, TypeVar

HYPHENS: Final = "-\u2010\u2011"  # hyphen-minus, hyphen, non-breaking hyphen; a dash separates words
APOSTROPHES: Final = "'’‘`"  # inside a word; the modifier letters below are letters to Unicode already
# Diacritics written as characters of their own, soft hyphens and joiners: they continue a word, none begins one.
MARKS: Final = "\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200c\u200d\u2060"
_LETTERS: Final = rf"\w[\w{MARKS}]*"
_RUN: Final = re.compile(rf"{_LETTERS}(?:(?:[{HYPHENS}{APOSTROPHES}]|(?<=\d)[.,](?=\d)){_LETTERS})*")
_PART: Final = re.compile(
    rf"rp(?=\d)|\d+(?:[.,]\d+)+|{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*|[{HYPHENS}]", re.IGNORECASE
)
# What no form keeps: accents, Arabic vowel signs, and the letters that stand for an apostrophe or ʿayn.
_DROPPED: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u02b9-\u02c1\u02c8\u02ca-\u02cd\u0640]")
_KNOWN_RUNS: Final = 1 << 17  # some 40 MB when full; a thousand articles have a quarter of that
_LONGEST_KNOWN: Final = 64  # letters; longer runs are seldom met twice and must not fill the memory

Kept = TypeVar("Kept")


class Token(NamedTuple):
    """A part of a written word: its folded form, the hyphenated whole it belongs to, and where it stands.

    `unit` is the form itself where there is no hyphen; `start` and `end` are character offsets in the text.
    """

    form: str
    unit: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order, with their places."""
    return [
        Token(form, unit, offset + start, offset + end)
        for run, offset in written(text)
        for form, unit, start, end in _PARTS[run]
    ]


def forms(text: str) -> list[tuple[str, str]]:
    """Form and unit of every word of a text in order, at a third of the price of `tokens`."""
    return list(chain.from_iterable(map(_FORMS.__getitem__, _RUN.findall(_separated(text)))))


def runs_written(text: str) -> list[str]:
    """Every run of a text, as it is written and as often as it is; `pairs` takes one apart."""
    return _RUN.findall(_separated(text))


def pairs(run: str) -> tuple[tuple[str, str], ...]:
    """Form and unit of each part of a run; none where it folds to nothing."""
    return _FORMS[run]


def written(text: str) -> Iterator[tuple[str, int]]:
    """Every run of a text as it is written, and where it begins; `parts` takes it apart."""
    return ((match[0], match.start()) for match in _RUN.finditer(_separated(text)))


def parts(run: str) -> tuple[Token, ...]:
    """The tokens of one run, their places counted within it; none where it folds to nothing."""
    return _PARTS[run]


def in_capitals(part: str) -> bool:
    """Whether a word as it is written stands in capitals throughout: two at least, and no small letter."""
    return part.isupper() and sum(map(str.isupper, part)) > 1


def _separated(text: str) -> str:
    """The text with underscores blanked: to Unicode they are letters, to a reader they separate."""
    return text.replace("_", " ")


def _fold(written: str) -> str:
    """The form of one part: compatibility spellings made plain, case and accents folded, apostrophes dropped."""
    if written.isascii():
        return written.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKC", written).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", plain))
    return "".join(c for c in unicodedata.normalize("NFKC", bare) if c.isalnum() or c in ".,")


def _priced(form: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A folded part and its place; an amount whose digits only folding shows, as in Rp¼, is parted like any other."""
    if form.startswith("rp") and form[2:3].isdigit():
        yield form[:2], start, start + 2
        form, start = form[2:], start + 2
    yield form, start, end


def take_apart(run: str) -> tuple[Token, ...]:
    """The tokens of a run, their places counted within it; `parts` remembers them."""
    pieces = [piece for match in _PART.finditer(run) for piece in _priced(_fold(match[0]), *match.span())]
    folded = [(form, start, end) for form, start, end in pieces if form.strip(".,-")]
    whole = "-".join(form for form, _, _ in folded) if any(hyphen in run for hyphen in HYPHENS) else ""
    return tuple(Token(form, whole or form, start, end) for form, start, end in folded)


class _Known(dict[str, Kept], Generic[Kept]):
    """Run → what is worked out of it at the first look-up; emptied when full, which threads may do at any moment."""

    def __init__(self, work_out: Callable[[str], Kept]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, run: str) -> Kept:
        found = self._work_out(run)
        if len(run) <= _LONGEST_KNOWN:
            if len(self) >= _KNOWN_RUNS:
                self.clear()
            self[run] = found
        return found


_PARTS: Final = _Known(take_apart)
_FORMS: Final = _Known(lambda run: tuple((form, unit) for form, unit, _, _ in take_apart(run)))
