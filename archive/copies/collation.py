"""Collation: what a version of a text kept, changed, cut and added, paragraph by paragraph.

One version is the base, the others are held against it. Paragraphs are matched by the pairs of neighbouring words they
share, so that a paragraph is found again wherever it moved, and also as part of one it was merged into or as one of the
parts it was split into. What counts is words: other quotation marks, capitals or white space are no change.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from archive.copies.word_diff import WORD, Change, Stretch, differences

LEAST_SHARED = 0.5  # of the shorter paragraph's pairs of words; below, two paragraphs merely speak of the same
COMMON = 200  # paragraphs that have a pair of words; one in more is no lead to any, or time would grow with the square


class Fate(StrEnum):
    """What became of a paragraph of the base in a version."""

    SAME = "same"
    CHANGED = "changed"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one paragraph of the base, and which paragraph of the version it is found in, from 0."""

    fate: Fate
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A paragraph only the version has: which it is, and which paragraph of the base comes before it; -1 for none."""

    at: int
    after: int


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the version that is a further part of one of the base, which was split; both from 0."""

    at: int
    of: int


@dataclass(frozen=True, slots=True)
class Collation:
    """A version held against the base: a cell for each paragraph of the base, what was added, further parts."""

    cells: tuple[Cell, ...]
    added: tuple[Added, ...]
    parts: tuple[Part, ...] = ()

    def numbers(self, fate: Fate) -> tuple[int, ...]:
        """The paragraphs of the base with this fate, numbered from 1 as readers do."""
        return tuple(number for number, cell in enumerate(self.cells, 1) if cell.fate is fate)


@dataclass(frozen=True, slots=True)
class Pair:
    """Paragraphs of the base, numbered from 1, beside the one of the version; none for what was added."""

    numbers: tuple[int, ...]
    stretches: tuple[Stretch, ...]


class _Paragraph:
    """A paragraph as its words."""

    def __init__(self, text: str) -> None:
        self.words = WORD.findall(text.casefold())
        self.said = f" {' '.join(self.words)} "

    @cached_property
    def pairs(self) -> frozenset[tuple[str, ...]]:
        """Its pairs of neighbouring words; a single word is a pair with nothing."""
        return frozenset(pairwise(self.words)) or frozenset({tuple(self.words)})


class _Likeness:
    """Some paragraphs by their pairs of words, so that each other one is held against those alone that share any."""

    def __init__(self, paragraphs: Sequence[_Paragraph], left_out: Container[int] = ()) -> None:
        self._paragraphs = paragraphs
        self._having: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, one in enumerate(paragraphs):
            for pair in one.pairs if number not in left_out else ():
                self._having[pair].append(number)

    def likest(self, one: _Paragraph) -> int | None:
        """The first of the paragraphs that share most with one, if that is enough."""
        found = (self._having.get(pair, ()) for pair in one.pairs)
        near = {number for having in found if len(having) <= COMMON for number in having}
        shares = ((self._share(one, self._paragraphs[number]), -number) for number in near)
        share, place = max(shares, default=(0.0, 0))
        return -place if share >= LEAST_SHARED else None

    def _share(self, one: _Paragraph, other: _Paragraph) -> float:
        """The share of the pairs of the shorter one that both have."""
        return len(one.pairs & other.pairs) / min(len(one.pairs), len(other.pairs))


def collate(base: Sequence[str], version: Sequence[str]) -> Collation:
    """Hold a version against the base; both are paragraphs in order."""
    ours, theirs = [_Paragraph(text) for text in base], [_Paragraph(text) for text in version]
    places = _places(ours, theirs)
    added, parts = _left_over(places, ours, theirs)
    return Collation(tuple(_cells(places, parts, ours, theirs)), added, parts)


def side_by_side(base: Sequence[str], version: Sequence[str]) -> Iterator[Pair]:
    """Every paragraph of both, in the order of the base, with what differs in words."""
    found = collate(base, version)
    added, parts = defaultdict(list), defaultdict(list)
    for one in found.added:
        added[one.after].append(Pair((), (Stretch(Change.INSERTED, version[one.at]),)))
    for part in found.parts:
        parts[part.of].append(part.at)
    yield from added[-1]
    for numbers in _merged(found):
        before, at = " ".join(base[number] for number in numbers), found.cells[numbers[0]].at
        if at is None:
            yield Pair(_from_one(numbers), (Stretch(Change.REMOVED, before),))
        else:
            places = sorted({at, *(place for number in numbers for place in parts[number])})
            yield Pair(_from_one(numbers), differences(before, " ".join(version[place] for place in places)))
        for number in numbers:
            yield from added[number]


def _places(ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]) -> list[int | None]:
    """For each paragraph of the base the one of the version it is found in: the same words first, else the likest."""
    free: dict[str, list[int]] = {}
    for number in range(len(theirs) - 1, -1, -1):
        free.setdefault(theirs[number].said, []).append(number)
    same = [free[one.said].pop() if free.get(one.said) else None for one in ours]
    others = _Likeness(theirs, {place for place in same if place is not None})
    return [place if place is not None else others.likest(one) for one, place in zip(ours, same, strict=True)]


def _left_over(
    places: Sequence[int | None], ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]
) -> tuple[tuple[Added, ...], tuple[Part, ...]]:
    """The paragraphs of the version no paragraph of the base was found in: added, or parts of one that was split."""
    held = {place: number for number, place in enumerate(places) if place is not None}
    base = _Likeness(ours)
    added: list[Added] = []
    parts: list[Part] = []
    after = -1
    for at, paragraph in enumerate(theirs):
        if at in held:
            after = held[at]
        elif (of := base.likest(paragraph)) is None:
            added.append(Added(at, after))
        else:
            parts.append(Part(at, of))
    return tuple(added), tuple(parts)


def _cells(
    places: Sequence[int | None], parts: Sequence[Part], ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]
) -> Iterator[Cell]:
    """A paragraph is the same where its words stand as they were, with none beside them but others of the base."""
    standing = {place: {place} for place in places if place is not None}
    words: Counter[int] = Counter()
    for one, place in zip(ours, places, strict=True):
        if place is not None:
            words[place] += len(one.words)
    for part in parts:
        if (place := places[part.of]) is not None:
            standing[place].add(part.at)
    for one, place in zip(ours, places, strict=True):
        if place is None:
            yield Cell(Fate.CUT)
        else:
            there = [word for at in sorted(standing[place]) for word in theirs[at].words]
            same = words[place] == len(there) and one.said in f" {' '.join(there)} "
            yield Cell(Fate.SAME if same else Fate.CHANGED, place)


def _merged(found: Collation) -> Iterator[list[int]]:
    """The paragraphs of the base, those together that follow each other into the same one of the version."""
    numbers: list[int] = []
    for number, cell in enumerate(found.cells):
        if numbers and (cell.at is None or found.cells[numbers[-1]].at != cell.at):
            yield numbers
            numbers = []
        numbers.append(number)
    if numbers:
        yield numbers


def _from_one(numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(number + 1 for number in numbers)
