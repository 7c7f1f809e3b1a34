"""Files of arrays: what is damaged is refused, whatever byte of it, and nothing else is made of it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from archive.copies.array_file import DamagedArraysError, map_arrays, read_arrays, write_arrays

RULES = b"rules of a test"
LARGE = np.arange(30_000, dtype=np.uint64)  # larger than what a zip archive reads ahead


@pytest.mark.parametrize("read", [read_arrays, map_arrays])
def test_every_damaged_bit_of_the_header_of_an_array_is_refused(
    tmp_path: Path, read: Callable[[Path, bytes], Mapping[str, npt.NDArray[np.uint64]]]
) -> None:
    path = tmp_path / "numbers.npz"
    write_arrays(path, RULES, [("numbers", LARGE)])
    assert np.array_equal(read(path, RULES)["numbers"], LARGE)
    whole = path.read_bytes()
    header = whole.index(b"{'descr': '<u8'")
    for place in range(header, whole.index(b")", header) + 1):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            with pytest.raises(DamagedArraysError):
                read(path, RULES)


@pytest.mark.parametrize("read", [read_arrays, map_arrays])
def test_no_damaged_bit_of_the_list_of_arrays_hides_or_changes_one(
    tmp_path: Path, read: Callable[[Path, bytes], Mapping[str, npt.NDArray[np.uint64]]]
) -> None:
    path = tmp_path / "numbers.npz"
    arrays = [(f"a{number}", np.arange(number + 1, dtype=np.uint64)) for number in range(2)]
    write_arrays(path, RULES, arrays)
    whole, refused = path.read_bytes(), 0
    for place in range(whole.index(b"PK\1\2"), len(whole)):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            try:
                found = dict(read(path, RULES))
            except DamagedArraysError:
                refused += 1
                continue
            del found["format"]
            told = {name: held.tolist() for name, held in found.items()}
            assert told == {name: held.tolist() for name, held in arrays}
    assert refused
