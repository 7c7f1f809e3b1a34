"""Words to their roots: kunjungan and berkunjung to kunjung, anak-anak to anak.

Which root a word has is decided in `roots/`, in some ten millionths of a second; a look-up takes a hundredth of that,
and news says the same words again and again: so every word is stemmed once and kept in a table while texts are prepared
(what an index keeps of it is told in `stem_table`). What readers type and what snippets meet goes through a table of
limited size, because no archive bounds what can be typed.

The table is keyed by *unit* (see `analysis`): only the hyphenated whole shows that `meniru-nirukan` is tiru twice, or
that the `nya` of `KTP-nya` is no word of its own. Names such as Jong-un come back as they are, and each part then has
the stem it has alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from index.parallel import spread
from index.words.roots import exceptions, weights
from index.words.roots.affixes import CLITICS, DERIVING
from index.words.roots.doubling import doubled
from index.words.roots.explaining import Step, steps
from index.words.roots.model import Overruling, model
from index.words.sastrawi import installed
from index.words.tokenizer import Token

LONGEST_STEMMED: Final = 60  # letters; no Indonesian word is half as long, and the rules grow slow on noise
LONGEST_KEPT: Final = 100  # letters of a unit; nothing longer takes room in a table
SESSION_WORDS: Final = 100_000  # words remembered for queries and snippets, some 15 MB
AT_ONCE: Final = 10_000  # words given to a process at once: a tenth of a second's work
RULES: Final = 2  # raised whenever the rules change a stem, here or in `roots/`
# undang2, anak2nya: an old way to write a word said twice.
_TWICE: Final = re.compile(rf"([a-z]{{3,}})2(?:{'|'.join(DERIVING)})?(?:{'|'.join(CLITICS)})*")

_overruling: Overruling = ()  # the reader's exceptions, the same for all archives that a process opens


def overrule(path: Path | None) -> None:
    """Let the exceptions of a file overrule the model in this process, or none again; raises BadExceptions."""
    global _overruling  # noqa: PLW0603  # words have one stem wherever they are asked, in queries, texts and indexes
    given: Overruling = () if path is None else tuple(sorted(exceptions.read(path).items()))
    if given != _overruling:
        _overruling = given
        _session.forget()


def version() -> str:
    """What stems depend on: an index of another version is stemmed anew."""
    return _version(_overruling)


@cache
def _version(overruling: Overruling) -> str:
    settled = blake2b(repr((sorted(exceptions.shipped().items()), overruling)).encode(), digest_size=4).hexdigest()
    return f"{RULES}+pysastrawi-{installed()}+{weights.digest()}+{settled}"


class Stems:
    """A growing table of units and their stems; with a limit it is emptied whenever it has grown so far.

    Threads may share one: at worst two of them stem the same word.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._table: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._table)

    def stem(self, token: Token) -> str:
        """The stem a token is indexed under."""
        return self.stem_of(token.form, token.unit)

    def stem_of(self, form: str, unit: str) -> str:
        """The stem of one part of a hyphenated unit; of the unit as a whole where the two are equal."""
        whole = self._table.get(unit) or self._learned(unit)
        if form == unit or "-" not in whole:
            return whole
        if form in CLITICS:
            form = _host(unit.split("-"))[-1]
        return self._table.get(form) or self._learned(form)

    def learn(self, words: Iterable[tuple[str, str]]) -> None:
        """Stem every form and unit of some tokens that the table lacks, on all cores; what follows is look-ups."""
        wanted = {
            part for form, unit in words for part in ((form,) if form == unit else (form, unit, *unit.split("-")))
        }
        unknown = sorted(part for part in wanted - self._table.keys() if "-" in part or _single(part))
        portions = [unknown[start : start + AT_ONCE] for start in range(0, len(unknown), AT_ONCE)]
        for portion, stems in zip(portions, spread(partial(stem_all, _overruling), portions), strict=True):
            self._table.update((unit, stem) for unit, stem in zip(portion, stems, strict=True) if stem is not None)

    def forget(self) -> None:
        """Empty the table."""
        self._table.clear()

    def _learned(self, unit: str) -> str:
        stem = _stemmed(unit, _overruling)
        if stem is None:
            return unit
        if len(unit) <= LONGEST_KEPT:
            if self._limit is not None and len(self._table) >= self._limit:
                self._table.clear()
            self._table[unit] = stem
        return stem


_session: Final = Stems(SESSION_WORDS)


def stem(form: str) -> str:
    """The stem of a word of a query, `anak-anak` included; safe in threads, and bounded whatever is asked."""
    return _session.stem_of(form, form)


def stem_of(form: str, unit: str) -> str:
    """The stem of a part of a unit, for queries and snippets; equal to what an index holds for the same token."""
    return _session.stem_of(form, unit)


def explained(unit: str) -> Iterator[Step]:
    """How the root of each word of a unit was chosen; nothing for numbers and what else has no stem."""
    for part in dict.fromkeys(_host(unit.split("-"))):
        word = _single(part)
        if word:
            yield from steps(word, model(_overruling))


def could_have(unit: str, root: str) -> bool:
    """Whether a unit can have this stem at all; a look instead of the rules.

    Affixes change at most the first letter of a root (memukul, pukul): what follows it is in the word as it is, unless
    an exception says otherwise. A test holds that for every kind of word.
    """
    return root[1:] in unit or root in _settled_roots(_overruling)


def stem_all(overruling: Overruling, units: Sequence[str]) -> list[str | None]:
    """The stems of units, None for what has none: the part of learning that other processes can do."""
    return [_stemmed(unit, overruling) if len(unit) <= LONGEST_KEPT else None for unit in units]


@cache
def _settled_roots(overruling: Overruling) -> frozenset[str]:
    given = {**exceptions.shipped(), **dict(overruling)}
    return frozenset(root for word, root in exceptions.settled(given).items() if root[1:] not in word[1:])


def _stemmed(unit: str, overruling: Overruling) -> str | None:
    """The stem of a unit, the unit itself where its parts are words for themselves, None for what has no stem."""
    if "-" not in unit:
        word = _single(unit)
        return model(overruling).root(word) if word else None
    host = _host(unit.split("-"))
    if len(host) == 1:
        return _stemmed(host[0], overruling) or host[0]
    if len(host) > 2 or not all(map(_stemmable, host)):
        return None
    return doubled(host[0], host[1], model(overruling)) or unit


def _single(unit: str) -> str | None:
    """The word to stem in a unit without hyphens: the unit, `undang` of undang2nya; None where it is no word."""
    if _stemmable(unit):
        return unit
    twice = _TWICE.fullmatch(unit) if len(unit) <= LONGEST_STEMMED else None
    return twice[1] if twice else None


def _stemmable(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) <= LONGEST_STEMMED


def _host(parts: list[str]) -> list[str]:
    """The parts without the clitics that hang on them: ktp of ktp-nya, 1990 of 1990-an."""
    end = len(parts)
    while end > 1 and (parts[end - 1] in CLITICS or (parts[end - 1] == "an" and parts[end - 2].isdigit())):
        end -= 1
    return parts[:end]
