"""Fitting: from counts of news to the weights that are shipped.

*Entries* are weighed by the forms they explain; names are left out, since Bali vouches for no root bal. Forms that the
list does not explain show roots it lacks, which are *learned*: fitur of berfitur and fiturnya, and two entries that
stand side by side elsewhere, as tanggungjawab of mempertanggungjawabkan. *Whole* are names and forms that are their own
root, but would be cut by these weights.
"""

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.words.roots.counting import Counts, Texts, count, count_pairs
from index.words.roots.learning import NOTHING, Masses, Observed, learned, learned_beside
from index.words.roots.readings import Reading, bases, readings
from index.words.roots.weighing import SHORTEST_LEARNED, Roots
from index.words.roots.weights import UNITS, RootWeight, Weights
from index.words.sastrawi import entries

SELDOM: Final = 3  # a form seen less often is a slip as likely as a word
FAMILIAR: Final = 1.2  # exponent of a root's probability: families count for more than paths
SPOKEN: Final = 0.3  # weight of how often a root stands bare in small letters
SIDE_BY_SIDE: Final = 5  # times two entries must have been seen as neighbours to be one compound
SHORTEST_PART: Final = 3  # letters of either half of a compound
FOREIGN: Final = "…-i"  # alone, it ends more foreign words (literasi) than ours
NEGLIGIBLE: Final = 1e-9  # the probability of a path that is a slip of the model
# What makes a derived word of its root beyond doubt, in names too: Kementerian Perhubungan.
CIRCUMFIXES: Final = frozenset({"ke-…-an", "per-…-an", "pe-…-an"})
SHORTEST_CIRCUMFIXED: Final = 4  # letters of such a root
_BEGINNING: Final = re.compile(  # of a syllable: one consonant, those written with two letters, those with l, r or w
    r"(?:[bcdfghjklmnpqrstvwxyz]?|n[gy]|[dkst]h|[bcdfgkpst][lrw]|s[cfkmnpqty]r?)[aeiou]"
)


def fit(texts: Texts) -> Weights:
    """The weights of all roots and affixes, from raw texts that are read twice."""
    vocabulary = _vocabulary(count(texts))
    pairs = count_pairs(texts, _wanted(vocabulary.unexplained))
    compounds = {one + other: seen for (one, other), seen in sorted(pairs.items()) if seen >= SIDE_BY_SIDE}
    known = learned(vocabulary.listed)
    masses, found = _beside(vocabulary, compounds, known)
    weights = _weights(vocabulary.counts, known, masses, _roots_of(found, compounds))
    return replace(weights, whole=frozenset(_whole(vocabulary.counts, found, weights)))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The forms of some news: those the list explains, ready to learn from, and all others."""

    counts: Counts
    listed: Sequence[Observed]
    unexplained: Sequence[str]


def _vocabulary(counts: Counts) -> _Vocabulary:
    listed, unexplained = [], []
    for form, seen in sorted(counts.seen.items()):
        found = readings(form, entries())
        if not found:
            unexplained.append(form)
        elif seen >= SELDOM and (form in entries() or not counts.names(form)):
            listed.append(Observed(form, found, math.log1p(seen)))
    return _Vocabulary(counts, listed, unexplained)


def _wanted(unexplained: Iterable[str]) -> dict[str, set[str]]:
    """The pairs of entries that could be the compound in some affixed form: first → second."""
    wanted = defaultdict[str, set[str]](set)
    for form in unexplained:
        for base in set(bases(form)) - {form}:
            for end in range(SHORTEST_PART, len(base) - SHORTEST_PART + 1):
                if base[:end] in entries() and base[end:] in entries():
                    wanted[base[:end]].add(base[end:])
    return wanted


def _beside(
    vocabulary: _Vocabulary, compounds: Mapping[str, int], known: Masses
) -> tuple[Masses, list[tuple[str, str]]]:
    """What the forms that the list does not explain say of other roots, and the root found for each.

    A pair of neighbours counts as one more form of its compound, standing alone.
    """
    forms = [form for form in vocabulary.unexplained if vocabulary.counts.seen[form] >= SELDOM]
    possible = _possible(forms) | compounds.keys()
    observed = [
        Observed(form, found, math.log1p(vocabulary.counts.seen[form]))
        for form in forms
        if (found := _preferred(_unlisted(form, possible, capital=vocabulary.counts.often_capital(form)), compounds))
    ]
    spoken = [Observed(root, [Reading(root, "", "")], math.log1p(seen)) for root, seen in compounds.items()]
    masses, likeliest = learned_beside([*observed, *spoken], known)
    return masses, [(form.form, reading.root) for form, reading in zip(observed, likeliest, strict=False)]


def _possible(forms: Iterable[str]) -> set[str]:
    """What could be a root that the list lacks: what is a form itself, or is left of forms by two different paths."""
    known = set(forms)
    paths = defaultdict[str, set[str]](set)
    for form in known:
        for root, path, _ in readings(form, _LIKE_ROOTS):
            paths[root].add(path)
    return {root for root, ways in paths.items() if root in known or len(ways) > 1}


class _LikeRoots:
    """Everything that is long enough and begins as Indonesian words can, nkes and ller being none."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and len(word) >= SHORTEST_LEARNED and _BEGINNING.match(word) is not None


_LIKE_ROOTS: Final = _LikeRoots()


def _unlisted(form: str, possible: Container[str], *, capital: bool) -> list[Reading]:
    """The readings of a form whose root the list lacks; what has capitals has nothing but clitics."""
    found = [reading for reading in readings(form, possible) if reading.path != FOREIGN]
    return [reading for reading in found if not reading.path] if capital else found


def _preferred(found: list[Reading], compounds: Container[str]) -> list[Reading]:
    """Those readings whose root is a compound, if there are any: no chance makes two entries and affixes of a word."""
    return [reading for reading in found if reading.root in compounds] or found


def _roots_of(found: Iterable[tuple[str, str]], compounds: Iterable[str]) -> list[str]:
    """The roots that the list lacks and that explain more than themselves."""
    return sorted({root for form, root in found if root != form}.union(compounds))


def _weights(counts: Counts, known: Masses, beside: Masses, others: Iterable[str]) -> Weights:
    return Weights(
        _units(FAMILIAR * math.log(NOTHING / known.total)),
        {path: _units(math.log(mass)) for path in known.paths if (mass := known.path(path)) > NEGLIGIBLE},
        {clitics: _units(math.log(mass)) for clitics in known.clitics if (mass := known.clitic(clitics)) > NEGLIGIBLE},
        {root: _entry_weight(known, root, counts.small[root]) for root in known.roots},
        {root: _learned_weight(known, beside.roots.get(root, 0.0) / beside.total) for root in others},
        frozenset(),
    )


def _entry_weight(known: Masses, root: str, small: int) -> RootWeight:
    mass = (known.roots[root] + NOTHING) / known.total
    more = (FAMILIAR - 1) * math.log(mass) + SPOKEN * math.log1p(small)
    return RootWeight(
        _units(math.log(known.root(root, affixed=False)) + more),
        _units(math.log(known.root(root, affixed=True)) + more),
    )


def _learned_weight(known: Masses, mass: float) -> RootWeight:
    weight, affixed = math.log(mass + NOTHING / known.total), known.affixed_share
    return RootWeight(_units(weight + math.log(1 - affixed)), _units(weight + math.log(affixed)))


def _whole(counts: Counts, found: Iterable[tuple[str, str]], weights: Weights) -> Iterator[str]:
    """The words that the weights alone would cut and that are to stay: names, and forms found to be roots."""
    roots = Roots(weights, {})
    roots_of_themselves = {form for form, root in found if form == root}
    for form in sorted(counts.small.keys() | counts.capitals.keys()):
        if form in entries() or not (form in roots_of_themselves or counts.names(form)):
            continue
        weighed = roots.weighed(form)
        if weighed and not _stays(max(weighed).reading, form, counts):
            yield form


def _stays(reading: Reading, form: str, counts: Counts) -> bool:
    """Whether weighing leaves a form alone, or derives it so plainly that it is no name."""
    root, path, _ = reading
    derived = path in CIRCUMFIXES and len(root) >= SHORTEST_CIRCUMFIXED and not counts.names(root)
    return root == form or derived


def _units(weight: float) -> int:
    return round(weight * UNITS)
