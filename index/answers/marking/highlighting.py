"""Highlighting: marks the words of a text that a query matched.

Snippets and full texts follow the matching rules of the engine: bare words match by stem except for forms left out,
all-caps words only in all caps, phrases and wildcards by exact form. Expansions are marked as the terms they stand for.
Negated words and queries on facts such as the outlet are not marked. `word_locator` finds candidate words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import translate
from operator import itemgetter
from typing import Any, Final, NamedTuple

from index.answers.marking.phrase_finder import (
    CandidateWord,
    Patterns,
    Terms,
    build_patterns,
    find_plain,
    words_of_phrase,
)
from index.answers.marking.word_locator import Prefilter, build_prefilter, candidate_stretches, count_words
from index.query.leaves import leaves
from index.query.tree import TEXT_FIELDS, And, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stemming import may_have_stem, stem, stem_of
from index.words.tokenizer import HYPHENS, Token, is_all_caps, iter_runs, run_tokens

_NO_TERMS: Final[Terms] = frozenset()
_start = itemgetter(0)  # of a mark
_CACHE_SIZE: Final = 50_000  # stretches in the cache of one highlighter; a long text has a tenth of that


class _Kind(Enum):
    """What a word is marked by."""

    STEM = auto()
    CAPITALS = auto()
    PATTERN = auto()
    PHRASE = auto()


_Key = tuple[
    _Kind, Any
]  # the kind, and a form, a pattern, a stem with forms left out, or the forms, slop and order of a phrase


class Mark(NamedTuple):
    """A matching stretch `text[start:end]`, and the numbers of the query terms that it matched.

    This is a tuple because a page makes some hundreds of them.
    """

    start: int
    end: int
    terms: Terms


class StretchCandidates(NamedTuple):
    """The candidate words in a stretch of text, and the number of words of the stretch."""

    candidates: tuple[CandidateWord, ...]
    words: int


class StemmedWord(NamedTuple):
    """A bare word of a query: the forms of its stem that it leaves out, and its term numbers."""

    without: frozenset[str]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Highlighter:
    """What to mark for one query: stems, all-caps words, patterns and phrases, each with its term numbers.

    A stem has an entry for each word of the query, with the forms that this word leaves out. `terms` is the number of
    distinct things to mark. `prefilter` matches wherever a word can match, `words` wherever one can by itself. `plain`
    finds all phrases in most texts; it is None if any of them is not plain. `numbers` has the term number of each thing
    to mark. `known` caches the candidate words of each stretch of text, so that a repeated word costs one look-up.
    """

    stems: Mapping[str, tuple["StemmedWord", ...]]
    capitals: Mapping[str, Terms]
    patterns: tuple[tuple[re.Pattern[str], Terms], ...]
    phrases: tuple[tuple[Phrase, Terms], ...]
    forms: frozenset[str]  # of all phrases
    reach: int  # the largest slop of a phrase
    terms: int
    prefilter: Prefilter | None
    words: Prefilter | None
    plain: Patterns | None
    numbers: Mapping[_Key, int]
    known: dict[str, StretchCandidates] = field(default_factory=dict, repr=False, compare=False)


def build_highlighter(tree: Node) -> Highlighter:
    """Build the highlighter of a query tree."""
    asked = [(leaf, _key(leaf), anchors) for leaf, anchors in _marked_leaves(tree)]
    number = {key: place for place, key in enumerate(dict.fromkeys(key for *_, anchors in asked for key in anchors))}
    terms: defaultdict[_Key, set[int]] = defaultdict(set)
    for _, key, anchors in asked:
        terms[key].update(number[anchor] for anchor in anchors)
    of = {kind: {key[1]: frozenset(found) for key, found in terms.items() if key[0] == kind} for kind in _Kind}
    phrases = {key[1]: leaf for leaf, key, _ in asked if isinstance(leaf, Phrase)}
    forms = frozenset(form for phrase in phrases.values() for form in phrase.forms)
    stems: defaultdict[str, tuple[StemmedWord, ...]] = defaultdict(tuple)
    for (root, without), found in of[_Kind.STEM].items():
        stems[root] += (StemmedWord(without, found),)
    marked_phrases = tuple((phrases[words], found) for words, found in of[_Kind.PHRASE].items())
    capitals, patterns = of[_Kind.CAPITALS], of[_Kind.PATTERN]
    return Highlighter(
        dict(stems),
        capitals,
        tuple((re.compile(translate(pattern)), found) for pattern, found in patterns.items()),
        marked_phrases,
        forms,
        max((phrase.slop for phrase in phrases.values()), default=0),
        sum(map(len, of.values())),
        build_prefilter(stems, {*capitals, *forms}, patterns),
        build_prefilter(stems, capitals, patterns),
        build_patterns(marked_phrases),
        number,
    )


def terms_of(tree: Node, highlighter: Highlighter) -> Terms:
    """The term numbers of a tree that is, or is part of, the one that the highlighter was built for."""
    return frozenset(highlighter.numbers[anchor] for _, anchors in _marked_leaves(tree) for anchor in anchors)


def find_marks(text: str, highlighter: Highlighter, breaks: Sequence[int] = ()) -> list[Mark]:
    """The stretches of a text to mark, in order and without overlaps. A phrase is one stretch.

    No phrase runs across a break: the offset of the first letter of a paragraph, before which there is a blank.
    """
    if not highlighter.terms:
        return []
    if not highlighter.phrases:
        return _single_words(text, highlighter, highlighter.prefilter)
    if highlighter.plain is not None:
        found = find_plain(text, highlighter.plain, breaks)
        if found is not None:
            return _united(text, [*map(Mark._make, found), *_single_words(text, highlighter, highlighter.words)])
    starts = [0, *(offset for offset in breaks if offset)]
    parts = ((start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text) + 1], strict=True))
    return [
        Mark(start + mark.start, start + mark.end, mark.terms)
        for start, part in parts
        for mark in _by_words(part, highlighter)
    ]


def _by_words(text: str, highlighter: Highlighter) -> list[Mark]:
    """As `find_marks`, by the number of each word in the text."""
    candidates = {word.number: word for word in _candidate_words(text, highlighter)}
    terms = {number: word.terms for number, word in candidates.items() if word.terms}
    together: set[int] = set()  # numbers of words to merge with the previous word
    for phrase, term in highlighter.phrases:
        for number, joined in words_of_phrase(candidates, phrase):
            terms[number] = terms.get(number, _NO_TERMS) | term
            if joined:
                together.add(number)
    return _merge(text, [(candidates[number], terms[number], number in together) for number in sorted(terms)])


def _single_words(text: str, highlighter: Highlighter, prefilter: Prefilter | None) -> list[Mark]:
    """The marks of single words, which stand where the prefilter matches."""
    made: list[Mark] = []
    if prefilter is not None and not prefilter.literals:
        return made
    known = highlighter.known
    for stretch, begin in candidate_stretches(text, prefilter):
        for _, start, end, _, terms in (known.get(stretch) or _examine(stretch, highlighter)).candidates:
            if not terms:  # it may only be part of a phrase
                continue
            if made and text[made[-1].end : begin + start] in HYPHENS:
                last = made.pop()
                made.append(Mark(last.start, begin + end, last.terms | terms))
            else:
                made.append(Mark(begin + start, begin + end, terms))
    return made


def _united(text: str, found: list[Mark]) -> list[Mark]:
    """Marks in order, of which those that overlap, and those joined only by a hyphen, are one."""
    made: list[Mark] = []
    for mark in sorted(found, key=_start):
        if made and (mark.start < made[-1].end or text[made[-1].end : mark.start] in HYPHENS):
            last = made.pop()
            made.append(Mark(last.start, max(last.end, mark.end), last.terms | mark.terms))
        else:
            made.append(mark)
    return made


def _marked_leaves(node: Node) -> Iterator[tuple[Word | Phrase | Wildcard, tuple[_Key, ...]]]:
    """The leaves to mark, each with the keys of the terms it stands for: itself, or the words that it expands."""
    match node:
        case And(within) | Or(within):
            for part in within:
                yield from _marked_leaves(part)
        case Expanded(asked=asked, also=also):
            yield from _marked_leaves(asked)
            anchors = tuple(_key(leaf) for leaf in leaves(asked) if isinstance(leaf, Word | Phrase | Wildcard))
            yield from ((other.leaf, anchors) for other in also if other.leaf.field in TEXT_FIELDS)
        case Word() | Phrase() | Wildcard() if node.field in TEXT_FIELDS:
            yield node, (_key(node),)
        case _:  # negated, a date, a fact, or `Everything`
            return


def _key(leaf: Word | Phrase | Wildcard) -> _Key:
    """The key of a leaf. Leaves with the same key mark the same words."""
    match leaf:
        case Word(form=form, capitals=True):
            return _Kind.CAPITALS, form
        case Word(form=form):
            return _Kind.STEM, (stem(form), frozenset(leaf.without))
        case Wildcard(pattern=pattern):
            return _Kind.PATTERN, pattern
        case Phrase(forms=forms, slop=slop, ordered=ordered):
            return _Kind.PHRASE, (forms, slop, ordered)


def _candidate_words(text: str, highlighter: Highlighter) -> Iterator[CandidateWord]:
    first, at, known, reach = 0, 0, highlighter.known, highlighter.reach
    for stretch, begin in candidate_stretches(text, highlighter.prefilter):
        examined = known.get(stretch) or _examine(stretch, highlighter)
        if not examined.candidates:
            continue
        first += count_words(text[at:begin], reach) if reach else 0
        for number, start, end, form, terms in examined.candidates:
            yield CandidateWord(first + number, begin + start, begin + end, form, terms)
        first += examined.words
        at = begin + len(stretch)


def _examine(stretch: str, highlighter: Highlighter) -> StretchCandidates:
    words, candidates = 0, []
    for run, begin in iter_runs(stretch):
        for word in run_tokens(run):
            terms = _terms(word, run, highlighter)
            if terms or word.form in highlighter.forms:
                candidates.append(CandidateWord(words, begin + word.start, begin + word.end, word.form, terms))
            words += 1
    examined = StretchCandidates(tuple(candidates), words)
    if len(highlighter.known) < _CACHE_SIZE:
        highlighter.known[stretch] = examined
    return examined


def _terms(word: Token, run: str, highlighter: Highlighter) -> Terms:
    """The terms that a word of a run matches by stem, as an all-caps word, or by wildcard."""
    found = _NO_TERMS
    if any(may_have_stem(word.unit, root) for root in highlighter.stems):
        root = stem_of(word.form, word.unit)
        words = highlighter.stems.get(root, ())
        found = found.union(*(terms for without, terms in words if not without or _is_kept(word.form, root, without)))
    if word.form in highlighter.capitals and is_all_caps(run[word.start : word.end]):
        found |= highlighter.capitals[word.form]
    if not highlighter.patterns:
        return found
    return found.union(*(terms for pattern, terms in highlighter.patterns if pattern.match(word.form)))


def _is_kept(form: str, root: str, without: frozenset[str]) -> bool:
    """Whether a form is searched where some are left out: then each part of a hyphenated word stands for itself."""
    return form not in without and stem(form) == root


def _merge(text: str, found: list[tuple[CandidateWord, Terms, bool]]) -> list[Mark]:
    """Merge adjacent words of a phrase, and parts joined only by a hyphen, into one mark."""
    made: list[Mark] = []
    for word, terms, joined in found:
        if made and (joined or text[made[-1].end : word.start] in HYPHENS):
            last = made.pop()
            made.append(Mark(last.start, word.end, last.terms | terms))
        else:
            made.append(Mark(word.start, word.end, terms))
    return made
