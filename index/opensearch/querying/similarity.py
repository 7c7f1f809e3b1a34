"""Articles that share some stems, in the server's language; `index.word_statistics` says how they are scored."""

from collections.abc import Callable

from index.opensearch.mapping import STEM, TEXT, fact_field, token
from index.opensearch.querying.leaves import NONE, Dsl
from index.ranking import K1
from index.word_statistics import SimilarWanted


def sharing(wanted: SimilarWanted, worth: Callable[[str], float]) -> Dsl:
    """What has enough of the stems, each named in the answer by itself; `worth` is the idf of a stem."""
    if not wanted.stems:
        return NONE  # where none of no clauses are enough, the server finds everything
    terms = [
        {"term": {TEXT: {"value": f"{STEM}{token(stem)}", "boost": worth(stem) * (K1 + 1), "_name": stem}}}
        for stem in wanted.stems
    ]
    own = {"term": {fact_field("story"): wanted.without}}
    return {"bool": {"should": terms, "minimum_should_match": max(wanted.least, 1), "must_not": [own]}}
