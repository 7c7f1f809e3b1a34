"""The table of far relatives, and the file it is shipped in.

The file is gzip-compressed text, so that two versions can be compared by eye. After a header line and a line of the
forms that are lexemes of their own in spite of a clitic, it has a line for each root with far relatives: the root, the
names of its lexemes (see `lexemes`), and the pairs of their places that are far from each other, with tabs between:

    alam    -,ber-pe-…-an,pe-…-an    0-1 0-2        alam is far from berpengalaman and pengalaman
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.words.roots.packed_lines import digest_of, read_lines, write_lines

FILE: Final = Path(__file__).with_name("far.gz")
HEADER: Final = "!kliping far relatives 1"

Apart = frozenset[tuple[str, str]]  # pairs of names of lexemes, each in ascending order


@dataclass(frozen=True, slots=True)
class FarPairs:
    """The far relatives by root, and the forms that are lexemes of their own in spite of a clitic."""

    by_root: Mapping[str, Apart]
    alone: frozenset[str]


def save(pairs: FarPairs, path: Path = FILE) -> None:
    """Write a table; equal tables give equal files on one machine, and equal uncompressed text on all."""
    write_lines(path, _lines(pairs))


def load(path: Path = FILE) -> FarPairs:
    """Read a table; raises OSError or ValueError if the file is missing or not valid."""
    header, alone, *lines = read_lines(path)
    if header != HEADER:
        raise ValueError(f"{path} holds no far relatives")
    return FarPairs(dict(map(_parsed, lines)), frozenset(alone.split()))


def digest(path: Path = FILE) -> str:
    """Return a digest that identifies exactly this table."""
    return digest_of(path)


def _lines(pairs: FarPairs) -> Iterator[str]:
    yield from (HEADER, " ".join(sorted(pairs.alone)))
    for root, apart in sorted(pairs.by_root.items()):
        names = sorted({name for pair in apart for name in pair})
        places = sorted((names.index(one), names.index(other)) for one, other in apart)
        yield "\t".join((root, ",".join(names), " ".join(f"{one}-{other}" for one, other in places)))


def _parsed(line: str) -> tuple[str, Apart]:
    root, held, places = line.split("\t")
    names = held.split(",")
    pairs = (place.split("-") for place in places.split(" "))
    return root, frozenset((names[int(one)], names[int(other)]) for one, other in pairs)
