"""Ranking: what moves an article up or down a page. Every constant with its reason, and which words weigh less.

    bare word    weight · (BM25 of its stem + SURFACE · BM25 of the form as typed + TITLE · BM25 of the stem in titles)
    in capitals  BM25 among the words in capitals + TITLE · the same of the title
    quoted       BM25 of the form; a phrase counts as one term, as rare as all its words together are
    AND          the sum of its parts
    OR           the sum of those of its parts there are, times 1 - COORDINATION · (1 - their share of all worth)
    synonyms     the best of them: who says both a name and its short form says one thing
    neighbours   + PAIR · (what both are worth) where two bare words side by side in the query are so in the text

Dates, facts and what is denied only filter. No ranking changes which articles match. BM25 and idf stand in `bm25`; what
a word is *worth* is its weight times its idf.

The constants were measured on questions about news and encyclopaedia passages (`quality/retrieval.py`, the half for
tuning), together, never on the encyclopaedia alone; each flat optimum was rounded. The mean reciprocal rank moves by
less than .003 for any of them within a third of its value.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from index.query.tree import And, Expanded, Leaf, Node, Not, Or, Phrase, Wildcard, Word
from index.words.stop_words import FUNCTION_WORDS, QUESTION_WORDS

K1: Final = 0.75  # where the gain of a further occurrence levels off; news repeats its subject (1.2: -.003)
B: Final = 0.75  # how much a long article's occurrences count less
SURFACE: Final = 0.5  # the form as typed beside its stem: of two inflections the one asked for comes first (0: -.004)
# The title beside the text, which holds it as well. One that was derived is the beginning of the text, so that this is
# also the bonus for an early mention (.2 · 8 / (8 + position) did no better, and needs positions; 0: -.010).
TITLE: Final = 0.25
QUESTION: Final = 0.0  # apa, siapa, kapan: they ask, they are not what is asked for (1: -.005)
FUNCTION: Final = 0.5  # yang, di, untuk: common anyway, and then said by any article as well (1: -.003)
COORDINATION: Final = 0.35  # one rare word must not beat an article that has all the others (0: -.003 on news)
PAIR: Final = 0.1  # "menteri luar negeri" before an article of some minister's foreign country (0: -.001)


def weight(word: Word, *, asking: bool) -> float:
    """What a bare word's scores are multiplied by; `asking` where a query has more than question words."""
    if word.capitals:
        return 1.0
    if word.form in QUESTION_WORDS:
        return QUESTION if asking else 1.0
    return FUNCTION if word.form in FUNCTION_WORDS else 1.0


def asks_more(tree: Node) -> bool:
    """Whether anything in a query scores beside question words; what is denied does not."""
    return any(not isinstance(leaf, Word) or leaf.capitals or leaf.form not in QUESTION_WORDS for leaf in _scored(tree))


def neighbours(tree: Node) -> Iterator[tuple[Word, Word]]:
    """The bare words that stand side by side in a query, asked of the whole text and joined by AND or OR."""
    match tree:
        case And(parts) | Or(parts):
            for left, right in pairwise(parts):
                one, other = _bare(left), _bare(right)
                if one and other:
                    yield one, other
            for part in parts:
                yield from neighbours(part)
        case _:
            return


def _bare(node: Node) -> Word | None:
    asked = node.asked if isinstance(node, Expanded) else node
    return asked if isinstance(asked, Word) and asked.field is None else None


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
