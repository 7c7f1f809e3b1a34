"""The tokenizer: splits a text into tokens with a folded form and exact character offsets.

A *run* is what a reader sees as one written word: letters and digits with the hyphens, apostrophes and decimal marks
inside it. A run is split into *tokens*, which are what is indexed and searched: `Jong-un` gives jong and un, `1,5` is
one number, `Rp12.000` gives rp and 12.000. Each token keeps its *unit*, the whole hyphenated word: only the unit tells
the stemmer that `anak-anak` is a reduplication. Folding changes the form only; offsets count in the original text.

One regular expression finds the runs. Each distinct run is tokenized once and cached, because news repeats its words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, Generic, NamedTuple, TypeVar

HYPHENS: Final = "-\u2010\u2011"  # hyphen-minus, hyphen, non-breaking hyphen; a dash (–) separates words
APOSTROPHES: Final = "'’‘`"  # inside a word; Unicode already counts the modifier letters in _DROPPED as letters
# Combining diacritics, soft hyphens and joiners: they continue a word but never start one.
MARKS: Final = "\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200c\u200d\u2060"
_LETTERS: Final = rf"\w[\w{MARKS}]*"
_RUN: Final = re.compile(rf"{_LETTERS}(?:(?:[{HYPHENS}{APOSTROPHES}]|(?<=\d)[.,](?=\d)){_LETTERS})*")
_PART: Final = re.compile(
    rf"rp(?=\d)|\d+(?:[.,]\d+)+|{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*|[{HYPHENS}]", re.IGNORECASE
)
# Removed by folding: accents, Arabic vowel signs, and the letters that stand for an apostrophe or ʿayn.
_DROPPED: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u02b9-\u02c1\u02c8\u02ca-\u02cd\u0640]")
# Letters that Unicode does not decompose into a plain letter and an accent, after case folding: Ødegaard is odegaard.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "ng", "þ": "th", "æ": "ae", "œ": "oe"}
)
# A unit of more characters or parts is only its words: each token carries its unit, so a chain of thousands of words
# would take memory by its square. Addresses in the news have up to 20 parts; only units of two can be reduplications.
LONGEST_UNIT: Final = 200
MOST_PARTS: Final = 24
_MAX_CACHED_RUNS: Final = 1 << 17  # runs; about 40 MB when full; a thousand articles need a quarter of that
_LONGEST_CACHED: Final = 64  # characters; longer runs rarely repeat and must not fill the cache

Value = TypeVar("Value")


class Token(NamedTuple):
    """A token: its folded form, the hyphenated word it belongs to, and its position.

    `unit` equals `form` if there is no hyphen. `start` and `end` are character offsets in the text.
    """

    form: str
    unit: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order, with their offsets."""
    return [
        Token(form, unit, offset + start, offset + end)
        for run, offset in iter_runs(text)
        for form, unit, start, end in _PARTS[run]
    ]


def forms_and_units(text: str) -> list[tuple[str, str]]:
    """Return the form and unit of every token of a text in order, in a third of the time of `tokenize`."""
    return list(chain.from_iterable(map(_FORMS.__getitem__, _RUN.findall(_separated(text)))))


def find_runs(text: str) -> list[str]:
    """Return every run of a text as written, repetitions included."""
    return _RUN.findall(_separated(text))


def iter_runs(text: str) -> Iterator[tuple[str, int]]:
    """Yield every run of a text as written, with its start offset; `run_tokens` tokenizes one."""
    return ((match[0], match.start()) for match in _RUN.finditer(_separated(text)))


def run_tokens(run: str) -> tuple[Token, ...]:
    """Return the cached tokens of a run, with offsets within the run; empty if the run folds to nothing."""
    return _PARTS[run]


def token_spans(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Return the offsets of the tokens from one number to before another; those before are only counted."""
    found: list[tuple[int, int]] = []
    before = 0
    for run in _RUN.finditer(_separated(text)):
        parts = _PARTS[run[0]]
        if not found and before + len(parts) <= first:
            before += len(parts)
            continue
        offset = run.start()
        found += [(offset + part.start, offset + part.end) for part in parts]
        if before + len(found) >= last:
            break
    return found[first - before : last - before]


def is_all_caps(part: str) -> bool:
    """Tell whether a word as written is all caps: at least two capitals and no lower-case letter."""
    return part.isupper() and sum(map(str.isupper, part)) > 1


def _separated(text: str) -> str:
    """Replace underscores by spaces: a regex counts them as letters, but to a reader they separate words."""
    return text.replace("_", " ")


def _fold(written: str) -> str:
    """Fold one token: normalize compatibility characters, fold case and accents, drop apostrophes."""
    if written.isascii():
        return written.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKC", written).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", plain)).translate(_PLAIN)
    return "".join(c for c in unicodedata.normalize("NFKC", bare) if c.isalnum() or c in ".,")


def _priced(form: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield a folded token and its offsets, split after rp if folding turned what follows into digits, as in Rp¼."""
    if form.startswith("rp") and form[2:3].isdigit():
        yield form[:2], start, start + 2
        form, start = form[2:], start + 2
    yield form, start, end


def tokenize_run(run: str) -> tuple[Token, ...]:
    """Tokenize a run, with offsets within the run; `run_tokens` is the cached version."""
    pieces = [piece for match in _PART.finditer(run) for piece in _priced(_fold(match[0]), *match.span())]
    folded = [(form, start, end) for form, start, end in pieces if form.strip(".,-")]
    hyphenated = len(folded) <= MOST_PARTS and any(hyphen in run for hyphen in HYPHENS)
    whole = "-".join(form for form, _, _ in folded) if hyphenated else ""
    if len(whole) > LONGEST_UNIT:
        whole = ""
    return tuple(Token(form, whole or form, start, end) for form, start, end in folded)


class _RunCache(dict[str, Value], Generic[Value]):
    """A cache from run to a value computed at the first look-up; cleared when full, at any moment by any thread."""

    def __init__(self, compute: Callable[[str], Value]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, run: str) -> Value:
        found = self._compute(run)
        if len(run) <= _LONGEST_CACHED:
            if len(self) >= _MAX_CACHED_RUNS:
                self.clear()
            self[run] = found
        return found


_PARTS: Final = _RunCache(tokenize_run)
_FORMS: Final = _RunCache(lambda run: tuple((form, unit) for form, unit, _, _ in tokenize_run(run)))
