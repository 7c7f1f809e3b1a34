"""Relations: what two texts are to each other, decided from what they share.

The one place where copies are told from mere likeness. Only the relations in `SAME_STORY` join articles into a story.
"""

from dataclasses import dataclass
from enum import StrEnum

COPY_JACCARD = (4, 5)  # 0.8 as a fraction: compared in whole numbers, the threshold itself is on the right side


class Relation(StrEnum):
    """What one text is to another."""

    IDENTICAL = "identical"
    EDITED = "edited"
    NONE = "none"


SAME_STORY = frozenset({Relation.IDENTICAL, Relation.EDITED})


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many shingles two texts share, and how many each of them has."""

    shared: int
    left: int
    right: int

    @property
    def either(self) -> int:
        """The number of shingles in at least one of the two."""
        return self.left + self.right - self.shared


def relation(overlap: Overlap) -> Relation:
    """Decide what two texts are to each other: edited copies where their Jaccard similarity is at least 0.8."""
    if not overlap.shared:
        return Relation.NONE
    if overlap.shared == overlap.either:
        return Relation.IDENTICAL
    part, whole = COPY_JACCARD
    return Relation.EDITED if whole * overlap.shared >= part * overlap.either else Relation.NONE
