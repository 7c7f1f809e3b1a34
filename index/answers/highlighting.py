"""Marking: which words of a text a query asked for, so that a reader sees why it was found.

Snippets and the full text are marked by the same rules the engine finds by: bare words by their stem, less the forms
that are switched off, words in capitals only where they stand in capitals, phrases and wildcards by the exact form.
What is searched beside what was typed is marked too, as the words it stands for: they are the same terms. What a query
denies, and what it asks of facts such as the outlet, marks nothing. Where in a text to look is told by `seeking`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import translate
from typing import Any, Final, NamedTuple

from index.answers.word_locator import Hint, hint, seek, words_up_to
from index.query.language import leaves
from index.query.tree import And, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stemming import could_have, stem, stem_of
from index.words.tokenizer import HYPHENS, Token, in_capitals, parts, written

Terms = frozenset[int]

_TEXT_FIELDS: Final = frozenset({None, "title"})
_NO_TERMS: Final[Terms] = frozenset()
_KNOWN: Final = 50_000  # stretches one marker remembers its verdict on; a long text has a tenth of that


class _Kind(Enum):
    """By what a word is marked."""

    STEM = auto()
    CAPITALS = auto()
    PATTERN = auto()
    PHRASE = auto()


_Key = tuple[_Kind, Any]  # the kind, and a stem, form or pattern, or the forms and slop of a phrase


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
    terms: Terms


class Sought(NamedTuple):
    """A word of a text that a query may mean: its number in it, its place, its form, and the terms it is.

    Numbers count every word as far as a phrase reaches from one sought word to the next, and none beyond.
    """

    number: int
    start: int
    end: int
    form: str
    terms: Terms


class Verdict(NamedTuple):
    """What of a stretch of text a query may mean, and how many words the stretch has."""

    sought: tuple[Sought, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What to mark, each with its terms, the numbers of the different things a query asks.

    `off` are the forms that no stem marks. `hint` is where in a text anything can be. `known` is the verdict on the
    different stretches it has met, as far as they are kept, so that a word costs a look-up from the second time on.
    """

    stems: Mapping[str, Terms]
    off: frozenset[str]
    capitals: Mapping[str, Terms]
    patterns: tuple[tuple[re.Pattern[str], Terms], ...]
    phrases: tuple[tuple[Phrase, Terms], ...]
    forms: frozenset[str]  # of all phrases
    reach: int  # how many words apart two words of a phrase may stand at most
    hint: Hint | None
    known: dict[str, Verdict] = field(default_factory=dict, repr=False, compare=False)

    @property
    def terms(self) -> int:
        """How many different things can be marked."""
        return len(self.stems) + len(self.capitals) + len(self.patterns) + len(self.phrases)


def marker(tree: Node) -> Marker:
    """What a query marks."""
    asked = [(leaf, _key(leaf), anchors) for leaf, anchors in _asked(tree)]
    number = {key: place for place, key in enumerate(dict.fromkeys(key for *_, anchors in asked for key in anchors))}
    terms: defaultdict[_Key, set[int]] = defaultdict(set)
    for _, key, anchors in asked:
        terms[key].update(number[anchor] for anchor in anchors)
    of = {kind: {key[1]: frozenset(found) for key, found in terms.items() if key[0] == kind} for kind in _Kind}
    phrases = {key[1]: leaf for leaf, key, _ in asked if isinstance(leaf, Phrase)}
    forms = frozenset(form for phrase in phrases.values() for form in phrase.forms)
    return Marker(
        of[_Kind.STEM],
        frozenset(form for leaf, *_ in asked if isinstance(leaf, Word) for form in leaf.without),
        of[_Kind.CAPITALS],
        tuple((re.compile(translate(pattern)), found) for pattern, found in of[_Kind.PATTERN].items()),
        tuple((phrases[words], found) for words, found in of[_Kind.PHRASE].items()),
        forms,
        max((phrase.slop for phrase in phrases.values()), default=0),
        hint(of[_Kind.STEM], {*of[_Kind.CAPITALS], *forms}, of[_Kind.PATTERN]),
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
            terms[number] = terms.get(number, _NO_TERMS) | term
            if joined:
                together.add(number)
    return _merged(text, [(sought[number], terms[number], number in together) for number in sorted(terms)])


def holds(text: str, runs: Iterable[str], marker: Marker) -> bool:
    """Whether anything of a text is marked; its different runs tell that at once, but for phrases."""
    known = marker.known
    if any(word.terms for run in runs for word in (known.get(run) or _judged(run, marker)).sought):
        return True
    return bool(marker.phrases and marks(text, marker))


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


def _asked(node: Node) -> Iterator[tuple[Word | Phrase | Wildcard, tuple[_Key, ...]]]:
    """What marks, each with the keys of what it stands for: itself, or all that it was searched beside."""
    match node:
        case And(within) | Or(within):
            for part in within:
                yield from _asked(part)
        case Expanded(asked=asked, also=also):
            yield from _asked(asked)
            anchors = tuple(_key(leaf) for leaf in leaves(asked) if isinstance(leaf, Word | Phrase | Wildcard))
            yield from ((other.leaf, anchors) for other in also)
        case Word() | Phrase() | Wildcard() if node.field in _TEXT_FIELDS:
            yield node, (_key(node),)
        case _:  # denied, a date, a fact, or everything
            return


def _key(leaf: Word | Phrase | Wildcard) -> _Key:
    """What a leaf marks: two with the same key mark the same."""
    match leaf:
        case Word(form=form, capitals=True):
            return _Kind.CAPITALS, form
        case Word(form=form):
            return _Kind.STEM, stem(form)
        case Wildcard(pattern=pattern):
            return _Kind.PATTERN, pattern
        case Phrase(forms=forms, slop=slop):
            return _Kind.PHRASE, (forms, slop)


def _sought(text: str, marker: Marker) -> Iterator[Sought]:
    first, at, known, reach = 0, 0, marker.known, marker.reach
    for stretch, begin in seek(text, marker.hint):
        verdict = known.get(stretch) or _judged(stretch, marker)
        if not verdict.sought:
            continue
        first += words_up_to(reach, text[at:begin]) if reach else 0
        for number, start, end, form, terms in verdict.sought:
            yield Sought(first + number, begin + start, begin + end, form, terms)
        first += verdict.words
        at = begin + len(stretch)


def _judged(stretch: str, marker: Marker) -> Verdict:
    words, sought = 0, []
    for run, begin in written(stretch):
        for word in parts(run):
            terms = _terms(word, run, marker)
            if terms or word.form in marker.forms:
                sought.append(Sought(words, begin + word.start, begin + word.end, word.form, terms))
            words += 1
    verdict = Verdict(tuple(sought), words)
    if len(marker.known) < _KNOWN:
        marker.known[stretch] = verdict
    return verdict


def _terms(word: Token, run: str, marker: Marker) -> Terms:
    """The terms a word of a run is by its stem, by its capitals, or because it fits a wildcard."""
    found = _NO_TERMS
    if word.form not in marker.off and any(could_have(word.unit, root) for root in marker.stems):
        found = marker.stems.get(stem_of(word.form, word.unit), _NO_TERMS)
    if word.form in marker.capitals and in_capitals(run[word.start : word.end]):
        found |= marker.capitals[word.form]
    if not marker.patterns:
        return found
    return found.union(*(terms for pattern, terms in marker.patterns if pattern.match(word.form)))


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


def _merged(text: str, found: list[tuple[Sought, Terms, bool]]) -> list[Mark]:
    """One mark for words of a phrase that stand side by side, and for parts joined by a hyphen alone."""
    made: list[Mark] = []
    for word, terms, joined in found:
        if made and (joined or text[made[-1].end : word.start] in HYPHENS):
            last = made.pop()
            made.append(Mark(last.start, word.end, last.terms | terms))
        else:
            made.append(Mark(word.start, word.end, terms))
    return made
