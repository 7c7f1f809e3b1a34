"""Query trees in the server's language, scored by the formula of `index.ranking`.

AND          the sum of the scores
OR           the sum, times 1 - COORDINATION + COORDINATION · (the share of the worth that an article has)
expansions   the best of the alternatives, none worth more than what was typed
expressions  constants for words that stand together, in the text and in the title; squared as the formula says
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from index.opensearch.mapping import TEXT, TITLE
from index.opensearch.querying.counted import ArticleCounts, Asked
from index.opensearch.querying.leaves import (
    ALL,
    FIELDS,
    NONE,
    Dsl,
    Leaves,
    Part,
    any_of,
    boosted,
    filtering,
    forms_query,
    in_a_row,
    together,
)
from index.opensearch.querying.proximity import Proximity
from index.query.tree import (
    And,
    DateRange,
    Everything,
    Expanded,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    StorySize,
    Wildcard,
    Word,
)
from index.ranking import (
    COORDINATION,
    EXPRESSION,
    NEAR,
    NEAR_WORTH,
    PAIR,
    Expression,
    WordPair,
    expressions,
    has_content_terms,
    idf,
    weight,
)
from index.ranking import TITLE as TITLE_WEIGHT


class QueryMaker:
    """Makes the queries of one generation; `size` is the number of its articles."""

    def __init__(self, leaves: Leaves, counts: ArticleCounts, proximity: Proximity, size: int) -> None:
        self._leaves = leaves
        self._counts = counts
        self._proximity = proximity
        self._size = size

    def matching(self, tree: Node) -> Dsl:
        """What matches a tree, for filters and counts."""
        return filtering([self._counts.resolved(lambda asked: self._walk(tree, asked).node(tree).query)])

    def ranked(self, tree: Node) -> Dsl:
        """What matches a tree, with the scores that order it."""
        return self._counts.resolved(lambda asked: self._ranked(tree, asked))

    def _walk(self, tree: Node, asked: Asked) -> "_Walk":
        asking = has_content_terms(tree)
        return _Walk(self._leaves, self._proximity, _Scoring(asked, self._size, asking))

    def _ranked(self, tree: Node, asked: Asked) -> Dsl:
        walk = self._walk(tree, asked)
        found = walk.node(tree).scored
        bonuses = [bonus for one in expressions(tree) for bonus in walk.bonuses(one)]
        return {"bool": {"must": [found], "should": bonuses}} if bonuses else found


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What scores depend on: counts of articles, the number of all, and whether more than question words are asked."""

    asked: Asked
    size: int
    asking: bool

    def idf(self, query: Dsl) -> float:
        return idf(self.size, self.asked(query)) if self.size else 0.0


class _Walk:
    """One making of a whole query."""

    def __init__(self, leaves: Leaves, proximity: Proximity, scoring: _Scoring) -> None:
        self._leaves = leaves
        self._proximity = proximity
        self._scoring = scoring

    def node(self, node: Node) -> Part:
        match node:
            case And(parts):
                return _all_of([self.node(part) for part in parts])
            case Or(parts):
                return _any_of([self.node(part) for part in parts])
            case Expanded(asked, ()):
                return self.node(asked)
            case Expanded(asked, also):
                return _best_of([self.node(asked), *(self.node(other.leaf) for other in also)])
            case Not(part):
                return Part(filtering([], [self.node(part).query]))
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Part:
        scoring = self._scoring
        match leaf:
            case Everything():
                return Part(ALL)
            case DateRange() | StorySize():
                return self._leaves.within(leaf)
            case Word() | Phrase() | Wildcard() if leaf.field not in FIELDS:
                return self._leaves.fact(leaf)
            case Word():
                return self._leaves.word(leaf, weight(leaf, asking=scoring.asking), scoring.asked, scoring.size)
            case Phrase():
                query = self._proximity.query(leaf, FIELDS[leaf.field])
                return self._leaves.phrase(leaf, query, scoring.asked, scoring.size)
            case Wildcard():
                return self._leaves.wildcard(leaf, scoring.asked, scoring.size)
            case _:
                assert_never(leaf)

    def bonuses(self, expression: Expression) -> Sequence[Dsl]:
        """What an article gains whose words stand together as in an expression."""
        pairs = [(pair, worth) for pair in expression.pairs if (worth := self._worth(pair, whole=expression.whole))]
        if not pairs:
            return ()
        if not expression.whole:
            return [_constant(self._adjacent(pair), worth) for pair, worth in pairs]
        held: list[Dsl] = []
        for pair, worth in pairs:
            adjacent, near = self._adjacent(pair), NEAR_WORTH if pair.near else 0.0
            held.append(_constant(adjacent, worth * (1 - near)))
            if near:
                held.append(_constant(any_of([_near(pair, TEXT), adjacent]), worth * near))
        titled = [_constant(_near(pair, TITLE), worth * TITLE_WEIGHT) for pair, worth in pairs]
        return [_squared(held, sum(worth for _, worth in pairs)), *titled]

    def _worth(self, pair: WordPair, *, whole: bool) -> float:
        weights = [weight(word, asking=self._scoring.asking) for word in (pair.left, pair.right)]
        if whole:
            both = filtering([forms_query(TEXT, [word.form]) for word in (pair.left, pair.right)])
            return EXPRESSION * min(weights) * self._scoring.idf(both)
        of_each = [
            each * self._scoring.idf(self._leaves.plain_word(word, FIELDS[word.field]))
            for word, each in zip((pair.left, pair.right), weights, strict=True)
        ]
        return PAIR * sum(of_each) if all(of_each) else 0.0

    def _adjacent(self, pair: WordPair) -> Dsl:
        """The articles with a pair side by side, or with another way to say its expression."""
        return any_of(
            [in_a_row(TEXT, [pair.left.form, pair.right.form]), *(self.node(leaf).query for leaf in pair.instead)]
        )


def _near(pair: WordPair, field: str) -> Dsl:
    return together(field, [pair.left.form, pair.right.form], NEAR, ordered=True)


def _constant(query: Dsl, score: float) -> Dsl:
    return {"constant_score": {"filter": query, "boost": score}}


def _squared(constants: Sequence[Dsl], whole: float) -> Dsl:
    """The square of the sum of some constants, divided: the sum of those that an article has, times the same again."""
    held = [one["constant_score"] for one in constants]
    functions = [{"filter": one["filter"], "weight": one["boost"] / whole} for one in held]
    combined = {"query": any_of(constants), "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}
    return {"function_score": combined}


def _all_of(parts: Sequence[Part]) -> Part:
    scored = [part.query for part in parts if part.worth]
    filters = [part.query for part in parts if not part.worth]
    query: dict[str, Any] = {}
    if scored:
        query["must"] = scored
    if filters:
        query["filter"] = filters
    return Part({"bool": query}, sum(part.worth for part in parts))


def _any_of(parts: Sequence[Part]) -> Part:
    whole = sum(part.worth for part in parts)
    found = any_of([part.scored for part in parts])
    if not whole:
        return Part(found)
    shares = [{"filter": part.query, "weight": COORDINATION * part.worth / whole} for part in parts if part.worth]
    functions = [*shares, {"filter": ALL, "weight": 1 - COORDINATION}]
    combined = {"query": found, "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}
    return Part({"function_score": combined}, whole)


def _best_of(parts: Sequence[Part]) -> Part:
    """What matches any of some parts, with the best of its scores; the first is what was asked."""
    most = parts[0].worth or max(part.worth for part in parts)
    if not most:
        return Part(any_of([part.query for part in parts]))
    queries = [
        boosted(part.query, most / part.worth) if part.worth > most else part.scored
        for part in parts
        if part.query is not NONE
    ]
    return Part({"dis_max": {"queries": queries}}, most)
