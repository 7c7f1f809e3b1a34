"""Learning: which affixes and roots are likely, from nothing but how often forms stand in news.

A form with several readings is counted under each as far as that is likely; likelihoods come from the counts, so both
are worked out in turns (expectation maximisation, Dempster, Laird and Rubin 1977). No one says which reading is right:
kunjungan, berkunjung and mengunjungi vouch together for kunjung, and nothing vouches for unjung.

    P(word) = Σ P(root) · P(affixed | root) · P(path | affixed) · P(clitics)        over its readings

A form weighs the logarithm of its count: that a root has many forms tells more than that one form is frequent.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.words.roots.readings import Reading

ROUNDS: Final = 6  # two are too few, ten change nothing
PRIOR: Final = 8.0  # forms' worth of belief that a root is affixed as often as roots are
NOTHING: Final = 0.1  # the mass of a root never met

SPELT: Final = 0.5  # what each letter takes from the chance that a root is new: long words seldom are
COINCIDENCE: Final = 0.3  # the chance that a root only looks like another root with affixes
SHORTER: Final = 0.25  # what each letter takes from a reading at first: forms are to meet in what they share

Table = dict[str, float]


@dataclass(frozen=True, slots=True)
class Observed:
    """A form, its readings, and what it weighs."""

    form: str
    readings: Sequence[Reading]
    weight: float


@dataclass(frozen=True, slots=True)
class Masses:
    """How much of all forms' weight each path, clitic and root has, and of each root how much stands in affixes."""

    paths: Table
    clitics: Table
    roots: Table
    affixed: Table
    total: float

    @property
    def affixed_share(self) -> float:
        """The probability that a word has affixes."""
        return 1 - self.paths.get("", 0.0) / self.total

    def path(self, path: str) -> float:
        """The probability of a path among affixed words; 1 for no affixes."""
        return self.paths.get(path, 0.0) / (self.total * self.affixed_share) if path else 1.0

    def clitic(self, clitics: str) -> float:
        """The probability of clitics."""
        return self.clitics.get(clitics, 0.0) / self.total

    def root(self, root: str, *, affixed: bool) -> float:
        """The probability of a root together with its standing in affixes, or alone."""
        mass, within = self.roots.get(root, 0.0), self.affixed.get(root, 0.0)
        share = (within + PRIOR * self.affixed_share) / (mass + PRIOR)
        return (mass + NOTHING) / self.total * (share if affixed else 1 - share)


Share = Callable[[Masses, Observed, Sequence[float]], list[float]]


def learned(observed: Sequence[Observed]) -> Masses:
    """The masses after all rounds, from readings that are equally likely at first."""
    equal = [[1.0] * len(form.readings) for form in observed]
    return _rounds(observed, equal, _likelihoods)[0]


def learned_beside(observed: Sequence[Observed], known: Masses) -> tuple[Masses, list[Reading]]:
    """The masses of roots beside those of a list, and the likeliest reading of each form.

    Paths and clitics are as `known`. What a form gives a root is not counted when that form is judged: a word nobody
    else vouches for would else always be its own root.
    """

    def others(masses: Masses, form: Observed, shares: Sequence[float]) -> list[float]:
        affixed = known.affixed_share
        return [
            (masses.roots[reading.root] - share * form.weight + NOTHING * SPELT ** len(reading.root))
            * (affixed * known.path(reading.path) if reading.path else (1 - affixed) * COINCIDENCE)
            * known.clitic(reading.clitics)
            for reading, share in zip(form.readings, shares, strict=True)
        ]

    first = [[SHORTER ** len(reading.root) for reading in form.readings] for form in observed]
    masses, shares = _rounds(observed, first, others)
    return masses, [
        max(zip(share, form.readings, strict=True))[1] for form, share in zip(observed, shares, strict=True)
    ]


def _likelihoods(masses: Masses, form: Observed, shares: Sequence[float]) -> list[float]:  # noqa: ARG001  # a Share
    return [
        masses.path(reading.path)
        * masses.clitic(reading.clitics)
        * masses.root(reading.root, affixed=bool(reading.path))
        for reading in form.readings
    ]


def _rounds(
    observed: Sequence[Observed], first: Sequence[Sequence[float]], likelihoods: Share
) -> tuple[Masses, list[list[float]]]:
    shares = [_normal(weights) for weights in first]
    masses = _masses(observed, shares)
    for _ in range(ROUNDS):
        for number, form in enumerate(observed):
            if len(form.readings) > 1:
                shares[number] = _normal(likelihoods(masses, form, shares[number])) or shares[number]
        masses = _masses(observed, shares)
    return masses, shares


def _masses(observed: Iterable[Observed], shares: Iterable[Sequence[float]]) -> Masses:
    paths, clitics, roots, affixed = (defaultdict[str, float](float) for _ in range(4))
    for form, of_form in zip(observed, shares, strict=True):
        for reading, share in zip(form.readings, of_form, strict=True):
            mass = share * form.weight
            paths[reading.path] += mass
            clitics[reading.clitics] += mass
            roots[reading.root] += mass
            if reading.path:
                affixed[reading.root] += mass
    return Masses(dict(paths), dict(clitics), dict(roots), dict(affixed), math.fsum(paths.values()))


def _normal(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total > 0 else []
