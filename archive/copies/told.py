"""What articles say of themselves beside their text: stated day, outlet and title, and what that tells of pairs.

Texts of one outlet are seldom copies of each other unless it kept the title: it reports on what came next, or on the
same occasion from another side, and uses its own sentences again. Copies in other outlets have any title, but few
words of their own: two outlets that quote one press conference each have a good part of theirs.
"""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
import numpy.typing as npt

from archive.article import Article
from archive.copies.comparing.pair_comparison import PARTS
from archive.copies.fingerprints import HAS_DIGIT, distinct
from archive.copies.ragged_arrays import Flags, Indices, Positions, RaggedArray
from archive.copies.relations import (
    CLEARLY_CONTAINED,
    CODES,
    CONTAINED,
    OTHER_BEGINNING,
    Codes,
    ComparedPairs,
    Relation,
    at_least,
)
from archive.copies.titles import tell_of_half_time

NEARLY_WHOLE = (19, 20)  # of the shorter text in the other: days and other titles do not matter then
DAYS_APART = 3  # copies follow within so many days of each other, unless nearly the whole text is the same
# Texts that share less than HALF of both are two reports if each has so many words of its own, as a share of the
# shorter: a text that was cut or extended has hardly any, an edited one shares more. A version has the SAME_TITLE.
HALF, OWN_WORDS, SAME_TITLE = (1, 2), (1, 9), (9, 10)
# Of the words of the shorter title: with less, an outlet tells other news. Of the longer one where the texts have less
# than HALF of both in common: a title that goes on where the other ends is that of a follow-up.
TITLES_ALIKE = (7, 10)
# Texts of one outlet with other titles are copies only if they share so much of both and do not open quite differently,
# or have the same opening and most of the shorter one: a version cut for another page.
MOSTLY_SAME, MOSTLY_CONTAINED = (11, 16), (9, 10)
WHOLLY_CONTAINED = (97, 100)  # another score in the title does not matter then
SAME_OPENING, ANY_OPENING = 90, 30  # per cent of the words of the first 60
# Two texts that each open with a lead of their own, an eighth of them, and have so many words of their own are two
# reports: their common words are the background. A copy has another lead, too, but its source's is then in it.
LEAD_PARTS = np.uint64((1 << PARTS // 8) - 1)
SOME_OWN_WORDS = (1, 12)
SEVERAL = 2
TELLING_TITLE = 3  # words of a title that two texts have in common by no chance
NO_DAY = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Told:
    """What one article says of itself: the day stated for it, if any, its outlet and its title, "" if unknown.

    A title that was derived from the text is none: it is the first sentence, which any editor changes.
    """

    day: date | None = None
    outlet: str = ""
    title: str = ""

    @property
    def outlet_hash(self) -> int:
        """A hash of the outlet (32 bits), 0 for none."""
        return crc32(self.outlet.encode("utf-8", "surrogatepass")) or 1 if self.outlet else 0


NOTHING_TOLD = Told()


def told_by(article: Article) -> Told:
    """What an article says of itself beside its text."""
    title = "" if article.title_derived else article.title
    return Told(article.date.stated_day, article.outlet or "", title)


@dataclass(frozen=True, slots=True, eq=False)
class ToldOfArticles:
    """What articles say of themselves, one entry for each.

    Days are proleptic Gregorian ordinals, 0 for none. `titles` are the words of titles.
    """

    days: Indices
    outlets: npt.NDArray[np.uint32]
    titles: RaggedArray
    round_ups: Flags

    def of_texts(self, text_of: Indices, count: int) -> "ToldOfTexts":
        """What the articles of each text say, given the text of each article and the number of texts."""
        first, last = np.full(count, NO_DAY), np.zeros(count, np.int64)
        stated = self.days > 0
        np.minimum.at(first, text_of[stated], self.days[stated])
        np.maximum.at(last, text_of[stated], self.days[stated])
        least, most = np.full(count, 0xFFFFFFFF, np.uint32), np.zeros(count, np.uint32)
        np.minimum.at(least, text_of, self.outlets)
        np.maximum.at(most, text_of, self.outlets)
        words = text_of[self.titles.list_indices].astype(np.uint64) << np.uint64(32) | self.titles.values
        keys = distinct(words)
        lengths = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=count)
        round_ups = np.bincount(text_of[self.round_ups], minlength=count) > 0
        return ToldOfTexts(
            np.where(last > 0, first, 0),
            last,
            np.where(least == most, most, np.uint32(0)),
            RaggedArray.from_lengths(keys.astype(np.uint32), lengths),
            round_ups,
        )


@dataclass(frozen=True, slots=True, eq=False)
class ToldOfTexts:
    """What the articles of each text say, one entry for each text.

    `first` and `last` are the days stated, 0 for none; `outlets` is their only outlet, 0 for none or several; `titles`
    are the words of all their titles; `round_ups` tells whether one is announced as such.
    """

    first: Indices
    last: Indices
    outlets: npt.NDArray[np.uint32]
    titles: RaggedArray
    round_ups: Flags

    def both_dated(self, left: Positions, right: Positions) -> Flags:
        """Whether days are stated for both texts of each pair."""
        known: Flags = (self.first[left] > 0) & (self.first[right] > 0)
        return known

    def gaps(self, left: Positions, right: Positions) -> Indices:
        """The days between the texts of each pair; 0 where they overlap or either has none."""
        known = self.both_dated(left, right)
        between = np.maximum(self.first[left], self.first[right]) - np.minimum(self.last[left], self.last[right])
        return np.where(known, np.maximum(between, 0), 0)


def told_together(compared: ComparedPairs, codes: Codes, told: ToldOfTexts) -> Codes:
    """Reclassify as cut a text that is for the most part in another of the same title, however it opens."""
    found = codes.copy()
    held = np.flatnonzero((codes == CODES[Relation.PASSAGES]) & at_least(CONTAINED, compared.shared, compared.shorter))
    pairs = compared.take(held)
    left, right = (told.titles.take(side.astype(np.int64)) for side in (pairs.left, pairs.right))
    words = _shared_and_own(left, right, ~np.uint32(0))
    more = words.shared + np.maximum(words.left, words.right)
    found[held[(words.shared == more) & (more >= TELLING_TITLE)]] = CODES[Relation.CUT]
    return found


def told_apart(compared: ComparedPairs, codes: Codes, told: ToldOfTexts) -> Codes:
    """Reclassify copies that their articles, or other instances of a template, show to be none.

    Texts whose stated days are more than DAYS_APART days apart only share passages, unless they are nearly the same,
    and so do texts of one outlet that tell other news by their titles. A text announced as a round-up is one. Texts
    that each fill a template of others fill it differently where a day differs, or numbers of unknown days, however
    much of the prose was edited. So do texts on days apart in which nothing but numbers differs: the advertisement of
    the next week.
    """
    found = codes.copy()
    copies = np.flatnonzero(np.isin(codes, [CODES[Relation.EDITED], CODES[Relation.CUT]]))
    pairs = compared.take(copies)
    gaps = told.gaps(pairs.left, pairs.right)
    nearly = at_least(NEARLY_WHOLE, pairs.shared, pairs.shorter)
    templates = codes == CODES[Relation.TEMPLATE]
    both = np.concatenate((compared.left[templates], compared.right[templates]))
    filled = np.bincount(both, minlength=len(compared.sizes)) >= SEVERAL
    numbers = (pairs.evidence["numbers"] >= SEVERAL) & ~told.both_dated(pairs.left, pairs.right)
    differing = (pairs.evidence["days"] > 0) | numbers | (gaps > 0)
    found[copies[(gaps > DAYS_APART) & ~nearly | _are_other_news(pairs, told)]] = CODES[Relation.PASSAGES]
    again = (gaps > DAYS_APART) & (pairs.evidence["numbers"] > 0)
    again &= pairs.evidence["numbers"] == pairs.evidence["changed"]
    found[copies[filled[pairs.left] & filled[pairs.right] & differing | again]] = CODES[Relation.TEMPLATE]
    found[copies[told.round_ups[pairs.left] != told.round_ups[pairs.right]]] = CODES[Relation.ROUND_UP]
    return found


def _are_other_news(pairs: ComparedPairs, told: ToldOfTexts) -> Flags:
    """Whether the texts of each pair are two reports, or of one outlet with titles that tell two pieces of news."""
    own = at_least(OWN_WORDS, pairs.evidence["changed"].astype(np.int64), pairs.shorter)
    found = own & ~at_least(HALF, pairs.shared, pairs.either) | _open_with_own_words(pairs)
    of_one = np.flatnonzero((told.outlets[pairs.left] == told.outlets[pairs.right]) & (told.outlets[pairs.left] > 0))
    some = pairs.take(of_one)
    left, right = (told.titles.take(side.astype(np.int64)) for side in (some.left, some.right))
    words, numbers = (_shared_and_own(left, right, kind) for kind in (~np.uint32(0), np.uint32(HAS_DIGIT)))
    fewer, more = (words.shared + bound(words.left, words.right) for bound in (np.minimum, np.maximum))
    of_title = np.where(at_least(HALF, some.shared, some.either), fewer, more)
    opens = (some.evidence["opening"] >= ANY_OPENING) & (some.evidence["beginning"] >= OTHER_BEGINNING)
    mostly = (at_least(MOSTLY_CONTAINED, some.shared, some.shorter) & (some.evidence["opening"] >= SAME_OPENING)) | (
        at_least(MOSTLY_SAME, some.shared, some.either) & opens
    )
    others = (fewer > 0) & ~at_least(TITLES_ALIKE, words.shared, of_title) & ~mostly
    half = [RaggedArray(tell_of_half_time(side.values), side.starts).sums() > 0 for side in (left, right)]
    other_score = (numbers.left > 0) & (numbers.right > 0) | (half[0] != half[1])
    other_score &= ~at_least(WHOLLY_CONTAINED, some.shared, some.shorter)
    found[of_one[(more > 0) & at_least(SAME_TITLE, words.shared, more)]] = False
    found[of_one[others | other_score]] = True
    return found


def _open_with_own_words(pairs: ComparedPairs) -> Flags:
    """Whether both texts of each pair open with a lead of their own, and share only what follows."""
    own = at_least(SOME_OWN_WORDS, pairs.evidence["changed"].astype(np.int64), pairs.shorter)
    for side in ("left_parts", "right_parts"):
        own &= pairs.evidence[side] & LEAD_PARTS == 0
    return own & ~at_least(CLEARLY_CONTAINED, pairs.shared, pairs.shorter)


def titles_differ(left: RaggedArray, right: RaggedArray) -> Flags:
    """Whether the titles of each pair, neither of them unknown, are those of two pieces of news."""
    words = _shared_and_own(left, right, ~np.uint32(0))
    fewer = words.shared + np.minimum(words.left, words.right)
    differing: Flags = (fewer > 0) & ~at_least(TITLES_ALIKE, words.shared, fewer)
    return differing


@dataclass(frozen=True, slots=True, eq=False)
class _WordCounts:
    """For each pair of titles, the words of both, and those only the left or the right one has."""

    shared: Indices
    left: Indices
    right: Indices


def _shared_and_own(left: RaggedArray, right: RaggedArray, kind: np.uint32) -> _WordCounts:
    """Count the words that have a flag of `kind`."""
    keys = []
    for side in (left, right):
        counted = side.values & kind > 0
        keys.append((side.list_indices[counted].astype(np.uint64) << np.uint64(32)) | side.values[counted])
    both = np.sort(np.concatenate(keys))
    twice = both[1:][both[1:] == both[:-1]]
    shared, of_left, of_right = (
        np.bincount((some >> np.uint64(32)).astype(np.int64), minlength=len(left.lengths)) for some in (twice, *keys)
    )
    return _WordCounts(shared, of_left - shared, of_right - shared)
