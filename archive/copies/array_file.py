"""Files of named arrays: an .npz of numbers and bytes, no pickles, read whole or not at all.

They are read into memory, unlike the arrays of an index's segments, which are mapped. The file appears under its name
only when it is complete, and every byte of its arrays is checked against the checksums a zip archive keeps. Texts are
arrays too: UTF-8 in one row, and where each ends.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import numpy.typing as npt

DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, OSError)
FORMAT = "format"  # the array that says by which rules the others were made

Column = npt.NDArray[Any]


class DamagedArraysError(ValueError):
    """A file that cannot be read as it was written, or was written by other rules."""


def write_arrays(path: Path, form: bytes, arrays: Iterable[tuple[str, Column]]) -> None:
    """Write arrays as they come, one in memory at a time; `form` names the rules they were made by."""
    unfinished = path.with_name(path.name + ".unfinished")
    with ZipFile(unfinished, "w") as file:
        for name, column in ((FORMAT, np.frombuffer(form, np.uint8)), *arrays):
            with file.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, column, allow_pickle=False)
    unfinished.replace(path)


def read_arrays(path: Path, form: bytes) -> dict[str, Column]:
    """Read what `write_arrays` wrote; DamagedArraysError where that is impossible, OSError where there is no file."""
    with path.open("rb") as stream:
        try:
            with ZipFile(stream) as file:
                if file.testzip() is not None:
                    raise ValueError("a checksum is wrong")
            stream.seek(0)
            with np.load(stream, allow_pickle=False) as saved:
                if saved[FORMAT].tobytes() != form:
                    raise ValueError("made by other rules")
                return {name: saved[name] for name in saved.files}
        except DAMAGED as error:
            raise DamagedArraysError(f"{path} is damaged or of another version") from error


def packed_texts(name: str, texts: Sequence[str]) -> Iterator[tuple[str, Column]]:
    """Texts as two arrays; lone surrogates are kept as they are."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    yield name, np.frombuffer(b"".join(encoded), np.uint8)
    yield f"{name}_ends", np.cumsum([len(text) for text in encoded], dtype=np.int64)


def unpacked_texts(name: str, arrays: Mapping[str, Column]) -> list[str]:
    """The texts that `packed_texts` packed."""
    together, ends = arrays[name].tobytes(), arrays[f"{name}_ends"].tolist()
    return [together[start:end].decode("utf-8", "surrogatepass") for start, end in zip([0, *ends], ends, strict=False)]
