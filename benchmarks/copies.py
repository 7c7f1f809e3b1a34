"""Scaling of near-duplicate detection: `python -m benchmarks.copies DATA [ARTICLES …]` prints a line per archive size.

Archives are made of real articles. The first round has the articles as they are. In each further round about every
second word is replaced by another word of the archive, so that rounds are not copies of each other and word frequencies
stay. One article in ten is a version of the one before it, as editors make them
(`tests/archive/copies/planted_copies.py`). Making the texts is not timed; fingerprinting and grouping run in one
process on one core. The time for adding covers loading the saved fingerprints, going through all articles, adding the
one in a hundred that was left out at first, and grouping. It reads texts from a plain file: a reindex unpacks them from
the index, so adding costs it more than is told here.
"""

import os
import resource
import subprocess
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from benchmarks.corpus import articles
from tests.archive.copies.planted_copies import version

SIZES = (50_000, 100_000, 200_000, 500_000, 1_000_000)
COPIED = 10  # one article in this many is a version of the one before
ADDED = 100  # one article in this many is added later
SEED = 1
ID = "{:07}"

Paragraphs = Sequence[str]
Words = npt.NDArray[np.int32]


class Shelf:
    """Texts on disk, by consecutive numbers from 0."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._ends = array("q", [0])

    def put(self, article_id: str, paragraphs: Paragraphs) -> None:
        """Append the next text."""
        assert int(article_id) == len(self._ends) - 1
        self._ends.append(self._ends[-1] + self._file.write("\n".join(paragraphs).encode("utf-8", "surrogatepass")))

    def get(self, article_id: str) -> list[str]:
        """Read a text."""
        start, end = self._ends[int(article_id)], self._ends[int(article_id) + 1]
        self._file.flush()
        return os.pread(self._file.fileno(), end - start, start).decode("utf-8", "surrogatepass").split("\n")

    def __enter__(self) -> "Shelf":
        """Stay open until the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()


@dataclass
class Clock:
    """Adds up the processor seconds of `with` blocks."""

    seconds: float = 0.0

    def __enter__(self) -> "Clock":
        """Start or resume."""
        self.seconds -= process_time()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.seconds += process_time()


def archive(data: Path, number: int) -> Iterator[tuple[str, Paragraphs]]:
    """Yield that many articles, copies included."""
    chance = Random(SEED)  # noqa: S311 - not for cryptography
    before: Paragraphs = ()
    for place, paragraphs in enumerate(islice(_rounds(data), number)):
        if place % COPIED == COPIED - 1:
            yield ID.format(place), version(before, chance, paragraphs)
        else:
            before = paragraphs
            yield ID.format(place), paragraphs


def _rounds(data: Path) -> Iterator[Paragraphs]:
    numbers: dict[str, int] = {}
    texts = []
    for article in articles(data):
        yield article.paragraphs
        texts.append([_numbered(paragraph, numbers) for paragraph in article.paragraphs])
    words = np.array(list(numbers), np.object_)
    stream = np.concatenate([paragraph for text in texts for paragraph in text])
    for turn in count(1):
        chance = np.random.default_rng(turn)
        for text in texts:
            yield tuple(" ".join(words[_reworded(paragraph, stream, chance)].tolist()) for paragraph in text)


def _numbered(paragraph: str, numbers: dict[str, int]) -> Words:
    return np.array([numbers.setdefault(word, len(numbers)) for word in paragraph.split()], np.int32)


def _reworded(paragraph: Words, stream: Words, chance: np.random.Generator) -> Words:
    """Replace each word by another with a probability of one half."""
    others = stream[chance.integers(len(stream), size=len(paragraph))]
    return np.where(chance.random(len(paragraph)) < 1 / 2, others, paragraph)


def measure(data: Path, number: int) -> str:
    """One line of the table; must run in a process of its own, since it reports the peak memory of the process."""
    with TemporaryDirectory() as folder, Shelf(Path(folder) / "texts") as shelf:
        saved = Path(folder) / "fingerprints.npz"
        first, grouping, again = Clock(), Clock(), Clock()
        fingerprints = NearDuplicateDetector(Path(folder))
        for article_id, paragraphs in archive(data, number):
            shelf.put(article_id, paragraphs)
            if not _comes_later(article_id):
                with first:
                    fingerprints.add(article_id, fingerprint(paragraphs))
        with grouping:
            stories = fingerprints.group(partial(map, shelf.get))
            fingerprints.save(saved)
        del fingerprints
        with again:
            _add(saved, shelf, number)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = "".join(f" {clock.seconds:13.1f}" for clock in (first, grouping, again))
    return f"{number:10,}{told} {peak:9,.0f} {stories.stages.candidates:12,} {stories.stages.stories:9,}"


def _comes_later(article_id: str) -> bool:
    return int(article_id) % ADDED == COPIED - 1


def _add(saved: Path, shelf: Shelf, number: int) -> None:
    """Group again with the late articles, each a version of an earlier article."""
    fingerprints = NearDuplicateDetector.load(saved, saved.parent)
    for article_id in map(ID.format, range(number)):
        if _comes_later(article_id):
            fingerprints.add(article_id, fingerprint(shelf.get(article_id)))
        else:
            fingerprints.keep(article_id)
    fingerprints.group(partial(map, shelf.get))


def main(arguments: Sequence[str]) -> int:
    """Measure several sizes, each in a process of its own, or one size in this process."""
    if not arguments or not Path(arguments[0]).exists():
        print("usage: python -m benchmarks.copies DATA [ARTICLES …]", file=sys.stderr)
        return 2
    data, *sizes = arguments
    if len(sizes) == 1:
        print(measure(Path(data), int(sizes[0])), flush=True)
        return 0
    titles = "".join(f" {title:>12}" for title in ("fingerprint s", "group s", "add 1 % s"))
    print(f"{'articles':>10}{titles} {'peak MiB':>9} {'pairs':>12} {'stories':>9}", flush=True)
    for size in sizes or map(str, SIZES):
        subprocess.run([sys.executable, "-m", "benchmarks.copies", data, size], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
