"""Files of named arrays: an .npz of numbers and bytes without pickles, written atomically and verified when read.

Arrays are read into memory, or mapped where processes share a file. A file gets its final name only when it is
complete. Reading checks every array against its checksum in the zip archive, and that the arrays fill the file up to
the list of them, so that none can be missing from a damaged list. A list of strings is stored as two arrays: the
concatenated UTF-8, and the end offset of each string.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
import numpy.typing as npt

DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, OSError)
READ_AT_ONCE: Final = 1 << 20  # bytes
NAME_AT: Final = 26  # where the header of a member of a zip archive tells the lengths of name and further fields
FORMAT = "format"  # the array that holds the format tag of the others

Column = npt.NDArray[Any]


class DamagedArraysError(ValueError):
    """A file that is damaged or has another format."""


def write_arrays(path: Path, rules: bytes, arrays: Iterable[tuple[str, Column]]) -> None:
    """Write the arrays one by one, with one in memory at a time; `rules` is the format tag of the file."""
    unfinished = path.with_name(path.name + ".unfinished")
    with ZipFile(unfinished, "w") as file:
        for name, column in ((FORMAT, np.frombuffer(rules, np.uint8)), *arrays):
            with file.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, column, allow_pickle=False)
    unfinished.replace(path)


def read_arrays(path: Path, rules: bytes) -> dict[str, Column]:
    """Read what `write_arrays` wrote; DamagedArraysError if that is impossible, OSError if there is no file."""
    with path.open("rb") as stream:
        try:
            with ZipFile(stream) as file:
                _check_filled(file, stream)
                if _array(file, file.getinfo(f"{FORMAT}.npy")).tobytes() != rules:
                    raise ValueError("made by other rules")
                return {member.filename.removesuffix(".npy"): _array(file, member) for member in file.infolist()}
        except DAMAGED as error:
            raise DamagedArraysError(f"{path} is damaged or of another version") from error


def _array(file: ZipFile, member: ZipInfo) -> Column:
    """The array of a member, whose bytes are all checked before any is parsed.

    It is not asked for by its name, which a damaged list may give to another one as well.
    """
    found: Column = np.lib.format.read_array(BytesIO(file.read(member)), allow_pickle=False)
    return found


def map_arrays(path: Path, rules: bytes) -> dict[str, Column]:
    """As `read_arrays`, with arrays that view the mapped file, which may be removed meanwhile."""
    try:
        with ZipFile(path) as file, path.open("rb") as stream:
            _check_filled(file, stream)
            for member in file.infolist():
                _check_sum(file, member)
            if _array(file, file.getinfo(f"{FORMAT}.npy")).tobytes() != rules:
                raise ValueError("made by other rules")
            return {
                member.filename.removesuffix(".npy"): _mapped(path, stream, member.header_offset)
                for member in file.infolist()
            }
    except FileNotFoundError:
        raise
    except DAMAGED as error:
        raise DamagedArraysError(f"{path} is damaged or of another version") from error


def _check_filled(file: ZipFile, stream: IO[bytes]) -> None:
    """Raise ValueError if some bytes before the list of members belong to none of them: then one is not listed."""
    end = 0
    for member in sorted(file.infolist(), key=lambda member: member.header_offset):
        if member.header_offset != end:
            break
        end = _data_at(stream, end) + member.compress_size
    if end != file.start_dir:
        raise ValueError("an array is not listed")


def _check_sum(file: ZipFile, member: ZipInfo) -> None:
    """Read a member through, some bytes at a time; raises BadZipFile if its checksum or its own header differ."""
    with file.open(member) as content:
        while content.read(READ_AT_ONCE):
            pass


def _data_at(stream: IO[bytes], at: int) -> int:
    """Where the data of a member begin, by its header."""
    stream.seek(at + NAME_AT)
    name, extra = (int.from_bytes(stream.read(2), "little") for _ in range(2))
    return at + NAME_AT + 4 + name + extra


def _mapped(path: Path, stream: IO[bytes], at: int) -> Column:
    """The array of a member that is not compressed; its data follow a header of its own after that of the member."""
    stream.seek(_data_at(stream, at))
    np.lib.format.read_magic(stream)
    shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    if not shape[0]:  # nothing cannot be mapped
        return np.empty(0, dtype)
    return np.asarray(np.memmap(path, dtype, "r", stream.tell(), shape))


def strings_to_arrays(name: str, texts: Sequence[str]) -> Iterator[tuple[str, Column]]:
    """Encode strings as two named arrays; lone surrogates survive."""
    together = "".join(texts)
    yield name, np.frombuffer(_encoded(together), np.uint8)
    # In ASCII, each character is a byte: ids mostly are, and are read and written in half the time.
    lengths = map(len, texts if together.isascii() else map(_encoded, texts))
    yield f"{name}_ends", np.cumsum(np.fromiter(lengths, np.int64, len(texts)))


def arrays_to_strings(name: str, arrays: Mapping[str, Column]) -> list[str]:
    """Decode what `strings_to_arrays` encoded."""
    together, ends = arrays[name].tobytes(), arrays[f"{name}_ends"].tolist()
    bounds = pairwise([0, *ends])
    if together.isascii():
        text = together.decode("ascii")
        return [text[start:end] for start, end in bounds]
    return [together[start:end].decode("utf-8", "surrogatepass") for start, end in bounds]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
