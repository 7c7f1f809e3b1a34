"""Weighing: what each short word means, decided from what articles define and what is shipped, by one rule.

* Spellings of one name are one name (`slips`); a shipped name is the right spelling.
* A name needs ENOUGH articles, more where the short word has two letters alone (initials of people in the dock). In an
  archive of few definitions one article is enough, since hardly any is made twice.
* A shipped meaning weighs SHIPPED_WEIGHT articles more, so that a large archive can outvote it.
* A meaning needs a MINOR share of what its short word means; others are slips or chance.
* A meaning with a CLEAR share is applied. With less the short word is ambiguous: all its meanings are only offered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.meanings.definition_counts import DefinitionCounts
from archive.meanings.definitions import Words
from archive.meanings.seed_list import EVERYDAY_WORDS, SHIPPED, Shipped
from archive.meanings.variant_merging import merged

ENOUGH: Final = 2  # articles
ENOUGH_OF_TWO_LETTERS: Final = 5
FEW_DEFINITIONS: Final = 1000  # what a thousand articles of news make
MINOR: Final = 0.02  # of a short word's articles
CLEAR: Final = 0.9
SHIPPED_WEIGHT: Final = 20  # articles


class Kind(StrEnum):
    """How a short form is known; one that is both counts as learned."""

    LEARNED = "learned"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short word and a name it stands for: `short` "as", `written` "AS", `long` ("amerika", "serikat").

    `articles` define it so; `share` is the part its meaning has in all that the short word means, with what shipped
    ones weigh. `applied` says that the meaning is sure enough to be searched unasked; others are only offered.
    `capitals` says that the short word is meant in capitals alone, since it is an everyday word too (AS, BIN, SIM).
    """

    short: str
    written: str
    long: Words
    articles: int
    share: float
    kind: Kind
    applied: bool
    capitals: bool


def weigh(counts: DefinitionCounts) -> Iterator[ShortForm]:
    """Every short form that stands, ordered by short word."""
    names: defaultdict[str, Counter[Words]] = defaultdict(Counter)
    writings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    made = 0
    for (short, long), articles in counts:
        names[short.lower()][tuple(long.split())] += articles
        writings[short.lower()][short] += articles
        made += articles
    for short in sorted({*names, *SHIPPED}):
        enough = 1 if made < FEW_DEFINITIONS else ENOUGH_OF_TWO_LETTERS if len(short) == 2 else ENOUGH
        if short not in SHIPPED and names[short].total() < enough:
            continue  # half of all are made once, and need no closer look
        shipped = SHIPPED.get(short) or Shipped(_written(writings[short]))
        yield from _standing(shipped, names[short], enough)


def _standing(shipped: Shipped, names: Mapping[Words, int], enough: int) -> Iterator[ShortForm]:
    """The names of one short word that stand, the most frequent first."""
    meaning_of = {name: meaning[0] for meaning in shipped.meanings for name in meaning}
    articles = {
        name: count for name, count in merged(names, meaning_of).items() if count >= enough or name in meaning_of
    }
    weights = Counter(dict.fromkeys(meaning_of.values(), SHIPPED_WEIGHT))
    for name, count in articles.items():
        weights[meaning_of.get(name, name)] += count
    least = MINOR * weights.total()
    total = sum(weight for weight in weights.values() if weight >= least)
    for name, count in articles.items():
        weight = weights[meaning_of.get(name, name)]
        if weight >= least:
            yield ShortForm(
                short=shipped.written.lower(),
                written=shipped.written,
                long=name,
                articles=count,
                share=weight / total,
                kind=Kind.LEARNED if count >= enough else Kind.SHIPPED,
                applied=weight >= CLEAR * total,
                capitals=shipped.written.lower() in EVERYDAY_WORDS,
            )


def _written(writings: Mapping[str, int]) -> str:
    """The most frequent way to write a short word, in small letters only where it is never written otherwise."""
    return max(writings, key=lambda written: (not written.islower(), writings[written], written))
