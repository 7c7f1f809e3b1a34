"""Expectation maximization: estimates how likely affixes and roots are from the frequencies of forms in news.

A form with several readings counts for each in proportion to its likelihood, and likelihoods are computed from the
counts, so both are updated in turns (EM; Dempster, Laird and Rubin 1977). The learning is unsupervised: kunjungan,
berkunjung and mengunjungi together support kunjung; nothing else supports unjung.

    P(word) = Σ P(root) · P(affixed | root) · P(path | affixed) · P(clitics)        over its readings

A form is weighted by the logarithm of its count: many forms of a root are better evidence than one frequent form.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.words.roots.readings import Reading

ROUNDS: Final = 6  # EM iterations; two are too few, ten change nothing
PRIOR: Final = 8.0  # pseudo-count, in forms, of the prior that a root is affixed as often as the average root
NOTHING: Final = 0.1  # expected count of an unseen root

SPELT: Final = 0.5  # factor per letter on the probability of a new root: long words are seldom new roots
COINCIDENCE: Final = 0.3  # probability that a root only looks like another root with affixes
SHORTER: Final = 0.25  # initial factor per letter of a reading's root: forms should agree on the part they share

Table = dict[str, float]


@dataclass(frozen=True, slots=True)
class ObservedForm:
    """A form, its readings, and its weight (the logarithm of its count)."""

    form: str
    readings: Sequence[Reading]
    weight: float


@dataclass(frozen=True, slots=True)
class ExpectedCounts:
    """The total form weight of each path, clitic string and root; `affixed` is the share of a root with affixes."""

    paths: Table
    clitics: Table
    roots: Table
    affixed: Table
    total: float

    @property
    def affixed_share(self) -> float:
        """Return the probability that a word has affixes."""
        return 1 - self.paths.get("", 0.0) / self.total

    def path(self, path: str) -> float:
        """Return the probability of a path among affixed words; 1 for no affixes."""
        return self.paths.get(path, 0.0) / (self.total * self.affixed_share) if path else 1.0

    def clitic(self, clitics: str) -> float:
        """Return the probability of a clitic string."""
        return self.clitics.get(clitics, 0.0) / self.total

    def root(self, root: str, *, affixed: bool) -> float:
        """Return the joint probability of a root and of being affixed, or not."""
        mass, within = self.roots.get(root, 0.0), self.affixed.get(root, 0.0)
        share = (within + PRIOR * self.affixed_share) / (mass + PRIOR)
        return (mass + NOTHING) / self.total * (share if affixed else 1 - share)


Share = Callable[[ExpectedCounts, ObservedForm, Sequence[float]], list[float]]


def estimate(observed: Sequence[ObservedForm]) -> ExpectedCounts:
    """Run EM from equally likely readings and return the expected counts."""
    equal = [[1.0] * len(form.readings) for form in observed]
    return _run_em(observed, equal, _likelihoods)[0]


def estimate_unlisted(observed: Sequence[ObservedForm], known: ExpectedCounts) -> tuple[ExpectedCounts, list[Reading]]:
    """Run EM for roots missing in the list; return the expected counts and the likeliest reading of each form.

    Probabilities of paths and clitics are taken from `known`. A form's own contribution to a root is left out when that
    form is judged; otherwise a word without further evidence would always be its own root.
    """

    def others(expected: ExpectedCounts, form: ObservedForm, shares: Sequence[float]) -> list[float]:
        affixed = known.affixed_share
        return [
            (expected.roots[reading.root] - share * form.weight + NOTHING * SPELT ** len(reading.root))
            * (affixed * known.path(reading.path) if reading.path else (1 - affixed) * COINCIDENCE)
            * known.clitic(reading.clitics)
            for reading, share in zip(form.readings, shares, strict=True)
        ]

    first = [[SHORTER ** len(reading.root) for reading in form.readings] for form in observed]
    expected, shares = _run_em(observed, first, others)
    return expected, [
        max(zip(share, form.readings, strict=True))[1] for form, share in zip(observed, shares, strict=True)
    ]


def _likelihoods(expected: ExpectedCounts, form: ObservedForm, shares: Sequence[float]) -> list[float]:  # noqa: ARG001  # a Share
    return [
        expected.path(reading.path)
        * expected.clitic(reading.clitics)
        * expected.root(reading.root, affixed=bool(reading.path))
        for reading in form.readings
    ]


def _run_em(
    observed: Sequence[ObservedForm], first: Sequence[Sequence[float]], likelihoods: Share
) -> tuple[ExpectedCounts, list[list[float]]]:
    shares = [_normalized(weights) for weights in first]
    expected = _expected_counts(observed, shares)
    for _ in range(ROUNDS):
        for number, form in enumerate(observed):
            if len(form.readings) > 1:
                shares[number] = _normalized(likelihoods(expected, form, shares[number])) or shares[number]
        expected = _expected_counts(observed, shares)
    return expected, shares


def _expected_counts(observed: Iterable[ObservedForm], shares: Iterable[Sequence[float]]) -> ExpectedCounts:
    paths, clitics, roots, affixed = (defaultdict[str, float](float) for _ in range(4))
    for form, of_form in zip(observed, shares, strict=True):
        for reading, share in zip(form.readings, of_form, strict=True):
            mass = share * form.weight
            paths[reading.path] += mass
            clitics[reading.clitics] += mass
            roots[reading.root] += mass
            if reading.path:
                affixed[reading.root] += mass
    return ExpectedCounts(dict(paths), dict(clitics), dict(roots), dict(affixed), math.fsum(paths.values()))


def _normalized(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total > 0 else []
