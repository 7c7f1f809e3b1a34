"""Marking: which words of a text a query asked for, so that a reader sees why it was found.

Snippets and the full text are marked by the same rules the engine finds by: bare words by their stem, phrases and
wildcards by the exact form. What a query denies, and what it asks of facts such as the outlet, marks nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from typing import Final, NamedTuple

from index.analysis import HYPHENS, Token, parts, written
from index.stemming import could_have, stem, stem_of
from index.tree import And, Node, Or, Phrase, Wildcard, Word

_TEXT_FIELDS: Final = frozenset({None, "title"})
_NO_TERMS: Final[frozenset[int]] = frozenset()
_KNOWN_RUNS: Final = 50_000  # runs one marker remembers its verdict on; a long text has a tenth of that


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text and whether it is what the query asked for."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch `text[start:end]` that matched, and the terms of the query it matched, by number."""

    start: int
    end: int
    terms: frozenset[int]


class Sought(NamedTuple):
    """A word of a text that a query may mean: its number in the text, its place, its form, and the terms it is."""

    number: int
    start: int
    end: int
    form: str
    terms: frozenset[int]


class Verdict(NamedTuple):
    """What of a run a query may mean, and how many words the run has."""

    sought: tuple[Sought, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What to mark: the terms of a query, numbered stems first, then wildcards, then phrases.

    `known` is its verdict on every different run it has met, so that a word costs a look-up from the second time on.
    """

    stems: Mapping[str, frozenset[int]]
    patterns: tuple[tuple[re.Pattern[str], int], ...]
    phrases: tuple[tuple[Phrase, int], ...]
    forms: frozenset[str]  # of all phrases
    known: dict[str, Verdict] = field(default_factory=dict, repr=False, compare=False)

    @property
    def terms(self) -> int:
        """How many different terms there are."""
        return len(self.stems) + len(self.patterns) + len(self.phrases)


def marker(tree: Node) -> Marker:
    """What a query marks."""
    asked = list(_asked(tree))
    stems = dict.fromkeys(stem(leaf.form) for leaf in asked if isinstance(leaf, Word))
    patterns = dict.fromkeys(leaf.pattern for leaf in asked if isinstance(leaf, Wildcard))
    phrases = {(leaf.forms, leaf.slop): leaf for leaf in asked if isinstance(leaf, Phrase)}
    return Marker(
        {root: frozenset({number}) for number, root in enumerate(stems)},
        tuple((re.compile(translate(pattern)), number) for number, pattern in enumerate(patterns, len(stems))),
        tuple((phrase, number) for number, phrase in enumerate(phrases.values(), len(stems) + len(patterns))),
        frozenset(form for phrase in phrases.values() for form in phrase.forms),
    )


def marks(text: str, marker: Marker) -> list[Mark]:
    """The stretches of a text to be marked, in order and apart from each other; a phrase is one stretch."""
    if not marker.terms:
        return []
    sought = {word.number: word for word in _sought(text, marker)}
    terms = {number: word.terms for number, word in sought.items() if word.terms}
    together: set[int] = set()  # numbers of words that make one stretch with the word before them
    for phrase, term in marker.phrases:
        for number, joined in _chained(sought, phrase):
            terms[number] = terms.get(number, frozenset()) | {term}
            if joined:
                together.add(number)
    return _merged(text, [(sought[number], terms[number], number in together) for number in sorted(terms)])


def marked(text: str, marker: Marker) -> tuple[Fragment, ...]:
    """A whole text in fragments, which put together are the text."""
    return fragments(text, marks(text, marker), 0, len(text))


def fragments(text: str, found: list[Mark], start: int, end: int) -> tuple[Fragment, ...]:
    """The fragments of `text[start:end]`; marks that reach across an end are cut there."""
    made, place = [], start
    for mark in found:
        if mark.end <= start or mark.start >= end:
            continue
        begin, stop = max(mark.start, start), min(mark.end, end)
        made += [Fragment(text[place:begin], matched=False), Fragment(text[begin:stop], matched=True)]
        place = stop
    made.append(Fragment(text[place:end], matched=False))
    return tuple(fragment for fragment in made if fragment.text)


def _asked(tree: Node) -> Iterator[Word | Phrase | Wildcard]:
    match tree:
        case And(within) | Or(within):
            for part in within:
                yield from _asked(part)
        case Word() | Phrase() | Wildcard() if tree.field in _TEXT_FIELDS:
            yield tree
        case _:  # denied, a date, a fact, or everything
            return


def _sought(text: str, marker: Marker) -> Iterator[Sought]:
    first, known = 0, marker.known
    for run, offset in written(text):
        verdict = known.get(run) or _judged(run, marker)
        for number, start, end, form, terms in verdict.sought:
            yield Sought(first + number, offset + start, offset + end, form, terms)
        first += verdict.words


def _judged(run: str, marker: Marker) -> Verdict:
    words, sought = parts(run), []
    for number, word in enumerate(words):
        terms = _terms(word, marker)
        if terms or word.form in marker.forms:
            sought.append(Sought(number, word.start, word.end, word.form, terms))
    verdict = Verdict(tuple(sought), len(words))
    if len(marker.known) < _KNOWN_RUNS:
        marker.known[run] = verdict
    return verdict


def _terms(word: Token, marker: Marker) -> frozenset[int]:
    """The stems and wildcards a word matches."""
    stemmed = _NO_TERMS
    if any(could_have(word.unit, root) for root in marker.stems):
        stemmed = marker.stems.get(stem_of(word.form, word.unit), _NO_TERMS)
    if not marker.patterns:
        return stemmed
    return stemmed.union(term for pattern, term in marker.patterns if pattern.match(word.form))


def _chained(sought: Mapping[int, Sought], phrase: Phrase) -> Iterator[tuple[int, bool]]:
    """The number of every word that stands in some match of a phrase, and whether it continues the word before it.

    The words of each form are kept if a chain reaches them from the first form on, then if one goes on to the last.
    """
    steps = range(1, phrase.slop + 1)
    reached = [{number for number, word in sought.items() if word.form == phrase.forms[0]}]
    for form in phrase.forms[1:]:
        near = {number + step for number in reached[-1] for step in steps}
        reached.append({number for number in near if number in sought and sought[number].form == form})
    kept = reached[-1]
    for level in range(len(reached) - 1, -1, -1):
        before = reached[level - 1] if level else set()
        yield from ((number, number - 1 in before) for number in kept)
        kept = before & {number - step for number in kept for step in steps}


def _merged(text: str, found: list[tuple[Sought, frozenset[int], bool]]) -> list[Mark]:
    """One mark for words of a phrase that stand side by side, and for parts joined by a hyphen alone."""
    made: list[Mark] = []
    for word, terms, joined in found:
        if made and (joined or text[made[-1].end : word.start] in HYPHENS):
            last = made.pop()
            made.append(Mark(last.start, word.end, last.terms | terms))
        else:
            made.append(Mark(word.start, word.end, terms))
    return made
