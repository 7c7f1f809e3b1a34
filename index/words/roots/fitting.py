"""Fitting: computes the shipped weights from word counts of news.

- *Entries* are the root words of Sastrawi's list, weighted by the forms they explain. Names are left out: Bali is no
  evidence for a root bal.
- *Learned* roots are missing in the list, but explain forms that the list does not: fitur (berfitur, fiturnya), and
  compounds of two entries that are adjacent elsewhere (tanggungjawab in mempertanggungjawabkan).
- *Whole* words are names and forms that are their own root, but that these weights would stem.
"""

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.words.roots.counting import Counts, Texts, count, count_pairs
from index.words.roots.expectation_maximization import (
    NOTHING,
    ExpectedCounts,
    ObservedForm,
    estimate,
    estimate_unlisted,
)
from index.words.roots.readings import Reading, bases, readings
from index.words.roots.weighing import SHORTEST_LEARNED, RootModel
from index.words.roots.weights import UNITS, RootWeight, Weights
from index.words.sastrawi import root_words

SELDOM: Final = 3  # a form seen less often is as likely a typo as a word
FAMILIAR: Final = 1.2  # exponent of a root's probability: word families count for more than affix paths
SPOKEN: Final = 0.3  # weight of the log frequency of the bare root in lower case
SIDE_BY_SIDE: Final = 5  # minimum count of two adjacent entries to accept them as one compound
SHORTEST_PART: Final = 3  # letters of either half of a compound
FOREIGN: Final = "…-i"  # alone, -i ends more foreign words (literasi) than Indonesian ones
NEGLIGIBLE: Final = 1e-9  # probability below which a path is an artefact of the model
# Circumfixes that prove a word is derived, even in names: Kementerian Perhubungan.
CIRCUMFIXES: Final = frozenset({"ke-…-an", "per-…-an", "pe-…-an"})
SHORTEST_CIRCUMFIXED: Final = 4  # letters of such a root
_BEGINNING: Final = re.compile(  # an onset (none, one consonant, a digraph, or a cluster with l, r, w or s) and a vowel
    r"(?:[bcdfghjklmnpqrstvwxyz]?|n[gy]|[dkst]h|[bcdfgkpst][lrw]|s[cfkmnpqty]r?)[aeiou]"
)


def fit(texts: Texts) -> Weights:
    """Compute the weights of all roots and affixes from raw texts, which are read twice."""
    vocabulary = _vocabulary(count(texts))
    pairs = count_pairs(texts, _compound_candidates(vocabulary.unexplained))
    compounds = {one + other: seen for (one, other), seen in sorted(pairs.items()) if seen >= SIDE_BY_SIDE}
    known = estimate(vocabulary.listed)
    expected, found = _estimate_unlisted_roots(vocabulary, compounds, known)
    weights = _weights(vocabulary.counts, known, expected, _roots_of(found, compounds))
    return replace(weights, whole=frozenset(_whole_words(vocabulary.counts, found, weights)))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The forms counted in news: those that the root list explains, and all others."""

    counts: Counts
    listed: Sequence[ObservedForm]
    unexplained: Sequence[str]


def _vocabulary(counts: Counts) -> _Vocabulary:
    listed, unexplained = [], []
    for form, seen in sorted(counts.seen.items()):
        found = readings(form, root_words())
        if not found:
            unexplained.append(form)
        elif seen >= SELDOM and (form in root_words() or not counts.names(form)):
            listed.append(ObservedForm(form, found, math.log1p(seen)))
    return _Vocabulary(counts, listed, unexplained)


def _compound_candidates(unexplained: Iterable[str]) -> dict[str, set[str]]:
    """Map first entry → second entries of every pair that could be a compound root of an unexplained form."""
    wanted = defaultdict[str, set[str]](set)
    for form in unexplained:
        for base in set(bases(form)) - {form}:
            for end in range(SHORTEST_PART, len(base) - SHORTEST_PART + 1):
                if base[:end] in root_words() and base[end:] in root_words():
                    wanted[base[:end]].add(base[end:])
    return wanted


def _estimate_unlisted_roots(
    vocabulary: _Vocabulary, compounds: Mapping[str, int], known: ExpectedCounts
) -> tuple[ExpectedCounts, list[tuple[str, str]]]:
    """Estimate the expected counts of unlisted roots from the unexplained forms, and choose a root for each form.

    An adjacent pair counts as one more form of its compound, without affixes.
    """
    forms = [form for form in vocabulary.unexplained if vocabulary.counts.seen[form] >= SELDOM]
    possible = _possible_roots(forms) | compounds.keys()
    observed = [
        ObservedForm(form, found, math.log1p(vocabulary.counts.seen[form]))
        for form in forms
        if (
            found := _preferred(
                _unlisted_readings(form, possible, capital=vocabulary.counts.often_capital(form)), compounds
            )
        )
    ]
    spoken = [ObservedForm(root, [Reading(root, "", "")], math.log1p(seen)) for root, seen in compounds.items()]
    expected, likeliest = estimate_unlisted([*observed, *spoken], known)
    return expected, [(form.form, reading.root) for form, reading in zip(observed, likeliest, strict=False)]


def _possible_roots(forms: Iterable[str]) -> set[str]:
    """Return the possible unlisted roots: those that are forms themselves, or that two different paths lead to."""
    known = set(forms)
    paths = defaultdict[str, set[str]](set)
    for form in known:
        for root, path, _ in readings(form, _PLAUSIBLE_ROOTS):
            paths[root].add(path)
    return {root for root, ways in paths.items() if root in known or len(ways) > 1}


class _PlausibleRoots:
    """Contains every string that is long enough and starts with a valid Indonesian syllable (not nkes or ller)."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and len(word) >= SHORTEST_LEARNED and _BEGINNING.match(word) is not None


_PLAUSIBLE_ROOTS: Final = _PlausibleRoots()


def _unlisted_readings(form: str, possible: Container[str], *, capital: bool) -> list[Reading]:
    """Return the readings of a form with an unlisted root; a form usually capitalized can only have clitics."""
    found = [reading for reading in readings(form, possible) if reading.path != FOREIGN]
    return [reading for reading in found if not reading.path] if capital else found


def _preferred(found: list[Reading], compounds: Container[str]) -> list[Reading]:
    """Return the readings with a compound root, if any: two entries plus affixes are hardly a coincidence."""
    return [reading for reading in found if reading.root in compounds] or found


def _roots_of(found: Iterable[tuple[str, str]], compounds: Iterable[str]) -> list[str]:
    """Return the unlisted roots that explain more than themselves."""
    return sorted({root for form, root in found if root != form}.union(compounds))


def _weights(counts: Counts, known: ExpectedCounts, unlisted: ExpectedCounts, others: Iterable[str]) -> Weights:
    return Weights(
        _units(FAMILIAR * math.log(NOTHING / known.total)),
        {path: _units(math.log(mass)) for path in known.paths if (mass := known.path(path)) > NEGLIGIBLE},
        {clitics: _units(math.log(mass)) for clitics in known.clitics if (mass := known.clitic(clitics)) > NEGLIGIBLE},
        {root: _entry_weight(known, root, counts.small[root]) for root in known.roots},
        {root: _learned_weight(known, unlisted.roots.get(root, 0.0) / unlisted.total) for root in others},
        frozenset(),
    )


def _entry_weight(known: ExpectedCounts, root: str, small: int) -> RootWeight:
    mass = (known.roots[root] + NOTHING) / known.total
    more = (FAMILIAR - 1) * math.log(mass) + SPOKEN * math.log1p(small)
    return RootWeight(
        _units(math.log(known.root(root, affixed=False)) + more),
        _units(math.log(known.root(root, affixed=True)) + more),
    )


def _learned_weight(known: ExpectedCounts, mass: float) -> RootWeight:
    weight, affixed = math.log(mass + NOTHING / known.total), known.affixed_share
    return RootWeight(_units(weight + math.log(1 - affixed)), _units(weight + math.log(affixed)))


def _whole_words(counts: Counts, found: Iterable[tuple[str, str]], weights: Weights) -> Iterator[str]:
    """Yield the words that the weights alone would stem but must not: names, and forms found to be roots."""
    roots = RootModel(weights, {})
    roots_of_themselves = {form for form, root in found if form == root}
    for form in sorted(counts.small.keys() | counts.capitals.keys()):
        if form in root_words() or not (form in roots_of_themselves or counts.names(form)):
            continue
        weighed = roots.weighed(form)
        if weighed and not _stays(max(weighed).reading, form, counts):
            yield form


def _stays(reading: Reading, form: str, counts: Counts) -> bool:
    """Tell whether the chosen reading keeps the form, or derives it by a circumfix that rules out a name."""
    root, path, _ = reading
    derived = path in CIRCUMFIXES and len(root) >= SHORTEST_CIRCUMFIXED and not counts.names(root)
    return root == form or derived


def _units(weight: float) -> int:
    return round(weight * UNITS)
