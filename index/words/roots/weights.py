"""The weights of roots and affixes, and the file they are shipped in.

All weights are natural logarithms of probabilities, in hundredths. The file is gzip-compressed text, so that two
versions can be compared by eye. After a header line and `!unknown` it has the sections `!paths`, `!clitics`,
`!entries`, `!learned` and `!whole`, with one tab-separated line per item. docs/architecture/words.md has an example.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from index.words.roots.packed_lines import digest_of, read_lines, write_lines

FILE: Final = Path(__file__).with_name("weights.gz")
HEADER: Final = "!kliping roots 1"
UNITS: Final = 100  # per natural logarithm; finer differences decide nothing


class RootWeight(NamedTuple):
    """The weights of a root without affixes (`alone`) and with affixes (`affixed`)."""

    alone: int
    affixed: int


@dataclass(frozen=True, slots=True)
class Weights:
    """All learned weights; `whole` are the words that are never stemmed."""

    unknown: int
    paths: Mapping[str, int]
    clitics: Mapping[str, int]
    entries: Mapping[str, RootWeight]
    learned: Mapping[str, RootWeight]
    whole: frozenset[str]


def save(weights: Weights, path: Path = FILE) -> None:
    """Write weights; equal weights give equal files on one machine, and equal uncompressed text on all."""
    write_lines(path, _lines(weights))


def load(path: Path = FILE) -> Weights:
    """Read weights; raises OSError or ValueError if the file is missing or not valid."""
    header, unknown, *lines = read_lines(path)
    if header != HEADER:
        raise ValueError(f"{path} holds no weights of roots")
    sections = dict(_sections(lines))
    return Weights(
        int(unknown.split("\t")[1]),
        {name: int(weight) for name, weight in _fields(sections["!paths"])},
        {name: int(weight) for name, weight in _fields(sections["!clitics"])},
        _roots(sections["!entries"]),
        _roots(sections["!learned"]),
        frozenset(sections["!whole"]),
    )


def digest(path: Path = FILE) -> str:
    """Return a digest that identifies exactly these weights."""
    return digest_of(path)


def _lines(weights: Weights) -> Iterator[str]:
    yield from (HEADER, f"!unknown\t{weights.unknown}")
    for name, held in (("!paths", weights.paths), ("!clitics", weights.clitics)):
        yield name
        yield from (f"{affixes}\t{weight}" for affixes, weight in sorted(held.items()))
    for name, roots in (("!entries", weights.entries), ("!learned", weights.learned)):
        yield name
        yield from (f"{root}\t{weight.alone}\t{weight.affixed}" for root, weight in sorted(roots.items()))
    yield "!whole"
    yield from sorted(weights.whole)


def _sections(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and lines of each section; a section may be empty."""
    name = ""
    for is_name, group in groupby(lines, lambda line: line.startswith("!")):
        if is_name:
            *empty, name = group
            yield from ((other, []) for other in empty)
        else:
            yield name, list(group)
            name = ""
    if name:
        yield name, []


def _fields(lines: Iterable[str]) -> Iterator[list[str]]:
    return (line.split("\t") for line in lines)


def _roots(lines: Iterable[str]) -> dict[str, RootWeight]:
    return {root: RootWeight(int(alone), int(affixed)) for root, alone, affixed in _fields(lines)}
