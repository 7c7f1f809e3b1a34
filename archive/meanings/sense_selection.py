"""Select the meanings of each short form, by one rule for learned definitions and the seed list.

* Spelling variants of a name are merged (`variant_merging`); the spelling of a seed name is right.
* A name needs ENOUGH articles, more if the short form has only two letters (often the initials of defendants). In an
  archive of few definitions one article is enough, since hardly any is made twice.
* A seed meaning gets SEED_WEIGHT extra articles, so a large archive can outvote it.
* A meaning needs a MINOR share of all articles with its short form; the rest are typing errors or chance.
* A meaning with a CLEAR share is applied. Otherwise the short form is ambiguous and all its meanings are only offered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.meanings.definition_counts import DefinitionCounts
from archive.meanings.definitions import Words
from archive.meanings.seed_list import EVERYDAY_WORDS, SEED_LIST, SeedEntry
from archive.meanings.variant_merging import merge_variants

ENOUGH: Final = 2  # articles
ENOUGH_OF_TWO_LETTERS: Final = 5
ENOUGH_BESIDE_RARE: Final = 3  # times the articles of all names with too few; else the short form has no clear meaning
FEW_DEFINITIONS: Final = 1000  # about what a thousand news articles make
MINOR: Final = 0.02  # of the articles of a short form
CLEAR: Final = 0.9  # of the articles of a short form
CLEAR_OF_TWO_LETTERS: Final = 0.95  # such short forms have more meanings than those that are spelled out
SEED_WEIGHT: Final = 20  # articles


class ShortFormKind(StrEnum):
    """How a short form is known; one that is both counts as learned."""

    LEARNED = "learned"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form and a name it stands for: `short` "as", `written` "AS", `long` ("amerika", "serikat").

    `articles` is the number of articles with this definition. `share` is the weight of its meaning among all meanings
    of the short form, from 0 to 1, seed weights included. An `applied` meaning is clear enough to be searched
    automatically; others are only offered. `capitals` marks a short form that is also an everyday word (AS, BIN, SIM),
    so that only its spelling in capitals is expanded.
    """

    short: str
    written: str
    long: Words
    articles: int
    share: float
    kind: ShortFormKind
    applied: bool
    capitals: bool


def select_senses(counts: DefinitionCounts) -> Iterator[ShortForm]:
    """Yield every accepted short form, ordered by `short`."""
    names: defaultdict[str, Counter[Words]] = defaultdict(Counter)
    writings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    made = 0
    for (short, long), articles in counts:
        names[short.lower()][tuple(long.split())] += articles
        writings[short.lower()][short] += articles
        made += articles
    for short in sorted({*names, *SEED_LIST}):
        enough = 1 if made < FEW_DEFINITIONS else ENOUGH_OF_TWO_LETTERS if len(short) == 2 else ENOUGH
        if short not in SEED_LIST and names[short].total() < enough:
            continue  # half of all definitions are made once and need no closer look
        entry = SEED_LIST.get(short) or SeedEntry(_written(writings[short]))
        yield from _accepted_names(entry, names[short], enough)


def _accepted_names(entry: SeedEntry, names: Mapping[Words, int], enough: int) -> Iterator[ShortForm]:
    """Yield the accepted names of one short form, the most frequent first."""
    meaning_of = {name: meaning[0] for meaning in entry.meanings for name in meaning}
    merged = merge_variants(names, meaning_of)
    articles = {name: count for name, count in merged.items() if count >= enough or name in meaning_of}
    rare = sum(merged.values()) - sum(articles.values())
    weights = Counter(dict.fromkeys(meaning_of.values(), SEED_WEIGHT))
    for name, count in articles.items():
        weights[meaning_of.get(name, name)] += count
    least = MINOR * weights.total()
    total = sum(weight for weight in weights.values() if weight >= least)
    clear = CLEAR_OF_TWO_LETTERS if len(entry.written) == 2 else CLEAR
    for name, count in articles.items():
        weight = weights[meaning_of.get(name, name)]
        if weight >= least:
            yield ShortForm(
                short=entry.written.lower(),
                written=entry.written,
                long=name,
                articles=count,
                share=weight / total,
                kind=ShortFormKind.LEARNED if count >= enough else ShortFormKind.SHIPPED,
                applied=weight >= clear * total and weight >= ENOUGH_BESIDE_RARE * rare,
                capitals=entry.written.lower() in EVERYDAY_WORDS,
            )


def _written(writings: Mapping[str, int]) -> str:
    """The most frequent spelling of a short form; one in lower case only if there is no other."""
    return max(writings, key=lambda written: (not written.islower(), writings[written], written))
