"""Boilerplate: the closing lines that one outlet repeats under article after article, learned from the archive.

A footer differs from news in four ways, and all four are asked: many articles of the outlet have it, word for word,
the more the longer it is; it is no rest of a sentence; whatever follows it is such a line as well, down to the end; and
the articles above it differ, which sets it apart from the last paragraph of a story that was copied. Headings and
phrases that recur inside texts are not learned: they belong to what the text says. What outlets share is known to
`furniture`.

Lines are counted over all records before any becomes an article, so that the same archive has the same boilerplate
however it was brought in. A keeper's own lines go before everything: those to keep, those to drop.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import folded
from archive.press import page_furniture
from archive.press.outlets import imprint_at, imprint_named
from archive.record import Record

BOILERPLATE = "boilerplate.tsv"  # beside an index
CLOSING_LINES = 6  # looked at in each text
LONGEST = 320  # characters; longer ones are paragraphs
FEWEST_ARTICLES = 8  # of one outlet that must have a line,
CHARACTERS_AN_ARTICLE = 10  # and one more for so many characters: stories of a series share sentences, too
REST = re.compile(r'[,.;"”]+\s*\w')  # what is left of a sentence that lost its beginning
LEAST_CLOSING = 0.9  # share of its occurrences that have nothing but such lines below them
LEAST_DIFFERENT = 0.8  # different beginnings among the articles that have it
SKETCHED = 1 << 22  # cells that count lines roughly, so that only words of frequent ones are kept: 16 MB
HASHES = 1 + CLOSING_LINES  # of one record

Hashes = NDArray[np.uint64]
Places = NDArray[np.intp]


class BadRules(ValueError):
    """A keeper's file of lines cannot be read; the message names the line and what would be right."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line of boilerplate: whose it is, how it reads or begins, how many articles have it, whether it was learned."""

    outlet: str
    line: str
    articles: int
    learned: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """What a keeper decided about lines, whoever's they are."""

    keep: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path) -> "Rules":
        """Read a file with `keep` or `drop`, a tab and a line of text on each line; # begins a remark."""
        lines: dict[str, set[str]] = {"keep": set(), "drop": set()}
        for number, written in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
            verb, _, line = written.partition("\t")
            if not written.strip() or written.startswith("#"):
                continue
            if verb not in lines or not line.strip():
                raise BadRules(f"{path}, line {number}: must be keep or drop, a tab, and the line of text meant")
            lines[verb].add(" ".join(line.split()))
        return cls(frozenset(lines["keep"]), frozenset(lines["drop"]))


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """All that is known of lines that are no news: learned ones by outlet, and the keeper's rules."""

    learned: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)

    def of(self, record: Record) -> "Lines":
        """What is boilerplate in the text of a record."""
        return Lines(self.learned.get(outlet_of(record), frozenset()), self.rules)


@dataclass(frozen=True, slots=True)
class Lines:
    """What is boilerplate in one text."""

    learned: frozenset[str] = frozenset()
    rules: Rules = Rules()

    def verdict(self, line: str) -> bool | None:
        """Whether a folded line is boilerplate; None where only its form can tell."""
        if line in self.rules.keep:
            return False
        return True if line in self.learned or line in self.rules.drop else None

    def applying(self, text: str) -> str:
        """The lines of a text that a verdict is known of, with the verdict, as one string: "" for most texts."""
        if not (self.learned or self.rules.keep or self.rules.drop):
            return ""  # before its lines are folded
        lines = [folded(line) for line in text.split("\n")]
        if all(known.isdisjoint(lines) for known in (self.learned, self.rules.keep, self.rules.drop)):
            return ""
        judged = ((line, self.verdict(line)) for line in lines)
        return "\n".join(f"{verdict} {line}" for line, verdict in judged if verdict is not None)


NO_LINES = Lines()


def outlet_of(record: Record) -> str:
    """The outlet a record's lines are counted under: as given or by its address, else ""."""
    imprint = imprint_named(record.outlet) if record.outlet else imprint_at(record.url) if record.url else None
    return imprint.outlet if imprint else ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the closing lines of some records add to the counts; `lines` are the outlet and the words of each hash.

    rows     u8[n, 7]   of each record the hash of its beginning, then those of its closing lines with their outlet, the
                        last one first; 0 where it has fewer
    """

    rows: Hashes
    lines: Mapping[int, tuple[str, str]]
    furniture: Mapping[tuple[str, str], int]


def counted(records: Iterable[Record]) -> Counted:
    """Count the closing lines of some records, and how their furniture begins."""
    rows = array("Q")
    lines: dict[int, tuple[str, str]] = {}
    furnished: Counter[tuple[str, str]] = Counter()
    for record in records:
        text, outlet = record.text.rstrip(), outlet_of(record)
        furnished.update((outlet, opening) for opening in page_furniture.openings(text))
        closing = [folded(line) for line in reversed(text.rsplit("\n", 2 * CLOSING_LINES)[1:])]
        closing = [line for line in closing if line][:CLOSING_LINES]
        hashes = [_hashed(f"{outlet}\t{line}") if len(line) <= LONGEST else 0 for line in closing]
        lines.update(zip(hashes, ((outlet, line) for line in closing), strict=True))
        rows.extend((_hashed(text[:LONGEST]), *hashes, *[0] * (CLOSING_LINES - len(hashes))))
    lines.pop(0, None)
    return Counted(np.frombuffer(rows, np.uint64).reshape(-1, HASHES), lines, furnished)


class Counting:
    """Adds up the closing lines of all records."""

    def __init__(self) -> None:
        self._rows: list[Hashes] = []
        self._sketch = np.zeros(SKETCHED, np.uint32)
        self._written: dict[int, tuple[str, str]] = {}
        self._furniture: Counter[tuple[str, str]] = Counter()

    def add(self, more: Counted) -> None:
        """Add what was counted in some records."""
        self._rows.append(more.rows)
        self._furniture.update(more.furniture)
        hashes = more.rows[:, 1:][more.rows[:, 1:] != 0]
        cells = hashes % SKETCHED
        np.add.at(self._sketch, cells, 1)
        frequent = hashes[self._sketch[cells] >= FEWEST_ARTICLES].tolist()
        self._written.update((line, more.lines[line]) for line in frequent)

    def repeated(self) -> list[Repeated]:
        """The boilerplate of all records counted, by outlet and the most frequent first."""
        furnished = [Repeated(*line, articles, learned=False) for line, articles in self._furniture.items()]
        return sorted(self._learned() + furnished, key=lambda line: (line.outlet, -line.articles, line.line))

    def _learned(self) -> list[Repeated]:
        """The lines that are footers; all of them are judged at once, since a large archive has thousands to judge."""
        rows = np.concatenate([np.empty((0, HASHES), np.uint64), *self._rows])
        closing = rows[:, 1:]
        lines, counts = np.unique(closing[closing != 0], return_counts=True)
        frequent = lines[counts >= FEWEST_ARTICLES]
        ok = np.logical_and.accumulate(np.isin(closing, frequent), axis=1)
        record, place = np.nonzero(np.isin(closing, frequent))
        which = np.searchsorted(frequent, closing[record, place])
        having = np.unique(np.stack((which, record)), axis=1)
        closed = np.unique(np.stack((which, record))[:, ok[record, place]], axis=1)
        beginnings = np.unique(np.stack((having[0].astype(np.uint64), rows[having[1], 0])), axis=1)
        columns = (np.bincount(of[0].astype(np.int64), minlength=len(frequent)) for of in (having, closed, beginnings))
        judged = zip(frequent.tolist(), *(column.tolist() for column in columns), strict=True)
        return [Repeated(*self._written[line], seen[0]) for line, *seen in judged if self._is_footer(line, *seen)]

    def _is_footer(self, line: int, articles: int, closing: int, different: int) -> bool:
        """Whether a line is one, by how many articles have it, at their close, and under different beginnings."""
        written = self._written[line][1]
        often = articles >= FEWEST_ARTICLES + len(written) // CHARACTERS_AN_ARTICLE
        alike = closing >= LEAST_CLOSING * articles and different >= LEAST_DIFFERENT * articles
        return often and alike and REST.match(written) is None


def _hashed(text: str) -> int:
    """u8 of a text, never 0."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


def by_outlet(lines: Iterable[Repeated]) -> Mapping[str, frozenset[str]]:
    """The learned lines of each outlet."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in lines:
        if one.learned:
            found[one.outlet].add(one.line)
    return {outlet: frozenset(lines) for outlet, lines in found.items()}


def save(lines: Iterable[Repeated], path: Path) -> None:
    """Write lines of boilerplate, each as outlet, number of articles, whether it was learned, and how it reads."""
    written = (f"{one.outlet}\t{one.articles}\t{int(one.learned)}\t{one.line}\n" for one in lines)
    path.write_text("".join(written), encoding="utf-8")


def load(path: Path) -> list[Repeated]:
    """Read what `save` wrote; nothing where there is no file."""
    if not path.exists():
        return []
    rows = (line.split("\t", 3) for line in path.read_text(encoding="utf-8").split("\n") if line)
    return [Repeated(outlet, line, int(articles), learned == "1") for outlet, articles, learned, line in rows]
