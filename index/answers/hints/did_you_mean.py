"""Did you mean: corrects a query that found nothing, using the vocabulary of the archive.

An unknown word may be one edit away from a known one (kemajaun, kemajuan), a long word two edits. It may be two words
written as one (tanggungjawab), or two words that the archive writes as one. A query on a fact is corrected by the words
of its values (outlet:kompaz, outlet:kompas). Candidates are ranked by the number of articles with the exact form and by
how many of them match the rest of the query. A correction is offered only if it finds something, and is never searched
in place of the typed query.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from math import prod
from typing import Final

from archive.meanings.edit_distance import distance
from index.answers.hints.field_vocabularies import FieldVocabularies
from index.engine import Reader
from index.expansion.near_forms import near_forms
from index.query.editing import in_lowercase
from index.query.errors import BadQuery
from index.query.language import parse
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import And, Node, Or, Phrase, Word
from index.vocabulary import Vocabulary
from index.words.families.relations import far_forms
from index.words.sastrawi import root_words
from index.words.stemming import stem
from index.words.tokenizer import tokenize

SHORTEST: Final = 4  # letters of a word to correct; shorter words are one edit away from too much
SHORTEST_UNKNOWN: Final = 3  # letters of a word that the archive does not have
LONGEST: Final = 60  # letters of a word to correct; longer ones are no words, and have thousands of neighbours
SHORTEST_FOR_TWO_EDITS: Final = 8  # letters of a word for which two edits are tried
CLEARLY_MORE: Final = 50  # a correction of a known word must be so many times as frequent
CLEARLY_MORE_TOGETHER: Final = 30  # a correction of a query that finds a few articles must find so many times as many
MORE_WITHIN: Final = 5  # and the corrected word must be so many times as frequent as the typed one
FEW: Final = 25  # articles; a query that finds more is not doubted
SELDOM: Final = 100  # articles; a word in more is no slip
CANDIDATES: Final = 3  # corrections per word
SAME_INITIAL: Final = 4_000  # frequent words with the same initial, searched for two edits: some 20 ms
TRIED: Final = 8  # corrected queries that are searched
OTHER_INITIAL: Final = 0.1  # penalty: the first letter is rarely wrong
TWO_EDITS: Final = 0.02  # penalty: two typos in a word are so much rarer than one
RARE: Final = 20  # articles; a correction with fewer may be a typo itself, so two edits are tried as well


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected query, and how many articles and stories it finds."""

    query: Query
    articles: int
    stories: int


@dataclass(frozen=True)
class _TypedWord:
    """A typed word of a query: its form, its position in the text, and whether its inflected forms are searched too.

    `vocabulary` has the possible corrections.
    """

    form: str
    start: int
    end: int
    inflected: bool
    vocabulary: Vocabulary

    @cached_property
    def articles(self) -> int:
        """The number of articles with any form of it."""
        return _articles(self.form, self.vocabulary, inflected=self.inflected)

    @property
    def unknown(self) -> bool:
        """Whether no article has any form of it."""
        return not self.vocabulary.articles(self.form) and not self.articles


@dataclass(frozen=True, slots=True)
class _Repair:
    """A replacement for a stretch of the query text.

    `weight` is the number of articles with the exact form, times the penalties. `share` is `weight` divided by the
    number of articles with any form of the replacement, and 1 for joined words.
    """

    start: int
    end: int
    words: str
    weight: float
    share: float


def correction(reader: Reader, query: Query) -> Correction | None:
    """The most likely correction, or None if no correction finds anything. Raises BadQuery and EngineError.

    Words in all caps are first taken as typed. Only if that finds nothing, they are tried in lower case.
    """
    corrected = list(_corrected_texts(reader, query, beside=False))
    lowercase = _lowercase_variants(corrected or [(query.text, 1.0)])
    return _most_likely(reader, query, corrected) or _most_likely(reader, query, lowercase)


def clearer_correction(reader: Reader, query: Query, articles: int) -> Correction | None:
    """The most likely correction of a query that finds only `articles`, if it finds clearly more."""
    if articles > FEW:
        return None
    meant = _most_likely(reader, query, _corrected_texts(reader, query, beside=True))
    return meant if meant and meant.articles >= CLEARLY_MORE_TOGETHER * max(articles, 1) else None


def _most_likely(reader: Reader, query: Query, texts: Iterable[tuple[str, float]]) -> Correction | None:
    best, most = None, 0.0
    for text, likely in texts:
        try:
            found = reader.find(replace(query, text=text, page=1, size=1), facets=())
        except BadQuery:  # a correction can make the text too long
            continue
        if found.articles * likely > most:
            best, most = Correction(query.with_text(text), found.articles, found.stories), found.articles * likely
    return best


def _lowercase_variants(texts: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The texts with all-caps words, with these words in lower case."""
    for text, likely in texts:
        with suppress(BadQuery):
            small = in_lowercase(text)
            if small != text and small.casefold() == text.casefold():
                yield small, likely


def has_unknown_word(reader: Reader, query: Query) -> bool:
    """Whether a query with OR has a word that the archive does not contain, even if other alternatives match."""
    tree = parse(query.text)
    if not _has_alternatives(tree):
        return False
    return any(word.unknown for word in _typed_words(tree, query.text, FieldVocabularies(reader)))


def _has_alternatives(node: Node) -> bool:
    return isinstance(node, Or) or (isinstance(node, And) and any(map(_has_alternatives, node.parts)))


def _corrected_texts(reader: Reader, query: Query, *, beside: bool) -> Iterator[tuple[str, float]]:
    """Corrected texts with their relative likelihood, at most TRIED of them.

    `beside` results, only rare words are doubted; the words of the language only if others stand with them.
    """
    text = query.text
    words = list(_typed_words(parse(text), text, FieldVocabularies(reader)))
    missing = [repairs for word in words if not word.articles and (repairs := _repairs(word, beside=beside))]
    best = [repairs[0] for repairs in missing]
    choices = [best] if best else []
    for place, repairs in enumerate(missing):
        choices += [[*best[:place], other, *best[place + 1 :]] for other in repairs[1:]]
    most = reader.info().articles // _clearly_more(beside=beside)  # no word can be that much more frequent than others
    rare = [word for word in words if 0 < word.articles <= (min(most, SELDOM) if beside else most)]
    if beside and len(words) == 1:
        rare = [word for word in rare if word.form not in root_words()]
    doubtful = [repair for word in rare for repair in _repairs(word, beside=beside)]
    choices += [[*best, repair] for repair in (*_joined(words, text), *doubtful)]
    for repairs in choices[:TRIED]:
        yield _apply(text, repairs), prod(repair.share for repair in repairs)


def _typed_words(node: Node, text: str, vocabularies: FieldVocabularies) -> Iterator[_TypedWord]:
    """The words of a tree in order, without negated ones."""
    for leaf in leaves(node, negated=False):
        if not isinstance(leaf, Word | Phrase):
            continue
        vocabulary = vocabularies[leaf.field]
        wanted = (leaf.form,) if isinstance(leaf, Word) else leaf.forms
        forms = {form for whole in wanted for form in (whole, *whole.split("-"))}
        start = leaf.span.start
        for token in tokenize(text[start : leaf.span.end]):
            if token.form in forms and not any(map(str.isdigit, token.form)):
                place = start + token.start, start + token.end
                yield _TypedWord(token.form, *place, isinstance(leaf, Word), vocabulary)


def _articles(form: str, vocabulary: Vocabulary, *, inflected: bool = True) -> int:
    """The number of articles with a word: with the form itself or its most frequent near form."""
    family = islice(near_forms(form, vocabulary), 1) if inflected else ()
    return max(vocabulary.articles(form), *(count for _, count in family), 0)


def _repairs(word: _TypedWord, *, beside: bool) -> Sequence[_Repair]:
    """Corrections of a word that is unknown or rare in the archive, the most likely first."""
    if not (SHORTEST if word.articles else SHORTEST_UNKNOWN) <= len(word.form) <= LONGEST:
        return ()
    vocabulary = word.vocabulary
    near = vocabulary.near(word.form, CANDIDATES + 1)
    found = [(other, count, 1 if other[0] == word.form[0] else OTHER_INITIAL) for other, count in near]
    if not word.articles:
        found += [(words, count, 1) for words, count in _split(word.form, vocabulary)]
    thorough = not (beside and word.articles)  # what takes long is not done for every rare word
    if (
        thorough
        and len(word.form) >= SHORTEST_FOR_TWO_EDITS
        and max((count for _, count, _ in found), default=0) < RARE
    ):
        found += [(other, count, TWO_EDITS) for other, count in _two_edits_away(word.form, vocabulary)]
    far = frozenset(far_forms(word.form, (other for other, *_ in found if stem(other) == stem(word.form))))
    repairs = [
        _Repair(word.start, word.end, other, count * factor, factor * count / max(count, _articles(other, vocabulary)))
        for other, count, factor in found
        if count > _clearly_more(beside=beside) * word.articles and other not in far  # a word of its own is no slip
    ]
    return sorted(repairs, key=lambda repair: -repair.weight)[:CANDIDATES]


def _clearly_more(*, beside: bool) -> int:
    """How many times as frequent as the typed word a correction must be."""
    return MORE_WITHIN if beside else CLEARLY_MORE


def _split(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Split a word into two known words: the pair whose rarer word is the most frequent."""
    pairs = [(form[:place], form[place:]) for place in range(2, len(form) - SHORTEST + 1)]
    counted = [(min(map(vocabulary.articles, pair)), " ".join(pair)) for pair in pairs]
    yield from ((words, count) for count, words in sorted(counted)[-1:] if count)


def _joined(words: Sequence[_TypedWord], text: str) -> Iterator[_Repair]:
    """Adjacent words that the archive also writes as one word."""
    for first, second in pairwise(words):
        count = first.vocabulary.articles(first.form + second.form) if first.vocabulary is second.vocabulary else 0
        if count and text[first.end : second.start].isspace():
            yield _Repair(first.start, second.end, first.form + second.form, count, 1)


def _two_edits_away(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """The most frequent words at edit distance two with the same initial."""
    letters, distinct = Counter(form), frozenset(form)
    found = 0
    for other, count in vocabulary.starting(form[:1], SAME_INITIAL):
        if abs(len(other) - len(form)) > 2 or len(distinct.difference(other)) > 2:  # most words, at little cost
            continue
        if (letters - Counter(other)).total() <= 2 and distance(form, other) == 2:
            yield other, count
            found += 1
        if found == CANDIDATES:
            return


def _apply(text: str, repairs: Sequence[_Repair]) -> str:
    """Apply repairs to the text, keeping the capitalization of the replaced words."""
    for repair in sorted(repairs, key=lambda one: -one.start):
        typed, words = text[repair.start : repair.end], repair.words
        if typed[:1].isupper():
            words = words.upper() if typed.isupper() and len(typed) > 1 else words[:1].upper() + words[1:]
        text = text[: repair.start] + words + text[repair.end :]
    return text
