"""Figures: a tree of numbers, the same as a flat list of dotted names, and the digest of the data they are of."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Union

Figures = Mapping[str, Union[float, "Figures"]]


def flat(figures: Figures, before: str = "") -> Iterator[tuple[str, float]]:
    """Every number with the dotted path that leads to it: ("stemming.ndetc.meets", 0.98)."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def data_digest(data: Path) -> str:
    """Digest names and contents of all files of the data."""
    found = blake2b(digest_size=8)
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        found.update(path.relative_to(data).as_posix().encode())
        with path.open("rb") as file:
            found.update(file_digest(file, "blake2b").digest())
    return found.hexdigest()
