"""Figures: a tree of numbers, its flat form with dotted names, and the digest of the data measured."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Union

Figures = Mapping[str, Union[float, "Figures"]]


def flat(figures: Figures, before: str = "") -> Iterator[tuple[str, float]]:
    """Every number with its dotted path: ("stemming.ndetc.meets", 0.98)."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def data_digest(data: Path) -> str:
    """A digest of the names and contents of all files of the data."""
    found = blake2b(digest_size=8)
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        found.update(path.relative_to(data).as_posix().encode())
        with path.open("rb") as file:
            found.update(file_digest(file, "blake2b").digest())
    return found.hexdigest()
