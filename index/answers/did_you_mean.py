"""Corrections: what a reader may have meant by a query that found nothing, judged by the archive's own vocabulary.

What asks a fact is judged by the words of that fact's values (outlet:kompaz, outlet:kompas) in the same way.

A word the archive does not have may be one edit away from one it has (kemajaun, kemajuan), a long one two edits; it
may be two words written as one (tanggungjawab), or two that the archive writes as one. What is meant is judged by how
many articles have the very form, and by how many of them have the rest of the query. A correction is offered only if
it finds something, and never asked in place of what was typed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import prod
from typing import Final

from index.engine import Count, Engine, Vocabulary
from index.query.language import BadQuery, in_small_letters, parse
from index.query.request import Query
from index.query.tree import And, Expanded, Node, Or, Phrase, Word
from index.words.edit_distance import distance, edited
from index.words.stemming import stem
from index.words.tokenizer import tokens

SHORTEST: Final = 4  # letters of a word that is corrected; shorter ones have a neighbour in everything
SHORTEST_TWICE: Final = 8  # letters of a word that two edits are looked for in
CLEARLY_MORE: Final = 50  # times as frequent a word must be to be meant by another that the archive has
CANDIDATES: Final = 3  # for each word
SAME_INITIAL: Final = 4_000  # frequent words with the same beginning that are looked through for two edits: some 20 ms
TRIED: Final = 8  # corrected queries asked of the index
OTHER_INITIAL: Final = 0.1  # the first letter is seldom wrong
TWICE_WRONG: Final = 0.02  # two slips in a word are so much rarer than one
RARE: Final = 20  # articles; a word that fewer have may be a slip itself, and two edits are tried as well
_TEXT_FIELDS: Final = frozenset({None, "title"})


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may have been meant, and what it finds."""

    query: Query
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word of a query: its form, where in the text it is typed, and how many articles have it in some form.

    `vocabulary` has the words that could be meant by it.
    """

    form: str
    start: int
    end: int
    articles: int
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class _Repair:
    """Other words for a stretch of the query text, and about how many articles speak for them.

    `share` is that number beside the articles that the words find, in whatever form.
    """

    start: int
    end: int
    words: str
    weight: float
    share: float


def correction(engine: Engine, query: Query) -> Correction | None:
    """The query most likely meant, None where no correction finds anything; BadQuery and EngineError as the engine.

    Capitals are meant as they were typed; only where nothing is found so may they have been typed by chance.
    """
    mended = list(_texts(engine, query))
    return _likeliest(engine, query, mended) or _likeliest(engine, query, _small(mended or [(query.text, 1.0)]))


def _likeliest(engine: Engine, query: Query, texts: Iterable[tuple[str, float]]) -> Correction | None:
    best, most = None, 0.0
    for text, likely in texts:
        try:
            found = engine.find(replace(query, text=text, page=1, size=1), facets=())
        except BadQuery:  # a corrected word can make a text too long
            continue
        if found.articles * likely > most:
            best, most = Correction(query.saying(text), found.articles, found.stories), found.articles * likely
    return best


def _small(texts: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The texts that have words in capitals, with those in any letters."""
    for text, likely in texts:
        with suppress(BadQuery):
            small = in_small_letters(text)
            if small != text and small.casefold() == text.casefold():
                yield small, likely


def lacks_a_word(engine: Engine, query: Query) -> bool:
    """Whether one of several alternatives of a query has a word that the archive has not, although others find some."""
    tree = parse(query.text)
    if not _has_alternatives(tree):
        return False
    return any(not word.articles for word in _words(tree, query.text, _Vocabularies(engine)))


def _has_alternatives(node: Node) -> bool:
    return isinstance(node, Or) or (isinstance(node, And) and any(map(_has_alternatives, node.parts)))


def _texts(engine: Engine, query: Query) -> Iterator[tuple[str, float]]:
    """Corrected texts and how likely each is beside the others, at most as many as are tried."""
    text = query.text
    words = list(_words(parse(text), text, _Vocabularies(engine)))
    missing = [repairs for word in words if not word.articles and (repairs := _repairs(word))]
    best = [repairs[0] for repairs in missing]
    choices = [best] if best else []
    for place, repairs in enumerate(missing):
        choices += [[*best[:place], other, *best[place + 1 :]] for other in repairs[1:]]
    most = engine.info().articles // CLEARLY_MORE  # no other word can be so much more frequent than one that has more
    doubtful = [repair for word in words if 0 < word.articles <= most for repair in _repairs(word)]
    choices += [[*best, repair] for repair in (*_joined(words, text), *doubtful)]
    for repairs in choices[:TRIED]:
        yield _mended(text, repairs), prod(repair.share for repair in repairs)


class _FactWords:
    """The words of one fact's values, each with its articles; implements `Vocabulary`. Names are not inflected."""

    def __init__(self, values: Mapping[str, Count]) -> None:
        counts: Counter[str] = Counter()
        for value, count in values.items():
            for form in {token.form for token in tokens(value)}:
                counts[form] += count.articles
        self._counts = dict(counts.most_common())

    def articles(self, form: str) -> int:
        return self._counts.get(form, 0)

    def forms(self, stem: str) -> Sequence[tuple[str, int]]:  # noqa: ARG002  # see above
        return ()

    def starting(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        return tuple(islice((pair for pair in self._counts.items() if pair[0].startswith(beginning)), most))

    def near(self, form: str, most: int) -> Sequence[tuple[str, int]]:
        edits = (other for cut in range(len(form) + 1) for other in edited(form[:cut], form[cut:]))
        found = {other: self._counts[other] for other in edits if other != form and other in self._counts}
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


class _Vocabularies(dict[str | None, Vocabulary]):
    """The words of the texts and of each fact, by the name of the field; those of a fact counted when it is asked."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(dict.fromkeys(_TEXT_FIELDS, engine.vocabulary()))
        self._engine = engine

    def __missing__(self, field: str) -> Vocabulary:
        self[field] = _FactWords(self._engine.find(Query(size=1), facets=(field,)).counts[field])
        return self[field]


def _words(node: Node, text: str, vocabularies: _Vocabularies) -> Iterator[_Typed]:
    """The words a tree asks for, in order; none of what it denies."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part, text, vocabularies)
        case Expanded(asked=asked):
            yield from _words(asked, text, vocabularies)
        case Word(field=field, span=span) | Phrase(field=field, span=span):
            vocabulary = vocabularies[field]
            wanted = (node.form,) if isinstance(node, Word) else node.forms
            forms = {form for whole in wanted for form in (whole, *whole.split("-"))}
            for token in tokens(text[span.start : span.end]):
                if token.form in forms and not any(map(str.isdigit, token.form)):
                    count = _held(token.form, vocabulary, inflected=isinstance(node, Word))
                    yield _Typed(token.form, span.start + token.start, span.start + token.end, count, vocabulary)


def _held(form: str, vocabulary: Vocabulary, *, inflected: bool = True) -> int:
    """How many articles have a word: the form itself, or the most frequent of its inflected forms."""
    family = vocabulary.forms(stem(form))[:1] if inflected else ()
    return max(vocabulary.articles(form), *(count for _, count in family), 0)


def _repairs(word: _Typed) -> Sequence[_Repair]:
    """The words that may be meant by one that the archive lacks or hardly has, the likeliest first."""
    if len(word.form) < SHORTEST:
        return ()
    vocabulary = word.vocabulary
    near = vocabulary.near(word.form, CANDIDATES + 1)
    found = [(other, count, 1 if other[0] == word.form[0] else OTHER_INITIAL) for other, count in near]
    if not word.articles:
        found += [(words, count, 1) for words, count in _split(word.form, vocabulary)]
    if len(word.form) >= SHORTEST_TWICE and max((count for _, count, _ in found), default=0) < RARE:
        found += [(other, count, TWICE_WRONG) for other, count in _two_edits_away(word.form, vocabulary)]
    repairs = [
        _Repair(word.start, word.end, other, count * factor, factor * count / max(count, _held(other, vocabulary)))
        for other, count, factor in found
        if count > CLEARLY_MORE * word.articles
    ]
    return sorted(repairs, key=lambda repair: -repair.weight)[:CANDIDATES]


def _split(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Two words that are written as one, the pair whose rarer word is the most frequent."""
    pairs = [(form[:place], form[place:]) for place in range(2, len(form) - SHORTEST + 1)]
    counted = [(min(map(vocabulary.articles, pair)), " ".join(pair)) for pair in pairs]
    yield from ((words, count) for count, words in sorted(counted)[-1:] if count)


def _joined(words: Sequence[_Typed], text: str) -> Iterator[_Repair]:
    """Neighbours that the archive writes as one word as well."""
    for first, second in pairwise(words):
        count = first.vocabulary.articles(first.form + second.form) if first.vocabulary is second.vocabulary else 0
        if count and text[first.end : second.start].isspace():
            yield _Repair(first.start, second.end, first.form + second.form, count, 1)


def _two_edits_away(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """The most frequent words two edits away that begin with the same letter."""
    letters = Counter(form)
    found = 0
    for other, count in vocabulary.starting(form[:1], SAME_INITIAL):
        if abs(len(other) - len(form)) <= 2 and (letters - Counter(other)).total() <= 2 and distance(form, other) == 2:
            yield other, count
            found += 1
        if found == CANDIDATES:
            return


def _mended(text: str, repairs: Sequence[_Repair]) -> str:
    """The text with other words for some stretches, in capitals where those were."""
    for repair in sorted(repairs, key=lambda one: -one.start):
        typed, words = text[repair.start : repair.end], repair.words
        if typed[:1].isupper():
            words = words.upper() if typed.isupper() and len(typed) > 1 else words[:1].upper() + words[1:]
        text = text[: repair.start] + words + text[repair.end :]
    return text
