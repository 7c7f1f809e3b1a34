"""Collation of versions: what a version of a text kept, changed, cut and added, paragraph by paragraph.

One version is the base, and the others are aligned with it. Paragraphs are matched by shared word bigrams, so a
paragraph is found wherever it moved, also within a merged paragraph or as one part of a split one. Only words count:
other quotation marks, capitals or white space are no change.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from archive.copies.word_diff import WORD, Change, Stretch, diff_words

MIN_SHARED = 0.5  # of the bigrams of the paragraph with fewer; below, two paragraphs only have a topic in common
MAX_POSTINGS = 200  # paragraphs with a bigram; bigrams in more are ignored, or the time would be quadratic


class ParagraphStatus(StrEnum):
    """What happened to a paragraph of the base in a version."""

    SAME = "same"
    CHANGED = "changed"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Cell:
    """The status of one paragraph of the base, and the paragraph of the version it matches, from 0."""

    status: ParagraphStatus
    at: int | None = None


@dataclass(frozen=True, slots=True)
class AddedParagraph:
    """A paragraph only the version has: its index, and that of the base paragraph before it; -1 for none."""

    at: int
    after: int


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A paragraph of the version that is a further part of a split base paragraph; both indices from 0."""

    at: int
    of: int


@dataclass(frozen=True, slots=True)
class Collation:
    """A version aligned with the base: a cell for each base paragraph, added paragraphs, further parts."""

    cells: tuple[Cell, ...]
    added: tuple[AddedParagraph, ...]
    parts: tuple[SplitPart, ...] = ()

    def numbers(self, status: ParagraphStatus) -> tuple[int, ...]:
        """The base paragraphs with this status, numbered from 1 as readers count."""
        return tuple(number for number, cell in enumerate(self.cells, 1) if cell.status is status)


@dataclass(frozen=True, slots=True)
class AlignedParagraphs:
    """Base paragraphs, numbered from 1, with the word diff to the version; no numbers for an added paragraph."""

    numbers: tuple[int, ...]
    stretches: tuple[Stretch, ...]


class _Paragraph:
    """A paragraph as its words, case-folded."""

    def __init__(self, text: str) -> None:
        self.words = WORD.findall(text.casefold())
        self.normalized = f" {' '.join(self.words)} "

    @cached_property
    def bigrams(self) -> frozenset[tuple[str, ...]]:
        """Its word bigrams; a single word counts as one."""
        return frozenset(pairwise(self.words)) or frozenset({tuple(self.words)})


class _BigramIndex:
    """An inverted index of paragraphs by bigram, so that a paragraph is compared only with those that share one."""

    def __init__(self, paragraphs: Sequence[_Paragraph], left_out: Container[int] = ()) -> None:
        self._paragraphs = paragraphs
        self._postings: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, one in enumerate(paragraphs):
            for pair in one.bigrams if number not in left_out else ():
                self._postings[pair].append(number)

    def best_match(self, one: _Paragraph) -> int | None:
        """The first of the paragraphs that share most with one, if they share enough."""
        found = (self._postings.get(pair, ()) for pair in one.bigrams)
        near = {number for postings in found if len(postings) <= MAX_POSTINGS for number in postings}
        shares = ((self._share(one, self._paragraphs[number]), -number) for number in near)
        share, place = max(shares, default=(0.0, 0))
        return -place if share >= MIN_SHARED else None

    def _share(self, one: _Paragraph, other: _Paragraph) -> float:
        """The share of the bigrams of the paragraph with fewer that both have."""
        return len(one.bigrams & other.bigrams) / min(len(one.bigrams), len(other.bigrams))


def collate(base: Sequence[str], version: Sequence[str]) -> Collation:
    """Align a version with the base; both are paragraphs in order."""
    ours, theirs = [_Paragraph(text) for text in base], [_Paragraph(text) for text in version]
    places = _match(ours, theirs)
    added, parts = _unmatched(places, ours, theirs)
    return Collation(tuple(_cells(places, parts, ours, theirs)), added, parts)


def side_by_side(base: Sequence[str], version: Sequence[str]) -> Iterator[AlignedParagraphs]:
    """Yield all paragraphs of both versions, in the order of the base, with their word diffs."""
    found = collate(base, version)
    added, parts = defaultdict(list), defaultdict(list)
    for one in found.added:
        added[one.after].append(AlignedParagraphs((), (Stretch(Change.INSERTED, version[one.at]),)))
    for part in found.parts:
        parts[part.of].append(part.at)
    yield from added[-1]
    for numbers in _merged(found):
        before, at = " ".join(base[number] for number in numbers), found.cells[numbers[0]].at
        if at is None:
            yield AlignedParagraphs(_one_based(numbers), (Stretch(Change.REMOVED, before),))
        else:
            places = sorted({at, *(place for number in numbers for place in parts[number])})
            yield AlignedParagraphs(
                _one_based(numbers), diff_words(before, " ".join(version[place] for place in places))
            )
        for number in numbers:
            yield from added[number]


def _match(ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]) -> list[int | None]:
    """The matching version paragraph of each base paragraph: one with the same words first, else the best match."""
    free: dict[str, list[int]] = {}
    for number in range(len(theirs) - 1, -1, -1):
        free.setdefault(theirs[number].normalized, []).append(number)
    same = [free[one.normalized].pop() if free.get(one.normalized) else None for one in ours]
    others = _BigramIndex(theirs, {place for place in same if place is not None})
    return [place if place is not None else others.best_match(one) for one, place in zip(ours, same, strict=True)]


def _unmatched(
    places: Sequence[int | None], ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]
) -> tuple[tuple[AddedParagraph, ...], tuple[SplitPart, ...]]:
    """The version paragraphs that match no base paragraph: added ones, and further parts of split ones."""
    matched = {place: number for number, place in enumerate(places) if place is not None}
    base = _BigramIndex(ours)
    added: list[AddedParagraph] = []
    parts: list[SplitPart] = []
    after = -1
    for at, paragraph in enumerate(theirs):
        if at in matched:
            after = matched[at]
        elif (of := base.best_match(paragraph)) is None:
            added.append(AddedParagraph(at, after))
        else:
            parts.append(SplitPart(at, of))
    return tuple(added), tuple(parts)


def _cells(
    places: Sequence[int | None], parts: Sequence[SplitPart], ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]
) -> Iterator[Cell]:
    """The cell of each base paragraph.

    A paragraph is the same if its words occur unchanged, and next to them there are only words of other base
    paragraphs.
    """
    located = {place: {place} for place in places if place is not None}
    words: Counter[int] = Counter()
    for one, place in zip(ours, places, strict=True):
        if place is not None:
            words[place] += len(one.words)
    for part in parts:
        if (place := places[part.of]) is not None:
            located[place].add(part.at)
    for one, place in zip(ours, places, strict=True):
        if place is None:
            yield Cell(ParagraphStatus.CUT)
        else:
            there = [word for at in sorted(located[place]) for word in theirs[at].words]
            same = words[place] == len(there) and one.normalized in f" {' '.join(there)} "
            yield Cell(ParagraphStatus.SAME if same else ParagraphStatus.CHANGED, place)


def _merged(found: Collation) -> Iterator[list[int]]:
    """The base paragraphs, with those grouped that follow one another into the same version paragraph."""
    numbers: list[int] = []
    for number, cell in enumerate(found.cells):
        if numbers and (cell.at is None or found.cells[numbers[-1]].at != cell.at):
            yield numbers
            numbers = []
        numbers.append(number)
    if numbers:
        yield numbers


def _one_based(numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(number + 1 for number in numbers)
