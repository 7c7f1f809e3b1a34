"""Ranking: the scoring formula, its constants, and the weights of stop words.

The worth of a word is its weight · its idf.
    bare word    weight · (BM25 of its stem + SURFACE · BM25 of the typed form + TITLE · BM25 of the stem in titles)
    all caps     BM25 among the words in all caps + TITLE · the same in titles
    quoted       BM25 of the exact form; a phrase counts as one term with the rarity of all its words together
    AND, OR      sum of the matching parts; OR: · (1 - COORDINATION · (1 - their share of the total worth))
    expansions   the best of the alternatives: a name and its short form are one mention
    adjacency    + PAIR · (sum of both worths) where two adjacent bare words of the query are adjacent in the text
"""

from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Final

from index.query.tree import And, Expanded, Leaf, Node, Not, Or, Phrase, Wildcard, Word
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
PAIR: Final = 0.1  # "menteri luar negeri" as adjacent words beats the same words far apart (0: -.001)


def weight(word: Word, *, asking: bool) -> float:
    """The factor on the scores of a bare word. Pass `asking` if the query has more than question words."""
    if word.capitals:
        return 1.0
    if word.form in QUESTION_WORDS:
        return QUESTION if asking else 1.0
    return FUNCTION if word.form in FUNCTION_WORDS else 1.0


def has_content_terms(tree: Node) -> bool:
    """Whether a query has any scoring term other than question words. Negated terms do not score."""
    return any(not isinstance(leaf, Word) or leaf.capitals or leaf.form not in QUESTION_WORDS for leaf in _scored(tree))


def adjacent_words(tree: Node) -> Iterator[tuple[Word, Word]]:
    """The pairs of adjacent bare words in a query that search the whole text and are joined by AND or OR."""
    match tree:
        case And(parts) | Or(parts):
            for left, right in pairwise(chain.from_iterable(map(_words_in_turn, parts))):
                if left and right:
                    yield left, right
            for part in parts:
                yield from adjacent_words(part)
        case Expanded(asked=And() as asked):
            yield from adjacent_words(asked)
        case _:
            return


def _words_in_turn(node: Node) -> Iterator[Word | None]:
    """The bare words of a part in order; None for a part that no word is adjacent to."""
    match node:
        case Word(field=None):
            yield node
        case Expanded(asked=Word(field=None) as word):
            yield word
        case _:
            yield None


def _scored(node: Node) -> Iterator[Leaf]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _scored(part)
        case Expanded(asked, also):
            yield from _scored(asked)
            yield from (other.leaf for other in also)
        case Not():
            return
        case Word() | Phrase() | Wildcard():
            yield node
        case _:
            return
