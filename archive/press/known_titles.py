"""The titles of an archive's own articles, as far as links within its texts name them.

A link such as `Baca juga: Harga BBM Resmi Naik Menurut warga, …` ends where the title of another article ends. All
titles are hashed to 8 bytes each before any article is made, and so are the first words behind every link, from
`FEWEST_WORDS` to `MOST_WORDS` of them. Only the hashes that both have are kept: the titles that a link names. So an
article does not depend on the order of the files, and its digest changes when a title it links to comes or goes.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

from archive.record import Record

NO_TITLES: Final[frozenset[int]] = frozenset()
FEWEST_WORDS: Final = 4  # a shorter title may be the beginning of a sentence
MOST_WORDS: Final = 20  # so many beginnings are hashed behind each link
LONGEST_TITLE: Final = 180  # characters
# `Baca juga: …`, with a `sign` behind it or `bare`, or `Baca: …`; it ends where the title begins. With a capital it may
# stand right behind a word, where a page lost the break between two paragraphs: `kepada wargaBaca juga: …`.
LEAD: Final = re.compile(
    r"(?:\bbaca|Baca|(?<![A-Z])BACA)(?:(?: [Jj]uga| JUGA)\s{0,2}(?:(?P<sign>[:;-])|(?P<bare>[,.]{0,2}))|\s?:)\s{0,3}"
)
_LEADS: Final = ("aca juga", "aca Juga", "ACA JUGA", "aca:")  # nearly each lead contains one
_LETTERS: Final = ("aca", "ACA")  # of each lead, behind the first one
_WORD: Final = re.compile(r"\w+")
_SITE: Final = re.compile(r"\s[-–|]\s[^-–|]{2,60}$")


class TitleHashes(NamedTuple):
    """Of some records: the hashes of their titles, and those of what their links may be titled. Arrays of u8."""

    titles: bytes
    linked: bytes


def has_link(text: str) -> bool:
    """Whether a text may contain a link; a substring test is far cheaper than the regex."""
    return any(map(text.__contains__, _LEADS))


def leads(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words that lead links in `text[start:end]`, but those with a short line of their own, whose end is plain."""
    for lead in _all_leads(text, start, end):
        begin, stop = lead.span()
        if (begin and text[begin - 1] != "\n") or "\n" not in text[stop : stop + LONGEST_TITLE]:
            yield lead


def _all_leads(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `LEAD` finds; it is tried only where a substring search finds the letters that each lead has."""
    for place in sorted(place for letters in _LETTERS for place in _places(letters, text, start + 1, end)):
        if lead := LEAD.match(text, place - 1, end):
            yield lead


def _places(letters: str, text: str, start: int, end: int) -> Iterator[int]:
    while (start := text.find(letters, start, end)) >= 0:
        yield start
        start += 1


def hash_titles(records: Iterable[Record]) -> TitleHashes:
    """Hash the titles of some records, and the first words behind the links in their texts."""
    titles, linked = array("Q"), array("Q")
    for record in records:
        if record.title and record.title.count(" ") + 1 >= FEWEST_WORDS:
            titles.extend(_title_hashes(record.title))
        if has_link(record.text):
            for lead in leads(record.text, 0, len(record.text)):
                linked.extend(hashed for hashed, _ in _beginnings(record.text, lead.end()))
    return TitleHashes(titles.tobytes(), linked.tobytes())


class TitleLearner:
    """Accumulates the hashes of all records and decides which titles are linked to."""

    def __init__(self) -> None:
        self._titles: list[NDArray[np.uint64]] = []
        self._linked: list[NDArray[np.uint64]] = []

    def add(self, more: TitleHashes) -> None:
        """Add the hashes of some records."""
        self._titles.append(np.unique(np.frombuffer(more.titles, np.uint64)))
        self._linked.append(np.unique(np.frombuffer(more.linked, np.uint64)))

    def known(self) -> frozenset[int]:
        """The hashes of titles that a link names."""
        if not self._titles:
            return frozenset()
        both = np.intersect1d(np.concatenate(self._titles), np.concatenate(self._linked))
        return frozenset(both.tolist())


def known_title_end(text: str, start: int, known: frozenset[int]) -> int | None:
    """Return where the longest known title that begins at `start` ends; None if none does."""
    return max((end for hashed, end in _beginnings(text, start) if hashed in known), default=None)


def known_links_in(text: str, known: frozenset[int]) -> str:
    """The places of the links in a text whose titles are known, as one string; "" for most texts."""
    ends = (known_title_end(text, lead.end(), known) for lead in leads(text, 0, len(text)))
    return " ".join(str(end) for end in ends if end is not None)


def _title_hashes(title: str) -> Iterator[int]:
    """The hashes of a title, and of what is before the name of the site; none for one too short to tell."""
    yield from _hash_of(title)
    if site := _SITE.search(title):
        yield from _hash_of(title[: site.start()])


def _hash_of(title: str) -> Iterator[int]:
    words = _WORD.findall(title)
    if FEWEST_WORDS <= len(words) <= MOST_WORDS:
        normalized = _normalized(" ".join(words) + " ")
        yield crc32(normalized) << 32 | adler32(normalized)


def _beginnings(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The hash of the first words from `start` on and where they end, for each number of words a title may have."""
    sum_, check = 0, 1
    for number, word in enumerate(_WORD.finditer(text, start, start + LONGEST_TITLE), 1):
        normalized = _normalized(word[0] + " ")
        sum_, check = crc32(normalized, sum_), adler32(normalized, check)
        if number >= FEWEST_WORDS:
            yield sum_ << 32 | check, word.end()
        if number == MOST_WORDS:
            return


def _normalized(words: str) -> bytes:
    return words.casefold().encode("utf-8", "surrogatepass")
