"""The layout of a page: words by their places become lines, blocks and columns, in the order they are read.

Words on one base line form a line until a gap that is wider than a blank can be. Lines below each other form a block.
Blocks are ordered by two rules (T. M. Breuel, 2003): one above another comes first if they share a column, and one left
of another comes first unless something that reaches over both columns stands between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.reading.documents.line_joining import Line

WIDEST_BLANK = 1.2  # of the height of letters; blanks of justified lines stay below, gutters between columns above
NARROW_JUMP = 0.3  # letters of one word are no further apart
SAME_LINE = 0.5  # the share of the height that words on one line have in common
LINE_GAP = 0.9  # of the height: lines of one block are no further apart
SAME_SIZE = 1.25  # times: lines of one block are no larger
OVERLAP = 0.1  # the share of the narrower one that two blocks of one column have in common
MOST_BLOCKS = 600  # of a page that are ordered by columns; a page with more is a table, read from top to bottom


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
        if not -height < gap < LINE_GAP * height or max(height, own) > SAME_SIZE * min(height, own):
            return False
        return _shared(self.left, self.right, row[0].left, max(word.right for word in row)) > 0

    def shares_column(self, other: "Block") -> bool:
        """Whether parts of both stand below each other."""
        narrower = min(self.right - self.left, other.right - other.left)
        return _shared(self.left, self.right, other.left, other.right) > OVERLAP * narrower

    def lines(self) -> Iterator[Line]:
        """The lines of the block, with what tells where paragraphs begin."""
        for row in self.rows:
            yield Line(
                " ".join(word.text for word in row),
                _height(row),
                row[0].left - self.left,
                self.right - max(word.right for word in row),
                min(word.bottom for word in row),
            )


def blocks_of(words: Sequence[Word]) -> list[Block]:
    """The blocks of a page in reading order."""
    blocks: list[Block] = []
    for row in _rows(words):
        fitting = [block for block in blocks[-40:] if block.takes(row)]
        # Of several columns above, a line over all of them belongs to none.
        block = fitting[0] if len(fitting) == 1 else Block()
        if block.rows:
            block.add(row)
        else:
            block.add(row)
            blocks.append(block)
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
    rows = []
    for line in lines:
        line.sort(key=lambda word: word.left)
        row = [line[0]]
        for word in line[1:]:
            if word.left - row[-1].right > WIDEST_BLANK * min(word.height, row[-1].height):
                rows.append(row)
                row = []
            row.append(word)
        rows.append(row)
    return rows


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
