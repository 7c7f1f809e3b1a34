"""Joints in an archive: the other way to write an expression in one word or two, decided from the archive's own counts.

A joint is accepted if the archive has it both ways, and the list or a rule of `archive.meanings.joints` knows it or its
parts keep company far more often than by chance:

    lift = n(a b) · W / (n(a) · n(b)) ≥ 20     occurrences; W is the number of words in the archive

Both ways must then occur five times, and the rarer one in 1 % of the cases. So `beruang` is not *ber uang*, because
nobody writes that, and `sejauh` is not *se jauh*. Counts alone never split a root word, such as `kemeja` (ke meja).
Lift and bounds were chosen by reading 320 joints of 54,540 articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Final

from archive.meanings import joints
from archive.meanings.joints import Parts
from archive.meanings.seed_list import EVERYDAY_WORDS
from index.vocabulary import TextVocabulary
from index.words.sastrawi import root_words

LEAST_LIFT: Final = 20.0
LEAST_LIFT_OF_PREFIX: Final = 2.0  # a prefix is no word of its own, so that little more than chance is enough
FEWEST: Final = 5  # occurrences of either way; fewer tell nothing about lift
RARER_SHARE: Final = 0.01  # of the occurrences of the usual way; below, the other one is a slip
SHORTEST_PART: Final = 2  # letters; single letters only beside a number
LONGEST_WORD: Final = 40  # letters of a word that is split; longer ones are addresses and the like
INITIALS: Final = range(2, 6)  # letters of initials: B.J., K.H., U.S.S.R.


@dataclass(frozen=True, slots=True)
class JointFinder:
    """Finds the other way to write an expression in one archive, by its vocabulary."""

    vocabulary: TextVocabulary

    def apart(self, form: str) -> tuple[Parts, ...]:
        """The pairs of words that a folded word is also written as: walikota → (wali, kota)."""
        if len(form) > LONGEST_WORD or not form.isalnum() or form.isdigit():
            return ()
        return tuple(parts for parts in _splits(form) if self.is_joint(parts))

    def is_joint(self, parts: Parts) -> bool:
        """Whether two folded words, typed side by side, are also written as one word: (wali, kota) → walikota."""
        whole = "".join(parts)
        if joints.are_different(parts) or not all(map(self.vocabulary.articles, (whole, *parts))):
            return False
        if joints.is_listed(parts) or joints.is_letters_and_number(parts):
            return self.vocabulary.occurrences(parts) > 0
        return whole not in root_words() and _may_be_counted(parts) and self._is_joint_by_counts(parts, whole)

    def are_initials(self, letters: str) -> bool:
        """Whether letters written together in all caps are also written apart, as initials: BJ, B.J. and B J."""
        if len(letters) not in INITIALS or not letters.isalpha() or letters in EVERYDAY_WORDS:
            return False
        whole, apart = self.vocabulary.occurrences((letters,)), self.vocabulary.occurrences(tuple(letters))
        return whole > 0 and _is_usual(whole, apart) and self._lift(tuple(letters), apart) >= LEAST_LIFT

    def _is_joint_by_counts(self, parts: Parts, whole: str) -> bool:
        apart = self.vocabulary.occurrences(parts)
        if not apart:
            return False
        together = self.vocabulary.occurrences((whole,))
        few = min(apart, together) < FEWEST
        if joints.has_prefix(parts):
            return few or self._lift(parts, apart) >= LEAST_LIFT_OF_PREFIX
        return not few and _is_usual(together, apart) and self._lift(parts, apart) >= LEAST_LIFT

    def _lift(self, forms: tuple[str, ...], apart: int) -> float:
        """How many times more often the forms stand side by side than they would by chance."""
        size = self.vocabulary.size()
        chance = prod(self.vocabulary.occurrences((form,)) / size for form in forms) * size
        return apart / chance


def _splits(form: str) -> Iterator[Parts]:
    for cut in range(1, len(form)):
        parts = form[:cut], form[cut:]
        if joints.is_listed(parts) or joints.is_letters_and_number(parts) or _may_be_counted(parts):
            yield parts


def _may_be_counted(parts: Parts) -> bool:
    """Whether two words can be judged by counts: both have letters, and more than one of them."""
    return all(len(part) >= SHORTEST_PART and not part.isdigit() for part in parts) and parts[0] != parts[1]


def _is_usual(together: int, apart: int) -> bool:
    """Whether neither way to write an expression is so rare that it is a slip."""
    return min(together, apart) >= RARER_SHARE * max(together, apart)
