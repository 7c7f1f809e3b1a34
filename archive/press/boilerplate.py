"""Boilerplate detection: learns the footer lines that an outlet repeats in its articles.

Lines are counted over all records before any record becomes an article, so the result does not depend on the order of
the input. Only closing lines are learned. Headings and phrases that recur inside texts belong to the text. Forms that
many outlets share are recognized by `page_furniture`. The keeper's keep and drop rules override both.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import collapse_whitespace
from archive.press import page_furniture
from archive.press.known_titles import NO_TITLES, has_link, known_links_in
from archive.press.outlets import stated_publisher
from archive.record import Record
from archive.text_hash import text_hash

BOILERPLATE = "boilerplate.tsv"  # file name, stored beside an index
CLOSING_LINES = 6  # examined in each text
LONGEST = 320  # characters; a longer line is a paragraph
FEWEST_ARTICLES = 8  # of one outlet that must contain a line, ...
CHARACTERS_AN_ARTICLE = 10  # ... and one more per this many characters: stories of a series share sentences
REST = re.compile(r'[,.;"”]+\s*\w')  # the tail of a sentence that lost its beginning
LEAST_CLOSING = 0.9  # share of its occurrences followed only by frequent lines
LEAST_DIFFERENT = 0.8  # share of distinct beginnings among the articles that contain it
SKETCHED = 1 << 22  # cells of the approximate line counter (16 MB); only texts of frequent lines are kept
HASHES = 1 + CLOSING_LINES  # per record
CACHED_OUTLETS = 1024  # an archive has some hundred

Hashes = NDArray[np.uint64]


class BadRules(ValueError):
    """The rules file is invalid. The message names the line and the expected format."""


@dataclass(frozen=True, slots=True)
class BoilerplateLine:
    """A boilerplate line of an outlet: its text (or first words, if not learned) and its number of articles."""

    outlet: str
    line: str
    articles: int
    learned: bool = True


@dataclass(frozen=True, slots=True)
class BoilerplateRules:
    """The keeper's rules: lines to keep and lines to drop, for all outlets."""

    keep: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path) -> "BoilerplateRules":
        """Load a rules file: `keep` or `drop`, a tab and the text on each line. Lines that start with # are comments.

        Raises BadRules for an invalid line.
        """
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
    """All known boilerplate: learned lines by outlet, and the keeper's rules."""

    learned: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rules: BoilerplateRules = field(default_factory=BoilerplateRules)
    titles: frozenset[int] = NO_TITLES

    def for_record(self, record: Record) -> "OutletBoilerplate":
        """Select the boilerplate that applies to a record, and the titles if its text may have links."""
        titles = self.titles if self.titles and has_link(record.text) else NO_TITLES
        return OutletBoilerplate(self.learned.get(outlet_of(record), frozenset()), self.rules, titles)


@dataclass(frozen=True, slots=True)
class OutletBoilerplate:
    """The boilerplate that applies to the texts of one outlet, and the hashes of titles that links name."""

    learned: frozenset[str] = frozenset()
    rules: BoilerplateRules = BoilerplateRules()
    titles: frozenset[int] = NO_TITLES

    def verdict(self, line: str) -> bool | None:
        """Whether a line with collapsed whitespace is boilerplate; None if neither rules nor learned lines decide."""
        if line in self.rules.keep:
            return False
        return True if line in self.learned or line in self.rules.drop else None

    def verdicts_in(self, text: str) -> str:
        """The lines of a text that have a verdict, each with it, and the ends of links; "" for most texts."""
        links = known_links_in(text, self.titles) if self.titles else ""
        openings = _first_words(self.learned) | _first_words(self.rules.keep) | _first_words(self.rules.drop)
        if not openings:
            return links
        begun = (line for line in text.split("\n") if not openings.isdisjoint(line.split(None, 1)[:1]))
        judged = ((line, self.verdict(line)) for line in map(collapse_whitespace, begun))
        verdicts = "\n".join(f"{verdict} {line}" for line, verdict in judged if verdict is not None)
        return f"{links}\n{verdicts}" if links and verdicts else links or verdicts


@lru_cache(maxsize=CACHED_OUTLETS)
def _first_words(lines: frozenset[str]) -> frozenset[str]:
    """The first words of known lines; a line of a text that begins with another word need not be compared."""
    return frozenset(line.partition(" ")[0] for line in lines)


NO_OUTLET_BOILERPLATE = OutletBoilerplate()


def outlet_of(record: Record) -> str:
    """The outlet under which a record's lines are counted, from its outlet field or URL; "" if unknown."""
    publisher = stated_publisher(record.outlet, record.url)
    return publisher.outlet if publisher else ""


@dataclass(frozen=True, slots=True)
class LineCounts:
    """Hashed closing lines of some records. `lines` maps each hash to the outlet and the text of the line.

    rows     u8[n, 7]   per record: hash of its beginning, then the hashes of outlet and closing line, last line first;
                        0 where there are fewer lines or a line is too long
    """

    rows: Hashes
    lines: Mapping[int, tuple[str, str]]
    furniture: Mapping[tuple[str, str], int]


def count_lines(records: Iterable[Record]) -> LineCounts:
    """Hash the closing lines of some records, and count the first words of their page furniture."""
    rows = array("Q")
    lines: dict[int, tuple[str, str]] = {}
    furnished: Counter[tuple[str, str]] = Counter()
    for record in records:
        text, outlet = record.text.rstrip(), outlet_of(record)
        furnished.update((outlet, opening) for opening in page_furniture.openings(text))
        closing = [collapse_whitespace(line) for line in reversed(text.rsplit("\n", 2 * CLOSING_LINES)[1:])]
        closing = [line for line in closing if line][:CLOSING_LINES]
        hashes = [_hashed(f"{outlet}\t{line}") if len(line) <= LONGEST else 0 for line in closing]
        lines.update(zip(hashes, ((outlet, line) for line in closing), strict=True))
        rows.extend((_hashed(text[:LONGEST]), *hashes, *[0] * (CLOSING_LINES - len(hashes))))
    lines.pop(0, None)
    return LineCounts(np.frombuffer(rows, np.uint64).reshape(-1, HASHES), lines, furnished)


class BoilerplateLearner:
    """Accumulates line counts of all records and decides which lines are boilerplate."""

    def __init__(self) -> None:
        self._rows: list[Hashes] = []
        self._sketch = np.zeros(SKETCHED, np.uint32)
        self._written: dict[int, tuple[str, str]] = {}
        self._furniture: Counter[tuple[str, str]] = Counter()

    def add(self, more: LineCounts) -> None:
        """Add the line counts of some records."""
        self._rows.append(more.rows)
        self._furniture.update(more.furniture)
        hashes = more.rows[:, 1:][more.rows[:, 1:] != 0]
        cells = hashes % SKETCHED
        np.add.at(self._sketch, cells, 1)
        frequent = hashes[self._sketch[cells] >= FEWEST_ARTICLES].tolist()
        self._written.update((line, more.lines[line]) for line in frequent)

    def boilerplate(self) -> list[BoilerplateLine]:
        """The boilerplate of all records added, sorted by outlet, most frequent first."""
        furnished = [BoilerplateLine(*line, articles, learned=False) for line, articles in self._furniture.items()]
        return sorted(self._learned() + furnished, key=lambda line: (line.outlet, -line.articles, line.line))

    def _learned(self) -> list[BoilerplateLine]:
        """The lines that are footers. All candidates are evaluated at once; a large archive has thousands."""
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
        return [
            BoilerplateLine(*self._written[line], seen[0]) for line, *seen in judged if self._is_footer(line, *seen)
        ]

    def _is_footer(self, line: int, articles: int, closing: int, different: int) -> bool:
        """Whether a line is a footer.

        `articles` contain it; in `closing` of them only frequent lines follow; `different` is their number of distinct
        beginnings.
        """
        written = self._written[line][1]
        often = articles >= FEWEST_ARTICLES + len(written) // CHARACTERS_AN_ARTICLE
        alike = closing >= LEAST_CLOSING * articles and different >= LEAST_DIFFERENT * articles
        return often and alike and REST.match(written) is None


def _hashed(text: str) -> int:
    """The hash of a text, never 0."""
    return text_hash(text) or 1


def by_outlet(lines: Iterable[BoilerplateLine]) -> Mapping[str, frozenset[str]]:
    """The learned lines of each outlet."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in lines:
        if one.learned:
            found[one.outlet].add(one.line)
    return {outlet: frozenset(lines) for outlet, lines in found.items()}


def save(lines: Iterable[BoilerplateLine], path: Path) -> None:
    """Write boilerplate lines as TSV: outlet, number of articles, 1 if learned else 0, text."""
    written = (f"{one.outlet}\t{one.articles}\t{int(one.learned)}\t{one.line}\n" for one in lines)
    path.write_text("".join(written), encoding="utf-8")


def load(path: Path) -> list[BoilerplateLine]:
    """Read the output of `save`; an empty list if the file does not exist."""
    if not path.exists():
        return []
    rows = (line.split("\t", 3) for line in path.read_text(encoding="utf-8").split("\n") if line)
    return [BoilerplateLine(outlet, line, int(articles), learned == "1") for outlet, articles, learned, line in rows]
