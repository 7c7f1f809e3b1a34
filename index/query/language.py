"""The query language: parses a query text into a tree.

Operators are in all caps. NEAR binds tightest, then NOT, then AND, then OR. See docs/architecture/query.md.
    kunjungan presiden KPK         all words, in any form that means the same; an all-caps word only in all caps
    korupsi OR suap                either; also ATAU. AND and DAN may be written out
    korupsi NOT (suap OR "uang")   without; also -suap and BUKAN suap
    "Kim Jong Un"  =pertemuan      exact words, adjacent; this exact form, like "pertemuan"
    "nuklir sanksi"~5              in this order, each at most 5 positions after the previous one
    nuklir NEAR/5 sanksi           in any order, the first and the last at most 5 positions apart; also "…"~~5
    denuklir*  *isasi  k?rupsi     any letters; one letter (? at the end of a word is punctuation)
    judul:nuklir  date:2018..2019  a field; a date range with both ends inclusive
"""

from functools import lru_cache
from typing import Final

from index.query.errors import BadQuery, Problem
from index.query.grammar import parse_tree
from index.query.leaves import leaves
from index.query.tree import Everything, Node, Span

MAX_LENGTH: Final = 1_000  # characters of a query text; more would not fit into a URL in every browser
MAX_LEAVES: Final = 60  # words, phrases and dates of a query; each is looked up in the index
TREE_CACHE_SIZE: Final = 256  # engine, highlighting and chips of a page parse the same text, and so do its other pages


@lru_cache(TREE_CACHE_SIZE)
def parse(text: str) -> Node:
    """Parse a query text into a tree: `Everything` for a blank text. Raises nothing but BadQuery."""
    if len(text) > MAX_LENGTH:
        raise BadQuery(Problem.TOO_LONG, MAX_LENGTH, str(MAX_LENGTH))
    if not text.strip():
        return Everything(Span(0, len(text)))
    tree = parse_tree(text)
    if tree is None:
        raise BadQuery(Problem.NOTHING_TO_SEARCH, 0, text.strip())
    asked = leaves(tree)
    if len(asked) > MAX_LEAVES:
        raise BadQuery(Problem.TOO_MANY_WORDS, asked[MAX_LEAVES].span.start, str(MAX_LEAVES))
    return tree
