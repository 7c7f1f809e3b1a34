"""Collation of versions: what a version of a text kept, changed, cut and added, paragraph by paragraph.

One version is the base, and the others are aligned with it. Paragraphs are matched by shared word bigrams, so a
paragraph is found wherever it moved, also within a merged paragraph or as one part of a split one. Only words count:
other quotation marks, capitals or white space are no change.

The time of a collation is bounded by the size of its texts, and that by `comparable`: longer texts are not collated.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, pairwise

from archive.copies.word_diff import WORD, Stretch, diff_cost, diff_words

MIN_SHARED = 0.5  # of the bigrams of the paragraph with fewer; below, two paragraphs only have a topic in common
MAX_POSTINGS = 200  # paragraphs with a bigram; bigrams in more are ignored, or the time would be quadratic
MAX_LOOKED_UP = 4_000  # postings looked up for one paragraph, those of its rarest bigrams; most have some hundred
MAX_CANDIDATES = 24  # paragraphs compared in full with one that has bigrams beyond these bounds
LONGEST_TEXT = 150_000  # characters of a text that is collated: a book chapter; the time is that of a tenth of a second
MOST_PARAGRAPHS = 2_000  # of a text that is collated
DIFF_BUDGET = 3_000_000  # `diff_cost` of all pairs side by side; two versions of a long report take a tenth of it


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
        shared = self._shared_bigrams(one)
        shares = ((count / min(len(one.bigrams), len(self._paragraphs[at].bigrams)), -at) for at, count in shared)
        share, place = max(shares, default=(0.0, 0))
        return -place if share >= MIN_SHARED else None

    def _shared_bigrams(self, one: _Paragraph) -> list[tuple[int, int]]:
        """The paragraphs that share bigrams with one, each with the number of bigrams that both have.

        If the paragraph has bigrams that are too common to be looked up, only the candidates that share most of the
        others are compared.
        """
        found = sorted((postings for pair in one.bigrams if (postings := self._postings.get(pair))), key=len)
        rare, looked_up = 0, 0
        while rare < len(found) and len(found[rare]) <= MAX_POSTINGS and looked_up + len(found[rare]) <= MAX_LOOKED_UP:
            looked_up += len(found[rare])
            rare += 1
        counts = Counter(chain.from_iterable(found[:rare]))
        if rare == len(found):
            return list(counts.items())
        return [(at, len(one.bigrams & self._paragraphs[at].bigrams)) for at, _ in counts.most_common(MAX_CANDIDATES)]


def comparable(text_length: int, paragraphs: int) -> bool:
    """Whether a text of so many characters and paragraphs is short enough to be collated."""
    return text_length <= LONGEST_TEXT and paragraphs <= MOST_PARAGRAPHS


def collate(base: Sequence[str], version: Sequence[str]) -> Collation:
    """Align a version with the base; both are paragraphs in order."""
    ours, theirs = [_Paragraph(text) for text in base], [_Paragraph(text) for text in version]
    places = _match(ours, theirs)
    added, parts = _unmatched(places, ours, theirs)
    return Collation(tuple(_cells(places, parts, ours, theirs)), added, parts)


def side_by_side(base: Sequence[str], version: Sequence[str]) -> tuple[tuple[AlignedParagraphs, ...], bool]:
    """Return the paragraphs of both versions with word diffs, in the order of the base, and whether all are there.

    The list ends where the word diffs would take too long.
    """
    pairs: list[AlignedParagraphs] = []
    budget = DIFF_BUDGET
    for numbers, before, after in _aligned(base, version):
        budget -= diff_cost(before, after)
        if budget < 0:
            return tuple(pairs), False
        pairs.append(AlignedParagraphs(numbers, diff_words(before, after)))
    return tuple(pairs), True


def _aligned(base: Sequence[str], version: Sequence[str]) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """Yield the numbers of some base paragraphs, their text, and the text of the version; either may be empty."""
    found = collate(base, version)
    added, parts = defaultdict(list), defaultdict(list)
    for one in found.added:
        added[one.after].append(((), "", version[one.at]))
    for part in found.parts:
        parts[part.of].append(part.at)
    yield from added[-1]
    for numbers in _merged(found):
        before, at = " ".join(base[number] for number in numbers), found.cells[numbers[0]].at
        places = [] if at is None else sorted({at, *(place for number in numbers for place in parts[number])})
        yield _one_based(numbers), before, " ".join(version[place] for place in places)
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
    there = {place: [word for at in sorted(ats) for word in theirs[at].words] for place, ats in located.items()}
    joined = {place: f" {' '.join(found)} " for place, found in there.items() if words[place] == len(found)}
    for one, place in zip(ours, places, strict=True):
        if place is None:
            yield Cell(ParagraphStatus.CUT)
        else:
            same = one.normalized in joined.get(place, "")
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
