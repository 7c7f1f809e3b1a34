"""Ranking: the scoring formula, its constants, and the weights of stop words.

The worth of a word is its weight · its idf.
    bare word    weight · (BM25 of its stem + SURFACE · BM25 of the typed form + TITLE · BM25 of the stem in titles)
    all caps     BM25 among the words in all caps + TITLE · the same in titles
    quoted       BM25 of the exact form; a phrase counts as one term with the rarity of all its words together
    AND, OR      sum of the matching parts; OR: · (1 - COORDINATION · (1 - their share of the total worth))
    expansions   the best of the alternatives, none worth more than what was typed: name and short form are one mention
    AND          + (sum of a · h over adjacent pairs)² / (sum of a) + TITLE · (sum of a over pairs near in the title)
    OR           + PAIR · (sum of both worths) for each adjacent pair that is adjacent in the text

Of a pair, h is 1 if the words are adjacent in the text as they are in the query, NEAR_WORTH if the second is at most
NEAR positions after the first, else 0; a is EXPRESSION · (the smaller weight) · idf of having both words anywhere. The
square makes a part of an expression worth less than its share. Chosen on 54,540 articles: of the ten best articles for
two or three words that ten or more articles have as a phrase, nearly all have it, and questions rank as before.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log
from typing import Final, NamedTuple

from index.query.leaves import leaves
from index.query.tree import And, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stop_words import FUNCTION_WORDS, QUESTION_WORDS

K1: Final = 0.75  # term frequency saturation; news repeats its subject (1.2: -.003)
B: Final = 0.75  # document length normalization
SURFACE: Final = 0.5  # the typed form in addition to its stem: the typed inflection ranks first (0: -.004)
# The title in addition to the text, which includes the title. A derived title is the beginning of the text, so this is
# also the bonus for an early mention (.2 · 8 / (8 + position) did no better, and needs positions; 0: -.010).
TITLE: Final = 0.25
QUESTION: Final = 0.0  # apa, siapa, kapan: question words are not the subject of a question (1: -.005)
FUNCTION: Final = 0.5  # yang, di, untuk: function words occur in any article (1: -.003)
COORDINATION: Final = 0.35  # an article with one rare word must not beat one with all others (0: -.003 on news)
EXPRESSION: Final = 1.05  # .9 to 1.2 do as well; below, articles with the words apart come first
NEAR: Final = 3  # positions; "kebakaran hutan di Riau" is about kebakaran hutan riau (4: chance pairs, 1: -.07)
NEAR_WORTH: Final = 0.5  # of two words near each other, as a share of what adjacent ones are worth
PAIR: Final = 0.1  # "menteri luar negeri" as adjacent words beats the same words far apart (0: -.001)


def idf(size: int, frequency: int) -> float:
    """The inverse document frequency of a term: ln(1 + (size - frequency + .5) / (frequency + .5))."""
    return log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def weight(word: Word, *, asking: bool) -> float:
    """The factor on the scores of a bare word. Pass `asking` if the query has more than question words."""
    if word.capitals:
        return 1.0
    if word.form in QUESTION_WORDS:
        return QUESTION if asking else 1.0
    return FUNCTION if word.form in FUNCTION_WORDS else 1.0


def has_content_terms(tree: Node) -> bool:
    """Whether a query has any scoring term other than question words. Negated terms do not score."""
    return any(
        isinstance(leaf, Phrase | Wildcard)
        or (isinstance(leaf, Word) and (leaf.capitals or leaf.form not in QUESTION_WORDS))
        for leaf in leaves(tree, negated=False, expansions=True)
    )


class WordPair(NamedTuple):
    """Two adjacent words of a query.

    `instead` are other ways to say the expression that both belong to: a document with one has the pair. With `near`,
    the pair is also held, for less, by a document with up to two words between.
    """

    left: Word
    right: Word
    instead: tuple[Word | Phrase, ...] = ()
    near: bool = True


class Expression(NamedTuple):
    """The adjacent pairs of words joined by one operator; `whole` if that is AND."""

    pairs: tuple[WordPair, ...]
    whole: bool


def expressions(tree: Node) -> Iterator[Expression]:
    """The expressions of a query: bare words that search the whole text, adjacent and joined by AND or OR."""
    match tree:
        case And(parts):
            yield from _expression(_pairs(parts), whole=True)
            for part in parts:
                if isinstance(part, Or):
                    yield from expressions(part)
        case Or(parts):
            words = map(_bare, parts)
            yield from _expression((WordPair(a, b) for a, b in pairwise(words) if a and b), whole=False)
            for part in parts:
                yield from expressions(part)
        case Expanded():
            yield from _expression(_pairs((tree,)), whole=True)
        case _:
            return


def _expression(pairs: Iterable[WordPair], *, whole: bool) -> Iterator[Expression]:
    found = tuple(pairs)
    if found:
        yield Expression(found, whole)


def _pairs(parts: Iterable[Node]) -> Iterator[WordPair]:
    """The pairs of adjacent words in the parts of an And, also within names and words with hyphens."""
    before: tuple[Word, ...] = ()
    for part in parts:
        words = _words_in_turn(part)
        if before and words:
            yield WordPair(before[-1], words[0], near=len(before) == len(words) == 1)
        instead = tuple(other.leaf for other in part.also) if isinstance(part, Expanded) else ()
        yield from (WordPair(left, right, instead) for left, right in pairwise(words))
        before = words


def _words_in_turn(node: Node) -> tuple[Word, ...]:
    """The bare words of a part in order; none for a part that no word is adjacent to."""
    match node.asked if isinstance(node, Expanded) else node:
        case Word(field=None) as word:
            return (word,)
        case And(parts) if isinstance(node, Expanded):
            return tuple(part for part in parts if isinstance(part, Word) and part.field is None)
        case Phrase(forms, span, typed_as_word=True, field=None):
            return tuple(Word(form, span) for form in forms)
        case _:
            return ()


def _bare(node: Node) -> Word | None:
    asked = node.asked if isinstance(node, Expanded) else node
    return asked if isinstance(asked, Word) and asked.field is None else None
