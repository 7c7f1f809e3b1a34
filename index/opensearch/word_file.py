"""The words of a generation as arrays in one file, which a server's processes map and share.

    forms, stems, pairs    sorted lists of strings; a pair is two words with a blank between
    forms_ends …           i8[forms]   where each string ends
    articles, capitals     u4[forms]   in how many articles a form is, and is in all caps
    occurrences            u8[forms]   how often it is
    stem_of                u4[forms]   the index of its stem as a word of its own
    stem_articles          u4[stems]   in how many articles any form of a stem is
    families               u4[forms]   the indices of the forms, by stem and then ascending
    family_at              u4[stems+1] where in `families` the forms of each stem begin
    times                  u4[pairs]   how often a pair is in titles

Texts are UTF-8. Kept with a generation, the file is packed by Zstandard.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import zstandard
from numpy.typing import NDArray

from archive.copies.array_file import (
    Column,
    arrays_to_strings,
    map_arrays,
    read_arrays,
    strings_to_arrays,
    write_arrays,
)
from index.opensearch.word_counts import WordCounts

UNPACKED_AT_ONCE: Final = 1 << 20  # bytes
AFTER_ALL: Final = b"\xff"  # after every byte that occurs in UTF-8
_RULES: Final = b"words 1"

Indices = NDArray[np.int64]
Words = Mapping[str, Column]  # the arrays of an opened file by name


def encoded(text: str) -> bytes:
    """A text as it stands in the file."""
    return text.encode("utf-8", "surrogatepass")


def decoded(packed: bytes) -> str:
    """The text that `encoded` encoded."""
    return packed.decode("utf-8", "surrogatepass")


def pack(counts: WordCounts) -> bytes:
    """The counts as a packed file."""
    with TemporaryDirectory(prefix="kliping-") as folder:
        path = Path(folder) / "words"
        _write(counts, path)
        return zstandard.ZstdCompressor(3).compress(path.read_bytes())


def unpack(packed: bytes, path: Path) -> None:
    """Write the file of `pack` to a path."""
    with path.open("wb") as file, zstandard.ZstdDecompressor().stream_reader(packed) as reader:
        while piece := reader.read(UNPACKED_AT_ONCE):
            file.write(piece)


def opened(path: Path) -> Words:
    """Map a file of `unpack`. Raises ValueError if it is not as it was written."""
    return map_arrays(path, _RULES)


def counts_of(packed: bytes) -> WordCounts:
    """The counts of `pack`."""
    with TemporaryDirectory(prefix="kliping-") as folder:
        path = Path(folder) / "words"
        unpack(packed, path)
        file = read_arrays(path, _RULES)
    forms, stems, pairs = (arrays_to_strings(name, file) for name in ("forms", "stems", "pairs"))
    return WordCounts(
        _counter(forms, file["articles"]),
        _counter(forms, file["occurrences"]),
        _counter(forms, file["capitals"]),
        _counter(stems, file["stem_articles"]),
        _counter(pairs, file["times"]),
        {form: stems[at] for form, at in zip(forms, file["stem_of"].tolist(), strict=True)},
    )


def _write(counts: WordCounts, path: Path) -> None:
    forms = sorted(counts.articles)
    stem_of = counts.stems_of(forms)
    stems = sorted({*stem_of, *counts.stems})
    at = {stem: number for number, stem in enumerate(stems)}
    numbers = np.fromiter((at[stem] for stem in stem_of), np.uint32, len(forms))
    pairs = sorted(counts.pairs)
    lists = (("forms", forms), ("stems", stems), ("pairs", pairs))
    sizes = np.bincount(numbers, minlength=len(stems))
    arrays = [
        *(array for name, texts in lists for array in strings_to_arrays(name, texts)),
        ("articles", _numbers(counts.articles, forms, np.uint32)),
        ("capitals", _numbers(counts.capitals, forms, np.uint32)),
        ("occurrences", _numbers(counts.occurrences, forms, np.uint64)),
        ("stem_of", numbers),
        ("stem_articles", _numbers(counts.stems, stems, np.uint32)),
        ("families", np.argsort(numbers, kind="stable").astype(np.uint32)),
        ("family_at", np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)),
        ("times", _numbers(counts.pairs, pairs, np.uint32)),
    ]
    write_arrays(path, _RULES, arrays)


def _numbers(counts: Mapping[str, int], keys: Sequence[str], dtype: type[np.unsignedinteger]) -> Column:
    return np.fromiter((counts.get(key, 0) for key in keys), dtype, len(keys))


def _counter(keys: Iterable[str], counts: Column) -> "Counter[str]":
    return Counter({key: count for key, count in zip(keys, counts.tolist(), strict=True) if count})


class SortedStrings:
    """A sorted list of strings of an opened file, searched by bisection where it lies."""

    def __init__(self, words: Words, name: str) -> None:
        self._text = words[name].data
        self._ends = words[f"{name}_ends"]  # lies at any address of the file, of which no memoryview gives numbers

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, at: int) -> bytes:
        begin = self._ends.item(at - 1) if at else 0
        return bytes(self._text[begin : self._ends.item(at)])

    def find(self, wanted: str, within: range | None = None) -> int:
        """The index of a string, looked for in a range of indices; -1 if it is not there."""
        packed, held = encoded(wanted), range(len(self)) if within is None else within
        at = bisect_left(self, packed, held.start, held.stop)
        return at if at < held.stop and self[at] == packed else -1

    def beginning(self, prefix: str) -> range:
        """The indices of the strings with a prefix."""
        packed = encoded(prefix)
        return range(bisect_left(self, packed), bisect_left(self, packed + AFTER_ALL))

    def some(self, indices: range) -> Iterator[str]:
        """The strings at some indices, with one look into the file."""
        first = self._ends.item(indices.start - 1) if indices.start else 0
        ends = (self._ends[indices.start : indices.stop] - first).tolist()
        text = bytes(self._text[first : first + ends[-1]]) if ends else b""
        return (decoded(text[begin:end]) for begin, end in pairwise((0, *ends)))
