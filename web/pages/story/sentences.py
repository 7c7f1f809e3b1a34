"""What the versions of a story did with the base, as sentences: versions that did the same share one.

Versions are named by letters, in the order of the table: A is the oldest known. What they added is quoted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from string import ascii_uppercase
from typing import Final

from archive.copies.collation import Collation, ParagraphStatus
from archive.copies.word_diff import WORD
from web.i18n import gettext, ngettext
from web.story_versions import Story, Unit, Version, cut, moved, number_ranges

MOST_SENTENCES: Final = 60  # of a story; forty versions can each do something else with each paragraph

MOST_QUOTED: Final = 3  # added parts quoted below a sentence; the word-by-word view has all of them
LONGEST_QUOTE: Final = 120  # characters of each
FEWEST_IN_A_RANGE: Final = 3  # letters

Who = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The letters of some versions, and what all of them did: "membuang paragraf 4–5".

    `added` are the beginnings of what they added, and `unquoted` is the number of added parts that are left out there.
    """

    who: str
    does: str
    added: tuple[str, ...] = ()
    unquoted: int = 0


def letter(place: int) -> str:
    """Name the version at a place, counted from 0: A, B, … Z, AA, AB."""
    first, last = divmod(place, len(ascii_uppercase))
    return (letter(first - 1) if first else "") + ascii_uppercase[last]


def letters(story: Story) -> dict[str, str]:
    """Map the id of each version in the table to its letter."""
    return {version.article.id: letter(place) for place, version in enumerate(story.versions)}


def sentences(story: Story) -> tuple[Sentence, ...]:
    """Describe what the versions did, the sentences of the most versions first; MOST_SENTENCES at most."""
    clauses: defaultdict[Who, list[str]] = defaultdict(list)
    for who, clause in _clauses(story):
        clauses[who].append(clause)
    quotes = {who: added for who, _, added in _by_addition(story)}
    by_size = sorted(clauses.items(), key=lambda told: -len(told[0]))
    return tuple(_sentence(who, told, quotes.get(who, ())) for who, told in by_size[:MOST_SENTENCES])


def _sentence(who: Who, told: Sequence[str], added: Sequence[str]) -> Sentence:
    quoted = tuple(cut(text, LONGEST_QUOTE) for text in added[:MOST_QUOTED])
    return Sentence(_listed(runs(who)), _listed(told), quoted, len(added) - len(quoted))


def _clauses(story: Story) -> Iterator[tuple[Who, str]]:
    names = letters(story)
    compared = [(names[one.article.id], one.collation) for one in story.versions if one.collation]
    whole = {name for name, collation in compared if _holds_nothing(collation)}
    by_sentence = story.parts.unit is Unit.SENTENCE
    if whole:
        yield tuple(sorted(whole, key=_order)), gettext("tidak memuat satu pun bagian naskah acuan")
    rest = [(name, collation) for name, collation in compared if name not in whole]
    for who, numbers in _by_paragraph(rest, ParagraphStatus.CUT):
        yield who, _cut(numbers, by_sentence=by_sentence)
    for who, numbers in _by_paragraph(rest, ParagraphStatus.CHANGED):
        yield who, _changed(numbers, by_sentence=by_sentence)
    if reordered := tuple(name for name, collation in rest if moved(collation)):
        yield reordered, gettext("mengubah urutan kalimat") if by_sentence else gettext("mengubah urutan paragraf")
    for who, unit, added in _by_addition(story):  # last, since what was added is quoted behind
        if unit is Unit.SENTENCE:
            yield who, ngettext("menambah %(count)s kalimat", "menambah %(count)s kalimat", len(added))
        else:
            yield who, ngettext("menambah %(count)s paragraf", "menambah %(count)s paragraf", len(added))
    if same := tuple(names[one.article.id] for one in story.versions if _is_same(one)):
        yield same, gettext("sama dengan naskah acuan")


def _cut(numbers: Sequence[int], *, by_sentence: bool) -> str:
    count, shown = len(numbers), number_ranges(numbers)
    if by_sentence:
        return ngettext("membuang kalimat %(numbers)s", "membuang kalimat %(numbers)s", count, numbers=shown)
    return ngettext("membuang paragraf %(numbers)s", "membuang paragraf %(numbers)s", count, numbers=shown)


def _changed(numbers: Sequence[int], *, by_sentence: bool) -> str:
    count, shown = len(numbers), number_ranges(numbers)
    if by_sentence:
        return ngettext("mengubah kalimat %(numbers)s", "mengubah kalimat %(numbers)s", count, numbers=shown)
    return ngettext("mengubah paragraf %(numbers)s", "mengubah paragraf %(numbers)s", count, numbers=shown)


def _by_paragraph(
    compared: Sequence[tuple[str, Collation]], status: ParagraphStatus
) -> Iterator[tuple[Who, Sequence[int]]]:
    """The paragraphs of the base with a status, by the versions in which they have it."""
    who: defaultdict[int, list[str]] = defaultdict(list)
    for name, collation in compared:
        for number in collation.numbers(status):
            who[number].append(name)
    numbers: defaultdict[Who, list[int]] = defaultdict(list)
    for number in sorted(who):
        numbers[tuple(who[number])].append(number)
    yield from numbers.items()


def _by_addition(story: Story) -> Iterator[tuple[Who, Unit, Sequence[str]]]:
    """What was added to the base, by the versions that added the same words."""
    names, who = letters(story), defaultdict[tuple[str, ...], list[Version]](list)
    for one in story.versions:
        if one.added and one.collation and not _holds_nothing(one.collation):
            who[tuple(" ".join(WORD.findall(text.casefold())) for text in one.added)].append(one)
    for versions in who.values():
        first = versions[0]
        yield tuple(names[one.article.id] for one in versions), first.parts.unit, first.added


def _holds_nothing(collation: Collation) -> bool:
    return bool(collation.cells) and len(collation.numbers(ParagraphStatus.CUT)) == len(collation.cells)


def _is_same(version: Version) -> bool:
    collation = version.collation
    if collation is None or collation.added or moved(collation):
        return False
    return all(cell.status is ParagraphStatus.SAME for cell in collation.cells)


def _order(name: str) -> tuple[int, str]:
    return len(name), name


def runs(who: Who) -> list[str]:
    """Letters in the order of the table, three or more neighbours as a range: B–D, F."""
    grouped = groupby(enumerate(who), lambda placed: _place(placed[1]) - placed[0])
    runs = [[name for _, name in group] for _, group in grouped]
    return [told for run in runs for told in ([f"{run[0]}–{run[-1]}"] if len(run) >= FEWEST_IN_A_RANGE else run)]


def _place(name: str) -> int:
    """The place that `letter` names, from 0."""
    return reduce(lambda place, sign: (place + 1) * len(ascii_uppercase) + ascii_uppercase.index(sign), name, -1)


def _listed(words: Sequence[str]) -> str:
    """Join words: "A, B dan C"."""
    *first, last = words
    return gettext("%(first)s dan %(last)s", first=", ".join(first), last=last) if first else last
