"""Duplicates: which articles are copies of one another and make one story.

The stages: fingerprint → candidates → verification → relations → stories. Articles of equal shingles are one *text*
from the start, so that ten thousand identical ones cost no more than two. Signatures propose pairs of texts, the
shingles themselves decide on them (`relation`), and what is joined by any chain of copies is one story, named by the
smallest article id in it. All of it is computed anew from the whole table each time, and only what costs, the
comparisons, is kept from run to run: so adding, changing and removing articles gives the very stories that building
from nothing gives.
"""

import weakref
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np
import numpy.typing as npt

from archive.candidates import candidate_pairs
from archive.comparisons import NEVER_COMPARED, NO_COMPARISONS, Comparisons, Pairs
from archive.fingerprint_table import FingerprintTable, StaleFingerprintsError
from archive.fingerprints import Fingerprint, Shingles, fingerprint, shared_shingles
from archive.relations import SAME_STORY, Overlap, relation

SHINGLES_AT_HAND = 1 << 14  # articles whose shingles stay in memory while pairs are compared: some 40 MB
NOT_SPOOLED = -1

Indices = npt.NDArray[np.int64]
ParagraphsOf = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Stages:
    """How many each stage handed on: articles, distinct texts, pairs of texts proposed, pairs that joined, stories."""

    fingerprinted: int
    texts: int
    candidates: int
    joined: int
    stories: int


@dataclass(frozen=True, slots=True)
class Stories:
    """The story of each article that has copies, as article id → story id; an article not named stands alone."""

    of: Mapping[str, str]
    stages: Stages


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """The distinct texts in order of digest: their digests, one row for each, and the text of every article's row."""

    digests: npt.NDArray[np.uint64]
    rows: Indices
    article_rows: Indices
    text_of: Indices


class Fingerprints:
    """The fingerprints of all articles of an archive, gathered in one run and grouped into stories at its end.

    Shingles of this run's new articles lie in a temporary file; those of known ones are made again where needed.
    """

    def __init__(self, spool_folder: Path | None = None) -> None:
        self._table = FingerprintTable()
        self._comparisons = NO_COMPARISONS
        self._spooled_at = array("q")
        self._spool = TemporaryFile(dir=spool_folder)  # noqa: SIM115 - lives as long as this object
        weakref.finalize(self, self._spool.close)

    def add(self, article_id: str, fingerprint: Fingerprint) -> None:
        """Take in a new or changed article; a ValueError if this run has it already."""
        self._table.add(article_id, fingerprint)
        self._spooled_at.append(self._spool.seek(0, 2))
        self._spool.write(fingerprint.shingles.tobytes())

    def keep(self, article_id: str) -> None:
        """Take over an unchanged article from the last run; a KeyError if it is not held."""
        self._table.keep(article_id)

    def save(self, path: Path) -> None:
        """Write what the next run needs: this run's signatures, and the comparisons of its last grouping."""
        self._table.save(path, self._comparisons)

    @classmethod
    def load(cls, path: Path, spool_folder: Path | None = None) -> "Fingerprints":
        """Read what the last run saved; StaleFingerprintsError (a ValueError) if damaged or of another version."""
        fingerprints = cls(spool_folder)
        fingerprints._table, fingerprints._comparisons = FingerprintTable.load(path)
        fingerprints._spooled_at.extend([NOT_SPOOLED] * len(fingerprints._table.ids))
        return fingerprints

    def group(self, paragraphs_of: ParagraphsOf) -> Stories:
        """Group the articles of this run; `paragraphs_of` gives the body of a kept article by its id."""
        texts = self._texts()
        left, right = candidate_pairs(self._table.signatures, texts.rows)
        chains = _Chains()
        joined = self._join(texts, Pairs(texts.digests, left, right), chains, paragraphs_of)
        of = self._stories(texts, chains)
        counts = (len(self._table.rows), len(texts.rows), len(left), joined, len(set(of.values())))
        return Stories(of, Stages(*counts))

    def _texts(self) -> _Texts:
        """Collapse articles of equal shingles; one without words is nobody's copy."""
        rows = self._table.rows[::-1]  # new articles first: a text's shingles are then at hand if any copy is new
        rows = rows[self._table.sizes[rows] > 0]
        digests, first, text_of = np.unique(self._table.digests[rows], return_index=True, return_inverse=True)
        return _Texts(digests, rows[first], rows, text_of)

    def _join(self, texts: _Texts, pairs: Pairs, chains: "_Chains", paragraphs_of: ParagraphsOf) -> int:
        """Join the pairs that are copies; one already in the same chain need not be compared to be joined."""
        shingles_of = lru_cache(SHINGLES_AT_HAND)(lambda text: self._shingles(int(texts.rows[text]), paragraphs_of))
        sizes = self._table.sizes[texts.rows]
        known = self._comparisons.look_up(pairs).tolist()
        compared = np.full(len(known), NEVER_COMPARED, np.int64)
        joined = 0
        for place, (left, right) in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
            if chains.first(left) == chains.first(right):
                continue
            shared = known[place]
            if shared == NEVER_COMPARED:
                shared = shared_shingles(shingles_of(left), shingles_of(right))
            compared[place] = shared
            if relation(Overlap(shared, int(sizes[left]), int(sizes[right]))) in SAME_STORY:
                chains.join(left, right)
                joined += 1
        self._comparisons = Comparisons.of(pairs, compared)
        return joined

    def _shingles(self, row: int, paragraphs_of: ParagraphsOf) -> Shingles:
        """Fetch a row's shingles from the spool, or make them again from the article's body."""
        offset = self._spooled_at[row]
        if offset != NOT_SPOOLED:
            self._spool.seek(offset)
            return np.frombuffer(self._spool.read(8 * self._table.size(row)), np.uint64)
        article_id = self._table.ids[row]
        again = fingerprint(paragraphs_of(article_id))
        if again.digest != self._table.digest(row):
            raise StaleFingerprintsError(f"article {article_id!r} was kept as unchanged, but its text is another")
        return again.shingles

    def _stories(self, texts: _Texts, chains: "_Chains") -> dict[str, str]:
        """Name each story of two articles or more by the smallest id among them."""
        story_of = chains.firsts(len(texts.rows))[texts.text_of]
        copied = np.bincount(story_of, minlength=len(texts.rows))[story_of] > 1
        names = [self._table.ids[row] for row in texts.article_rows[copied].tolist()]
        members = sorted(zip(names, story_of[copied].tolist(), strict=True))
        leads: dict[int, str] = {}
        return {name: leads.setdefault(story, name) for name, story in members}


class _Chains:
    """Texts joined into chains, each known by the first of its texts (a union-find that holds only joined ones)."""

    def __init__(self) -> None:
        self._before: dict[int, int] = {}

    def first(self, text: int) -> int:
        """The first text of the chain `text` is in, itself if in none."""
        before = self._before
        while (parent := before.get(text)) is not None:
            if (grandparent := before.get(parent)) is not None:
                before[text] = grandparent
            text = parent
        return text

    def join(self, left: int, right: int) -> None:
        """Make one chain of two different ones."""
        first, second = sorted((self.first(left), self.first(right)))
        self._before[second] = first

    def firsts(self, count: int) -> Indices:
        """The first text of every text's chain, as a column."""
        column = np.arange(count)
        for text in self._before:
            column[text] = self.first(text)
        return column
