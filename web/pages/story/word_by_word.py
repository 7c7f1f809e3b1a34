"""Two versions word by word: what both have is folded to its ends, and the hits of the query are marked.

A reader looks for what differs. Parts that both have unchanged are one block, whose text opens with one click, and so
does a long stretch of words in a part that differs elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from archive.copies.collation import AlignedParagraphs
from archive.copies.word_diff import Change
from index.answers.fragments import Fragment, highlighted
from index.answers.marking.highlighting import Highlighter
from web.story_versions import Comparison, number_ranges

SHORTEST_FOLD: Final = 20  # words; fewer are as quickly read as their ends
ENDS: Final = 5  # words shown of a fold at either end


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its hits marked, and the numbers of the parts of the base that it is; none for a part of one."""

    numbers: tuple[int, ...]
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """What is shown of a folded text: its ends, its number of words, and its number of hits."""

    first: str
    last: str
    words: int
    hits: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that both versions have, or only one of them; several texts where whole parts are folded together."""

    change: Change
    texts: tuple[Text, ...]
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A part that differs, or a run of parts that do not. `numbers` is "" for what was added."""

    numbers: str
    first: tuple[int, ...]
    pieces: tuple[Piece, ...]


def blocks(compared: Comparison, mark: Highlighter | None) -> tuple[Block, ...]:
    """Return a comparison as blocks, in the order of the base."""
    return tuple(_blocks(compared.pairs, mark))


def _blocks(pairs: Sequence[AlignedParagraphs], mark: Highlighter | None) -> Iterator[Block]:
    for same, run in groupby(pairs, _is_same):
        if same:
            held = list(run)
            numbers = [number for pair in held for number in pair.numbers]
            yield Block(number_ranges(numbers), (), (_kept(_texts(held, mark)),))
        else:
            for pair in run:
                pieces = tuple(_piece(one.change, one.text, mark) for one in pair.stretches)
                yield Block(number_ranges(pair.numbers), pair.numbers, pieces)


def _is_same(pair: AlignedParagraphs) -> bool:
    return bool(pair.numbers) and all(one.change is Change.KEPT for one in pair.stretches)


def _texts(pairs: Sequence[AlignedParagraphs], mark: Highlighter | None) -> tuple[Text, ...]:
    joined = ((pair.numbers, " ".join(one.text for one in pair.stretches)) for pair in pairs)
    return tuple(Text(numbers, _marked(text, mark)) for numbers, text in joined)


def _piece(change: Change, text: str, mark: Highlighter | None) -> Piece:
    texts = (Text((), _marked(text, mark)),)
    return _kept(texts) if change is Change.KEPT else Piece(change, texts)


def _kept(texts: tuple[Text, ...]) -> Piece:
    words = [word for text in texts for word in "".join(one.text for one in text.fragments).split()]
    if len(words) < SHORTEST_FOLD:
        return Piece(Change.KEPT, texts)
    hits = sum(one.matched for text in texts for one in text.fragments)
    return Piece(Change.KEPT, texts, Fold(" ".join(words[:ENDS]), " ".join(words[-ENDS:]), len(words), hits))


def _marked(text: str, mark: Highlighter | None) -> tuple[Fragment, ...]:
    return highlighted(text, mark) if mark else (Fragment(text, matched=False),)
