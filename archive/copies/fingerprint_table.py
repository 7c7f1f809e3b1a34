"""The fingerprint table: one row of some 300 bytes for each article, saved from run to run.

Rows are only ever appended. Rows read from a file are inactive until `keep` reports their article as unchanged. Rows
still inactive at the end belong to removed or changed articles; they are ignored and not saved. The file also holds the
cached pair comparisons. It is an .npz with the arrays `ids`, `ids_ends`, `digests`, `sizes`, `days`, `outlets`,
`round_ups`, `titles`, `title_ends`, `compared_texts`, `compared_left`, `compared_right` and `compared_evidence`, and
with `samples` and `sample_ends` unless the index holds the samples.
"""

from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.copies.array_file import (
    Column,
    DamagedArraysError,
    arrays_to_strings,
    read_arrays,
    strings_to_arrays,
    write_arrays,
)
from archive.copies.candidates.known_texts import KeptTexts, SampledTexts
from archive.copies.candidates.postings import Samples
from archive.copies.comparing.pair_evidence import ComparisonCache, Pairs
from archive.copies.fingerprints import Fingerprint, probe
from archive.copies.ragged_arrays import Indices, RaggedArray
from archive.copies.titles import announces_round_up, title_words
from archive.copies.told import NOTHING_TOLD, Told, ToldOfArticles

FORMAT = b"kliping fingerprints 8 "  # followed by the probe, which changes with the rules of fingerprinting
TITLES_AT_ONCE = 1 << 12


class StaleFingerprintsError(ValueError):
    """Saved fingerprints that cannot be used: damaged, of another version, or not of the current texts."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; run flask reindex --full")


class FingerprintTable:
    """Columns over rows: the article id, its sample, digest and number of shingles, and what it says of itself."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._active = bytearray()
        self._digests = array("Q")
        self._sizes = array("I")
        self._days = array("i")  # proleptic Gregorian ordinals, 0 for none
        self._outlets = array("I")  # hashes, 0 for none
        self._round_ups = bytearray()  # whether the title announces one
        self._titles = bytearray()  # the words of titles
        self._title_ends = array("Q")
        self._new_titles: list[str] = []  # of the last rows, not hashed yet
        self._samples = bytearray()  # grows in place, as a numpy array would not
        self._sample_ends = array("Q")
        self._read = 0  # rows that were read from a file, before all others

    def add(self, article_id: str, fingerprint: Fingerprint, told: Told = NOTHING_TOLD) -> None:
        """Append a new or changed article; ValueError if this run already has it."""
        if self.is_active(article_id):
            raise ValueError(f"article {article_id!r} is fingerprinted twice")
        self._row_of[article_id] = len(self.ids)
        self.ids.append(article_id)
        self._active.append(1)
        self._digests.append(fingerprint.digest)
        self._sizes.append(fingerprint.size)
        self._days.append(told.day.toordinal() if told.day else 0)
        self._outlets.append(told.outlet_hash)
        self._round_ups.append(announces_round_up(told.title))
        self._new_titles.append(told.title)
        if len(self._new_titles) >= TITLES_AT_ONCE:
            self._hash_titles()
        self._samples += fingerprint.sample.tobytes()
        self._sample_ends.append(len(self._samples) // 4)

    def keep(self, article_id: str) -> None:
        """Activate the row of an unchanged article; KeyError if there is none."""
        self._active[self._row_of[article_id]] = 1

    def is_active(self, article_id: str) -> bool:
        """Whether this run has added or kept the article."""
        row = self._row_of.get(article_id)
        return row is not None and bool(self._active[row])

    def digest(self, row: int) -> int:
        """The digest of one row's shingles."""
        return self._digests[row]

    @property
    def rows(self) -> Indices:
        """The active rows, ascending."""
        return np.flatnonzero(np.array(self._active, np.uint8))

    @property
    def digests(self) -> npt.NDArray[np.uint64]:
        """A copy of the digest column."""
        return np.array(self._digests, np.uint64)

    @property
    def sizes(self) -> Indices:
        """A copy of the column of shingle counts."""
        return np.array(self._sizes, np.int64)

    def told(self, rows: Indices) -> ToldOfArticles:
        """What the articles of some rows say of themselves."""
        self._hash_titles()
        titles = RaggedArray(np.frombuffer(self._titles, np.uint32), _starts(self._title_ends)).take(rows)
        days, outlets = np.array(self._days, np.int64)[rows], np.array(self._outlets, np.uint32)[rows]
        return ToldOfArticles(days, outlets, titles, np.array(self._round_ups, np.bool_)[rows])

    def _hash_titles(self) -> None:
        """Hash the titles of the last rows, many at once: one by one they would take longer than all the rest."""
        if self._new_titles:
            words = title_words(self._new_titles)
            self._title_ends.extend((words.starts[1:] + len(self._titles) // 4).tolist())
            self._titles += words.values.tobytes()
            self._new_titles.clear()

    def sampled(self, rows: Indices) -> SampledTexts:
        """The texts of some rows, of which the digests ascend; no row can be added while they are in use."""
        return SampledTexts(self.digests[rows], Samples(self._hashes(), rows, self.sizes[rows]))

    def _hashes(self) -> RaggedArray:
        """The samples of all rows."""
        return RaggedArray(np.frombuffer(self._samples, np.uint32), _starts(self._sample_ends))

    def kept_texts(self) -> KeptTexts:
        """The texts of the rows that were read, active or not; no row can be added while they are in use."""
        rows = np.flatnonzero(self.sizes[: self._read] > 0)
        _, first = np.unique(self.digests[rows], return_index=True)
        return KeptTexts(self.sampled(rows[first]))

    def save(self, path: Path, comparisons: ComparisonCache, *, samples: bool = True) -> None:
        """Write the active rows and the comparisons; the file appears complete or not at all."""
        write_arrays(path, FORMAT + probe(), self._columns(comparisons, samples=samples))

    @classmethod
    def load(cls, path: Path, *, samples: bool = True) -> "tuple[FingerprintTable, ComparisonCache]":
        """Read what `save` wrote, with every row inactive; StaleFingerprintsError if it cannot be used."""
        try:
            saved = read_arrays(path, FORMAT + probe())
            table = cls()
            table._fill(saved, samples=samples)
            pairs = Pairs(*(saved[f"compared_{part}"] for part in ("texts", "left", "right")))
            return table, ComparisonCache(pairs, saved["compared_evidence"])
        except (DamagedArraysError, KeyError) as error:
            raise StaleFingerprintsError(f"the fingerprints in {path} are damaged or of another version") from error

    def _columns(self, comparisons: ComparisonCache, *, samples: bool) -> Iterator[tuple[str, Column]]:
        rows = self.rows
        yield from strings_to_arrays("ids", [self.ids[row] for row in rows.tolist()])
        yield "digests", self.digests[rows]
        yield "sizes", self.sizes[rows].astype(np.uint32)
        told = self.told(rows)
        yield "days", told.days.astype(np.int32)
        yield "outlets", told.outlets
        yield "round_ups", told.round_ups.astype(np.uint8)
        yield "titles", told.titles.values
        yield "title_ends", told.titles.starts[1:].astype(np.uint64)
        if samples:
            hashes = self._hashes().kept(np.array(self._active, np.bool_))
            yield "samples", hashes.values
            yield "sample_ends", hashes.starts[1:].astype(np.uint64)
        yield "compared_texts", comparisons.pairs.digests
        yield "compared_left", comparisons.pairs.left
        yield "compared_right", comparisons.pairs.right
        yield "compared_evidence", comparisons.evidence

    def _fill(self, saved: dict[str, Column], *, samples: bool) -> None:
        self.ids = arrays_to_strings("ids", saved)
        self._row_of = {article_id: row for row, article_id in enumerate(self.ids)}
        self._active = bytearray(len(self.ids))
        self._digests.frombytes(saved["digests"].tobytes())
        self._sizes.frombytes(saved["sizes"].tobytes())
        self._days.frombytes(saved["days"].tobytes())
        self._outlets.frombytes(saved["outlets"].tobytes())
        self._round_ups += saved["round_ups"].tobytes()
        self._titles += saved["titles"].tobytes()
        self._title_ends.frombytes(saved["title_ends"].tobytes())
        self._read = len(self.ids)
        if samples:
            self._samples += saved["samples"].tobytes()
            self._sample_ends.frombytes(saved["sample_ends"].tobytes())
        else:
            self._sample_ends.extend([0] * self._read)


def _starts(ends: "array[int]") -> Indices:
    """The start of each list and the end of the last, from the ends."""
    return np.concatenate((np.zeros(1, np.int64), np.array(ends, np.int64)))
