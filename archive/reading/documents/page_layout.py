"""The layout of a page: words by their places become lines, blocks and columns, in the order they are read.

Words on one base line form a line until a gap that is wider than a blank can be. Lines below each other form a block.
Blocks are ordered by two rules (T. M. Breuel, 2003): one above another comes first if they share a column, and one left
of another comes first unless something that reaches over both columns stands between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archive.reading.documents.line_joining import Line

WIDEST_BLANK = 1.5  # of the height of letters; what is wider is no blank ...
WIDEST_IN_COLUMNS = 4.0  # ... but in the justified lines of narrow columns
NARROWEST_GUTTER = 0.4  # of the height: a gap between columns, if it stands in line with those above and below
NEAR_LINES = 6  # above and below, in which a gutter is looked for
GUTTER_SHARE = 0.75  # of the lines near that reach over it have a gap at a gutter
LEAST_GUTTER_LINES = 4  # that have one
WIDEST_PAGE = 5_000  # points; gutters are not looked for beyond
MOST_LINES = 2_000  # of a page on which they are looked for; a page of a newspaper has 300
NARROW_JUMP = 0.3  # letters of one word are no further apart
SAME_LINE = 0.5  # the share of the height that words on one line have in common
LINE_GAP = 0.9  # of the height: lines of one block are no further apart
NEAR_GAP = 2.5  # of the height: what stands further above is not right above
NEAR_BLOCKS = 40  # begun last, to one of which a line may belong
SAME_SIZE = 1.25  # times: lines of one block are no larger
OVERLAP = 0.1  # the share of the narrower one that two blocks of one column have in common, or ...
OVERLAP_POINTS = 3.0  # ... so many points: what reaches over a gutter belongs to both columns
MOST_BLOCKS = 600  # of a page that are ordered by columns; a page with more is a table, read from top to bottom

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place, in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of its letters, with room above and below."""
        return self.top - self.bottom

    def is_beside(self, other: "Word") -> bool:
        """Whether both stand on one line."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > SAME_LINE * min(self.height, other.height)

    def follows(self, other: "Word") -> bool:
        """Whether it comes right after another on the line."""
        return self.is_beside(other) and abs(self.left - other.right) < NARROW_JUMP * max(self.height, 1)


@dataclass(slots=True)
class Block:
    """Lines of words below each other."""

    rows: list[list[Word]] = field(default_factory=list)
    left: float = 0
    right: float = 0
    bottom: float = 0
    top: float = 0

    def add(self, row: list[Word]) -> None:
        """Add a line below the others."""
        left, right = row[0].left, max(word.right for word in row)
        bottom, top = min(word.bottom for word in row), max(word.top for word in row)
        if self.rows:
            left, right, top = min(left, self.left), max(right, self.right), max(top, self.top)
        self.left, self.right, self.bottom, self.top = left, right, bottom, top
        self.rows.append(row)

    def takes(self, row: Sequence[Word]) -> bool:
        """Whether a line goes on below the last one: near, of the same size, in the same column."""
        last = self.rows[-1]
        height, own = _height(last), _height(row)
        gap = min(word.bottom for word in last) - max(word.top for word in row)
        return -height < gap < LINE_GAP * height and max(height, own) <= SAME_SIZE * min(height, own)

    def is_right_above(self, row: Sequence[Word]) -> bool:
        """Whether a line stands below the block, in the same column, with little between."""
        gap = self.bottom - max(word.top for word in row)
        near = gap < NEAR_GAP * _height(row)
        return near and _shared(self.left, self.right, row[0].left, max(word.right for word in row)) > 0

    def shares_column(self, other: "Block") -> bool:
        """Whether parts of both stand below each other."""
        narrower = min(self.right - self.left, other.right - other.left)
        return _shared(self.left, self.right, other.left, other.right) > min(OVERLAP * narrower, OVERLAP_POINTS)

    def lines(self) -> Iterator[Line]:
        """The lines of the block, with what tells where paragraphs begin."""
        for row in self.rows:
            yield Line(
                " ".join(word.text for word in row),
                _height(row),
                row[0].left - self.left,
                self.right - max(word.right for word in row),
                min(word.bottom for word in row),
                row[0].right - row[0].left,
                self.right - self.left,
            )


def blocks_of(words: Sequence[Word]) -> list[Block]:
    """The blocks of a page in reading order."""
    blocks: list[Block] = []
    for row in _rows(words):
        above = [block for block in blocks[-NEAR_BLOCKS:] if block.is_right_above(row)]
        nearest = min(above, key=lambda block: block.bottom, default=None)
        # Of several columns above, a line over all of them belongs to none.
        if nearest and all(nearest.shares_column(block) for block in above) and nearest.takes(row):
            nearest.add(row)
        else:
            blocks.append(Block())
            blocks[-1].add(row)
    return _ordered(blocks)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The lines of words, from top to bottom; a line ends at a gap that no blank has."""
    lines: list[list[Word]] = []
    for word in sorted((word for word in words if word.height > 0), key=lambda word: (-word.bottom, word.left)):
        line = next((line for line in lines[-3:] if word.is_beside(line[0])), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line in lines:
        line.sort(key=lambda word: word.left)
    rows = []
    for line, gutters in zip(lines, _gutters(lines), strict=True):
        row = [line[0]]
        in_columns = gutters[max(0, int(line[0].left)) : max(0, int(line[-1].right))].any()
        widest = WIDEST_IN_COLUMNS if in_columns else WIDEST_BLANK
        for word in line[1:]:
            gap, height = word.left - row[-1].right, min(word.height, row[-1].height)
            is_gutter = (
                gap > NARROWEST_GUTTER * height
                and gutters[max(0, int(row[-1].right) + 1) : max(0, int(word.left))].any()
            )
            if is_gutter or gap > widest * height:
                rows.append(row)
                row = []
            row.append(word)
        rows.append(row)
    return rows


def _gutters(lines: Sequence[Sequence[Word]]) -> Flags:
    """For each line, whether each point of the width of the page is in a gap that the lines near have there, too."""
    if len(lines) > MOST_LINES:
        return np.zeros((len(lines), 1), dtype=np.bool_)
    reached, free = np.zeros((2, len(lines) + 1, WIDEST_PAGE), dtype=np.int32)
    for at, line in enumerate(lines, 1):
        reached[at, max(0, int(line[0].left)) : max(0, int(line[-1].right))] = 1
        for before, word in pairwise(line):
            free[at, max(0, int(before.right) + 1) : max(0, int(word.left))] = 1
    reached, free = reached.cumsum(axis=0), free.cumsum(axis=0)
    last = np.minimum(np.arange(len(lines)) + NEAR_LINES + 1, len(lines))
    first = np.maximum(np.arange(len(lines)) - NEAR_LINES, 0)
    gaps = free[last] - free[first]
    flags: Flags = (gaps >= LEAST_GUTTER_LINES) & (gaps >= GUTTER_SHARE * (reached[last] - reached[first]))
    return flags


def _ordered(blocks: list[Block]) -> list[Block]:
    """The blocks in reading order; where the rules go in a circle, from top to bottom."""
    left = sorted(blocks, key=lambda block: (-block.top, block.left))
    if len(left) > MOST_BLOCKS:
        return left
    before = {
        id(one): {id(other) for other in left if other is not one and _precedes(other, one, left)} for one in left
    }
    ordered = []
    while left:
        remaining = {id(block) for block in left}
        block = next((block for block in left if not before[id(block)] & remaining), left[0])
        left.remove(block)
        ordered.append(block)
    return ordered


def _precedes(one: Block, other: Block, blocks: Sequence[Block]) -> bool:
    if one.shares_column(other):
        return one.top > other.top
    if one.left > other.left:
        return False
    low, high = min(one.top, other.top), max(one.bottom, other.bottom)
    low, high = min(low, high), max(low, high)
    between = (block for block in blocks if block is not one and block is not other and low < _middle(block) < high)
    return not any(block.shares_column(one) and block.shares_column(other) for block in between)


def _middle(block: Block) -> float:
    return (block.top + block.bottom) / 2


def _height(row: Sequence[Word]) -> float:
    return max(word.height for word in row)


def _shared(left: float, right: float, other_left: float, other_right: float) -> float:
    return min(right, other_right) - max(left, other_left)
