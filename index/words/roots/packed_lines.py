"""Lines of text in a gzip-compressed file, as learned tables are shipped: two versions can be compared by eye."""

import gzip
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines; equal lines give equal files on one machine, and equal uncompressed text on all."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode())


def read_lines(path: Path) -> list[str]:
    """Read lines; raises OSError if the file is missing or not compressed."""
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def digest_of(path: Path) -> str:
    """Return a digest that identifies exactly this file."""
    return blake2b(path.read_bytes(), digest_size=4).hexdigest()
