"""The stemmer: maps a token to its root, kunjungan and berkunjung to kunjung, anak-anak to anak.

`roots/` chooses the root, in some ten millionths of a second; or PySastrawi's own algorithm does, for comparison with
work done by it. A look-up takes a hundredth of that, so stems are cached: indexing keeps every stem (`stem_table`
describes what the index stores), while queries and snippets share a cache of limited size, because what can be typed
has no bound.

The cache is keyed by *unit* (see `tokenizer`): only the whole hyphenated word shows that `meniru-nirukan` is a
reduplication of tiru, or that `nya` in `KTP-nya` is a clitic. If the parts of a unit are separate words, as in Jong-un,
the stem of the unit is the unit itself and each part is stemmed alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from index.parallel import parallel_map
from index.words.roots import exceptions, weights
from index.words.roots.affixes import CLITICS, DERIVING
from index.words.roots.explaining import Step, steps
from index.words.roots.model import UserExceptions, model
from index.words.roots.reduplication import reduplicated_root
from index.words.sastrawi import installed_version, sastrawi_stem
from index.words.tokenizer import Token

LONGEST_STEMMED: Final = 60  # letters; no Indonesian word is half as long, and the rules grow slow on noise
LONGEST_KEPT: Final = 100  # letters of a unit; longer ones are never cached
SESSION_WORDS: Final = 100_000  # words cached for queries and snippets, about 15 MB
AT_ONCE: Final = 10_000  # words per portion of parallel work: about 0.1 s
RULES: Final = 2  # increment whenever a rule change alters a stem, here or in `roots/`
# undang2, anak2nya: an old spelling of reduplication.
_REDUPLICATED_WITH_2: Final = re.compile(rf"([a-z]{{3,}})2(?:{'|'.join(DERIVING)})?(?:{'|'.join(CLITICS)})*")


class Stemmer(StrEnum):
    """What chooses the root of a word: the model in `roots/`, or PySastrawi's own algorithm without any exceptions."""

    ROOTS = "roots"
    SASTRAWI = "sastrawi"


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a process can choose of how words are stemmed."""

    stemmer: Stemmer = Stemmer.ROOTS
    user_exceptions: UserExceptions = ()


_rules = Rules()  # one for all archives that a process opens


def use_exceptions(path: Path | None) -> None:
    """Use the user exceptions of a file in this process, or none if path is None; raises BadExceptions."""
    given: UserExceptions = () if path is None else tuple(sorted(exceptions.read(path).items()))
    _use(replace(_rules, user_exceptions=given))


def use_stemmer(stemmer: Stemmer) -> None:
    """Use a stemmer in this process."""
    _use(replace(_rules, stemmer=stemmer))


def user_exceptions() -> UserExceptions:
    """Return the user exceptions in use in this process."""
    return _rules.user_exceptions


def stemmer() -> Stemmer:
    """Return the stemmer in use in this process."""
    return _rules.stemmer


def version() -> str:
    """Return a version string of all that stems depend on; an index with another version is stemmed again."""
    return _version(_rules)


def _use(rules: Rules) -> None:
    global _rules  # noqa: PLW0603  # a word has one stem everywhere: in queries, texts and indexes
    if rules != _rules:
        _rules = rules
        _session.forget()


@cache
def _version(rules: Rules) -> str:
    if rules.stemmer is Stemmer.SASTRAWI:
        return f"{RULES}+sastrawi-{installed_version()}"
    given = repr((sorted(exceptions.shipped().items()), rules.user_exceptions)).encode()
    return f"{RULES}+pysastrawi-{installed_version()}+{weights.digest()}+{blake2b(given, digest_size=4).hexdigest()}"


class StemCache:
    """A cache from unit to stem; if it has a limit, it is cleared when the limit is reached.

    Threads may share one: at worst, two of them stem the same word.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._stems: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._stems)

    def stem(self, token: Token) -> str:
        """Return the stem a token is indexed under."""
        return self.stem_of(token.form, token.unit)

    def stem_of(self, form: str, unit: str) -> str:
        """Return the stem of one part of a unit; form equals unit for a word without a hyphen or a unit as a whole."""
        whole = self._stems.get(unit) or self._stem_and_cache(unit)
        if form == unit or "-" not in whole:
            return whole
        if form in CLITICS:
            form = _without_clitics(unit.split("-"))[-1]
        return self._stems.get(form) or self._stem_and_cache(form)

    def learn(self, words: Iterable[tuple[str, str]]) -> None:
        """Stem all given (form, unit) pairs that are not cached yet, on all cores; later calls are look-ups."""
        wanted = {
            part for form, unit in words for part in ((form,) if form == unit else (form, unit, *unit.split("-")))
        }
        unknown = sorted(part for part in wanted - self._stems.keys() if "-" in part or _plain_word(part))
        portions = [unknown[start : start + AT_ONCE] for start in range(0, len(unknown), AT_ONCE)]
        for portion, stems in zip(portions, parallel_map(partial(stem_all, _rules), portions), strict=True):
            self._stems.update((unit, stem) for unit, stem in zip(portion, stems, strict=True) if stem is not None)

    def forget(self) -> None:
        """Clear the cache."""
        self._stems.clear()

    def _stem_and_cache(self, unit: str) -> str:
        stem = _stemmed(unit, _rules)
        if stem is None:
            return unit
        if len(unit) <= LONGEST_KEPT:
            if self._limit is not None and len(self._stems) >= self._limit:
                self._stems.clear()
            self._stems[unit] = stem
        return stem


_session: Final = StemCache(SESSION_WORDS)


def stem(form: str) -> str:
    """Return the stem of a query word, hyphenated or not; thread-safe, with a bounded cache."""
    return _session.stem_of(form, form)


def stem_of(form: str, unit: str) -> str:
    """Return the stem of one part of a unit, for queries and snippets; the index holds the same stem for the token."""
    return _session.stem_of(form, unit)


def explain_stem(unit: str) -> Iterator[Step]:
    """Yield how the root of each word of a unit was chosen; nothing for numbers and other unstemmable parts.

    Only the model of roots tells it.
    """
    if _rules.stemmer is not Stemmer.ROOTS:
        return
    for part in dict.fromkeys(_without_clitics(unit.split("-"))):
        word = _plain_word(part)
        if word:
            yield from steps(word, model(_rules.user_exceptions))


def may_have_stem(unit: str, root: str) -> bool:
    """Tell whether a unit may have this stem: a cheap substring check that never rules out the true stem.

    Affixes change at most the first letter of a root (memukul, pukul). The rest of the root is a substring of the
    word, unless an exception says otherwise. A test checks this for all affixes.
    """
    if _rules.stemmer is Stemmer.SASTRAWI:
        return root[1:] in unit or stem(unit) == root
    return root[1:] in unit or root in _irregular_roots(_rules.user_exceptions)


def stem_all(rules: Rules, units: Sequence[str]) -> list[str | None]:
    """Return the stem of each unit, None if it has none; the part of `StemCache.learn` that runs in other processes."""
    return [_stemmed(unit, rules) if len(unit) <= LONGEST_KEPT else None for unit in units]


@cache
def _irregular_roots(user_exceptions: UserExceptions) -> frozenset[str]:
    given = {**exceptions.shipped(), **dict(user_exceptions)}
    return frozenset(root for word, root in exceptions.settled(given).items() if root[1:] not in word[1:])


def _stemmed(unit: str, rules: Rules) -> str | None:
    """Return the stem of a unit, the unit itself if its parts are separate words, None if it has no stem."""
    if "-" not in unit:
        word = _plain_word(unit)
        return _root(word, rules) if word else None
    host = _without_clitics(unit.split("-"))
    if len(host) == 1:
        return _stemmed(host[0], rules) or host[0]
    if len(host) > 2 or not all(map(_stemmable, host)):
        return None
    if rules.stemmer is Stemmer.SASTRAWI:
        return sastrawi_stem("-".join(host))
    return reduplicated_root(host[0], host[1], model(rules.user_exceptions)) or unit


def _root(word: str, rules: Rules) -> str:
    return sastrawi_stem(word) if rules.stemmer is Stemmer.SASTRAWI else model(rules.user_exceptions).root(word)


def _plain_word(unit: str) -> str | None:
    """Return the word to stem in a unit without hyphens (`undang` for undang2nya); None if it is not a word."""
    if _stemmable(unit):
        return unit
    reduplicated = _REDUPLICATED_WITH_2.fullmatch(unit) if len(unit) <= LONGEST_STEMMED else None
    return reduplicated[1] if reduplicated else None


def _stemmable(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) <= LONGEST_STEMMED


def _without_clitics(parts: list[str]) -> list[str]:
    """Return the parts without trailing clitics: ktp for ktp-nya, 1990 for 1990-an."""
    end = len(parts)
    while end > 1 and (parts[end - 1] in CLITICS or (parts[end - 1] == "an" and parts[end - 2].isdigit())):
        end -= 1
    return parts[:end]
