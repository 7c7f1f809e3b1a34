"""Highlighting: marks the words of a text that a query matched.

Snippets and full texts follow the matching rules of the engine: bare words match by stem except for forms left out,
all-caps words only in all caps, phrases and wildcards by exact form. Expansions are marked as the terms they stand for.
Negated words and queries on facts such as the outlet are not marked. `word_locator` finds candidate words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import translate
from typing import Any, Final, NamedTuple

from index.answers.word_locator import Prefilter, build_prefilter, candidate_stretches, count_words
from index.query.leaves import leaves
from index.query.tree import TEXT_FIELDS, And, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stemming import may_have_stem, stem, stem_of
from index.words.tokenizer import HYPHENS, Token, is_all_caps, iter_runs, run_tokens

Terms = frozenset[int]

_NO_TERMS: Final[Terms] = frozenset()
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


class CandidateWord(NamedTuple):
    """A word of a text that may match a query: its number, its position, its form, and the terms that it matches.

    Differences between numbers are exact up to the largest slop of a phrase; beyond, words are not counted.
    """

    number: int
    start: int
    end: int
    form: str
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

    A stem has an entry for each word of the query, with the forms that this word leaves out. `prefilter` matches
    wherever a word can match. `known` caches the candidate words of each stretch of text, so that a repeated word costs
    one look-up.
    """

    stems: Mapping[str, tuple["StemmedWord", ...]]
    capitals: Mapping[str, Terms]
    patterns: tuple[tuple[re.Pattern[str], Terms], ...]
    phrases: tuple[tuple[Phrase, Terms], ...]
    forms: frozenset[str]  # of all phrases
    reach: int  # the largest slop of a phrase
    prefilter: Prefilter | None
    known: dict[str, StretchCandidates] = field(default_factory=dict, repr=False, compare=False)

    @property
    def terms(self) -> int:
        """The number of distinct things to mark."""
        return sum(map(len, self.stems.values())) + len(self.capitals) + len(self.patterns) + len(self.phrases)


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
    return Highlighter(
        dict(stems),
        of[_Kind.CAPITALS],
        tuple((re.compile(translate(pattern)), found) for pattern, found in of[_Kind.PATTERN].items()),
        tuple((phrases[words], found) for words, found in of[_Kind.PHRASE].items()),
        forms,
        max((phrase.slop for phrase in phrases.values()), default=0),
        build_prefilter(stems, {*of[_Kind.CAPITALS], *forms}, of[_Kind.PATTERN]),
    )


def find_marks(text: str, highlighter: Highlighter) -> list[Mark]:
    """The stretches of a text to mark, in order and without overlaps. A phrase is one stretch."""
    if not highlighter.terms:
        return []
    if not highlighter.phrases:
        return _single_words(text, highlighter)
    candidates = {word.number: word for word in _candidate_words(text, highlighter)}
    terms = {number: word.terms for number, word in candidates.items() if word.terms}
    together: set[int] = set()  # numbers of words to merge with the previous word
    for phrase, term in highlighter.phrases:
        for number, joined in _phrase_words(candidates, phrase):
            terms[number] = terms.get(number, _NO_TERMS) | term
            if joined:
                together.add(number)
    return _merge(text, [(candidates[number], terms[number], number in together) for number in sorted(terms)])


def _single_words(text: str, highlighter: Highlighter) -> list[Mark]:
    """As `find_marks`, where no phrase asks for the numbers of words."""
    made: list[Mark] = []
    known = highlighter.known
    for stretch, begin in candidate_stretches(text, highlighter.prefilter):
        for _, start, end, _, terms in (known.get(stretch) or _examine(stretch, highlighter)).candidates:
            if made and text[made[-1].end : begin + start] in HYPHENS:
                last = made.pop()
                made.append(Mark(last.start, begin + end, last.terms | terms))
            else:
                made.append(Mark(begin + start, begin + end, terms))
    return made


def matches_any(text: str, runs: Iterable[str], highlighter: Highlighter) -> bool:
    """Whether anything in a text is marked. Except for phrases, its distinct runs suffice to tell."""
    known = highlighter.known
    if any(word.terms for run in runs for word in (known.get(run) or _examine(run, highlighter)).candidates):
        return True
    return bool(highlighter.phrases and find_marks(text, highlighter))


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


def _phrase_words(candidates: Mapping[int, CandidateWord], phrase: Phrase) -> Iterator[tuple[int, bool]]:
    """The number of every word in a match of a phrase, and whether it directly follows the previous word of the match.

    A forward pass keeps the words that a chain from the first form reaches; a backward pass keeps those of these from
    which a chain reaches the last form.
    """
    if not phrase.ordered:
        yield from ((number, False) for number in _words_of_windows(candidates, phrase))
        return
    steps = range(1, phrase.slop + 1)
    reached = [{number for number, word in candidates.items() if word.form == phrase.forms[0]}]
    for form in phrase.forms[1:]:
        near = {number + step for number in reached[-1] for step in steps}
        reached.append({number for number in near if number in candidates and candidates[number].form == form})
    kept = reached[-1]
    for level in range(len(reached) - 1, -1, -1):
        before = reached[level - 1] if level else set()
        yield from ((number, number - 1 in before) for number in kept)
        kept = before & {number - step for number in kept for step in steps}


def _words_of_windows(candidates: Mapping[int, CandidateWord], phrase: Phrase) -> Iterator[int]:
    """The numbers of the words of a phrase wherever they all stand within its distance, in any order."""
    wanted = Counter(phrase.forms)
    numbers = [number for number, word in sorted(candidates.items()) if word.form in wanted]
    held: dict[int, None] = {}
    within: Counter[str] = Counter()
    end = 0
    for place, start in enumerate(numbers):
        while end < len(numbers) and numbers[end] <= start + phrase.slop:
            within[candidates[numbers[end]].form] += 1
            end += 1
        if not wanted - within:
            held.update(dict.fromkeys(numbers[place:end]))
        within[candidates[start].form] -= 1
    yield from held


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
