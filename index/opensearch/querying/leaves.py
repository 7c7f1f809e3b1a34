"""Leaves of query trees in the server's language: a word, phrase, wildcard, fact or range of days, with its score.

What matches is decided by our tokens alone. Each scored leaf has its worth, weight · idf, as its boost; the similarity
of the field does the rest (`mapping`). The server's own similarity multiplies by a rarity of its own, which is divided
out by the same counts of articles.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from index.fact_matching import matches
from index.opensearch.mapping import CAPITALS, LENGTH, STEM, TEXT, TITLE, Similarity, fact_field, token
from index.opensearch.querying.counted import Asked
from index.opensearch.vocabulary import ClusterVocabulary
from index.query.leaf_parsing import ANY_VALUE
from index.query.tree import DateRange, Phrase, StoryMeasure, StorySize, Wildcard, Word
from index.ranking import K1, SURFACE, B, idf
from index.ranking import TITLE as TITLE_WEIGHT
from index.words.stemming import stem

FIELDS: Final = {None: TEXT, "title": TITLE}  # query field → index field; every other query field is a fact
MOST_SUMMED: Final = 500  # forms whose occurrences are added up; of more, an article has one
SMALLEST: Final = 1e-9
SHORT: Final = 1 + K1 * (1 - B)  # by which the score of a word that occurs once is divided in an empty text
MOST_COMPARED: Final = 32  # forms of which the most frequent one is looked for

Dsl = Mapping[str, Any]
NONE: Final[Dsl] = {"match_none": {}}
ALL: Final[Dsl] = {"match_all": {}}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query: what it is for the server, and what it is worth; one that is worth nothing only filters."""

    query: Dsl
    worth: float = 0.0

    @property
    def scored(self) -> Dsl:
        """The query, which scores nothing if it is worth nothing."""
        return self.query if self.worth else filtering([self.query])


def filtering(filters: Sequence[Dsl], excluded: Sequence[Dsl] = ()) -> Dsl:
    """What passes some filters and matches none of some others, without a score."""
    held: dict[str, Any] = {"filter": list(filters) or [ALL]}
    if excluded:
        held["must_not"] = list(excluded)
    return {"bool": held}


def any_of(queries: Sequence[Dsl]) -> Dsl:
    """What matches any of some queries."""
    if not queries:
        return NONE
    return queries[0] if len(queries) == 1 else {"bool": {"should": list(queries), "minimum_should_match": 1}}


def boosted(query: Dsl, boost: float) -> Dsl:
    """A query whose score is multiplied."""
    return {"bool": {"must": [query], "boost": max(boost, SMALLEST)}}


def term(field: str, word: str) -> Dsl:
    """What has a token."""
    return {"term": {field: {"value": word}}}


def forms_query(field: str, forms: Sequence[str]) -> Dsl:
    """What has any of some forms, as one term; of very many, each article has one occurrence."""
    if not forms:
        return NONE
    if len(forms) == 1:
        return term(field, token(forms[0]))
    if len(forms) > MOST_SUMMED:
        return {"terms": {field: list(map(token, forms))}}
    return {"match": {field: {"query": "|".join(map(token, forms)), "analyzer": "stacked"}}}


def in_a_row(field: str, forms: Sequence[str]) -> Dsl:
    """What has some forms side by side."""
    return {"match_phrase": {field: {"query": " ".join(map(token, forms)), "analyzer": "tokens"}}}


def together(field: str, forms: Sequence[str], distance: int, *, ordered: bool) -> Dsl:
    """What has some forms with at most so many positions from the first to the last."""
    words = [{"match": {"query": token(form), "analyzer": "tokens"}} for form in forms]
    wanted = {"intervals": words, "ordered": ordered, "max_gaps": distance + 1 - len(forms)}
    return {"intervals": {field: {"all_of": wanted}}}


def repeated(field: str, forms: Sequence[str], times: int) -> Dsl:
    """What has some forms side by side so often, in places that do not overlap."""
    row = {"match": {"query": " ".join(map(token, forms)), "analyzer": "tokens", "ordered": True, "max_gaps": 0}}
    return {"intervals": {field: {"all_of": {"intervals": [row] * times, "ordered": True}}}}


def days(first: date | None, last: date | None, *, possibly: bool = False) -> Dsl:
    """What surely appeared in a range of days; with `possibly`, also what may have."""
    if first is None and last is None:
        return ALL
    begin, end = (None if day is None else day.toordinal() for day in (first, last))
    if possibly:
        overlaps = [_range("last", "gte", begin), _range("first", "lte", end)]
        undated = filtering([], [{"exists": {"field": "first"}}])
        return any_of([undated, filtering([one for one in overlaps if one])])
    inside = [_range("first", "gte", begin), _range("last", "lte", end), {"exists": {"field": "first"}}]
    return filtering([one for one in inside if one])


def _range(field: str, bound: str, day: int | None) -> Dsl | None:
    return None if day is None else {"range": {field: {bound: day}}}


@dataclass(frozen=True, slots=True)
class TermScoring:
    """How terms are scored: by which similarity, and what the mean length of texts is, in words."""

    similarity: Similarity
    average: float

    def scored(self, query: Dsl, worth: float, asked: Asked, size: int) -> Dsl:
        """A word, some forms or a phrase, scored by how often an article has it."""
        scripted = self.similarity is Similarity.SCRIPTED
        factor = _words(query) if scripted else _rarity(query, asked, size)
        return boosted(query, worth * (K1 + 1) / factor)

    def once(self, query: Dsl, worth: float) -> Dsl:
        """A query of which each article has one occurrence."""
        pivot = SHORT * (self.average or 1.0) / (K1 * B)
        length = {"field": LENGTH, "saturation": {"pivot": pivot}, "boost": worth * (K1 + 1) / SHORT}
        return {"bool": {"filter": [query], "must": [{"rank_feature": length}]}}


def _words(query: Dsl) -> int:
    """The words whose scores a scripted similarity adds up: those of a phrase."""
    return sum(len(told["query"].split(" ")) for told in query.get("match_phrase", {}).values()) or 1


def _rarity(query: Dsl, asked: Asked, size: int) -> float:
    """The rarity by which the server's own similarity multiplies: of a phrase the sum, of forms that of the commonest.

    Its counts are ours, but for articles that were removed or replaced since the last merge.
    """
    if (row := query.get("match_phrase")) is not None:
        ((field, told),) = row.items()
        return sum(idf(size, asked(term(field, word))) for word in told["query"].split(" "))
    most = asked(query)
    if (forms := query.get("match")) is not None:
        ((field, told),) = forms.items()
        different = told["query"].split("|")
        if len(different) <= MOST_COMPARED:
            most = max(asked(term(field, form)) for form in different)
    return 1.0 if "terms" in query else idf(size, most)


class Leaves:
    """The leaves of queries of one generation."""

    def __init__(
        self, vocabulary: ClusterVocabulary, fact_values: Callable[[str], Sequence[str]], scoring: TermScoring
    ) -> None:
        self._vocabulary = vocabulary
        self._fact_values = fact_values
        self._scoring = scoring

    def fact(self, leaf: Word | Phrase | Wildcard) -> Part:
        """The articles with a value of a fact that a leaf matches."""
        name = str(leaf.field)
        if isinstance(leaf, Wildcard) and leaf.pattern == ANY_VALUE:
            return Part({"exists": {"field": fact_field(name)}})
        values = [value for value in self._fact_values(name) if matches(leaf, value)]
        return Part({"terms": {fact_field(name): values}} if values else NONE)

    def within(self, leaf: DateRange | StorySize) -> Part:
        """The articles whose date, or the size of whose story, lies in a range."""
        if isinstance(leaf, DateRange):
            return Part(days(leaf.first, leaf.last, possibly=leaf.possibly))
        field = "stories" if leaf.measure is StoryMeasure.VERSIONS else "outlets"
        ends = {"gte": leaf.least, "lte": leaf.most}
        return Part({"range": {field: {bound: end for bound, end in ends.items() if end is not None}}})

    def word(self, word: Word, weight: float, asked: Asked, size: int) -> Part:
        """The articles with any form of a word that is not switched off; one in all caps matches only as such."""
        field = FIELDS[word.field]
        query = self.plain_word(word, field)
        worth = weight * _idf(size, asked(query))
        more = []
        if field == TEXT:
            titled = self.plain_word(word, TITLE)
            more.append((titled, weight * TITLE_WEIGHT * _idf(size, asked(titled))))
        if not word.capitals and word.form not in word.without:
            typed = term(field, token(word.form))
            more.append((typed, weight * SURFACE * _idf(size, asked(typed))))
        if not worth:
            return Part(query)
        scored = self._scoring.scored
        added = [scored(each, more_worth, asked, size) for each, more_worth in more if more_worth]
        return Part({"bool": {"must": [scored(query, worth, asked, size)], "should": added}}, worth)

    def plain_word(self, word: Word, field: str) -> Dsl:
        """What matches a word in a field, without a score of its own."""
        if word.capitals:
            return term(field, f"{CAPITALS}{token(word.form)}")
        if not word.without:
            return term(field, f"{STEM}{token(stem(word.form))}")
        forms = [form for form, _ in self._vocabulary.forms(stem(word.form)) if form not in word.without]
        return forms_query(field, sorted(forms))

    def phrase(self, leaf: Phrase, query: Dsl, asked: Asked, size: int) -> Part:
        """A phrase that a query finds, scored as one term with the rarity of all its words together."""
        worth = len(leaf.forms) * _idf(size, asked(query))
        if not worth:
            return Part(query)
        if "intervals" in query or "bool" in query:
            return Part(self._scoring.once(query, worth), worth)
        return Part(self._scoring.scored(query, worth, asked, size), worth)

    def wildcard(self, leaf: Wildcard, asked: Asked, size: int) -> Part:
        """The articles with a word that matches the pattern; all matching words count as one term."""
        query = forms_query(FIELDS[leaf.field], self._vocabulary.matching(leaf.pattern))
        worth = _idf(size, asked(query)) if query is not NONE else 0.0
        if not worth:
            return Part(query)
        if "terms" in query:
            return Part(self._scoring.once(query, worth), worth)
        return Part(self._scoring.scored(query, worth, asked, size), worth)


def _idf(size: int, frequency: int) -> float:
    return idf(size, frequency) if size else 0.0
