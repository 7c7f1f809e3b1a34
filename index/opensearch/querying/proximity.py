"""Phrases and proximity, exactly.

Words side by side, two words in order, and in any order different words or one word several times are exact in the
server's language. Of three and more words in order with others between, and of words in any order some of which are
repeated, the server finds what may have them, and often enough, and the texts of these articles are read: it keeps only
the smallest stretches, which may hide a wider one that fits.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from index.opensearch.cluster import Cluster
from index.opensearch.querying.leaves import NONE, Dsl, filtering, forms_query, in_a_row, repeated, together
from index.opensearch.querying.places import TokenizedArticle, stretches
from index.opensearch.stored_articles import StoredArticles
from index.query.tree import Phrase
from index.storage.failures import TooMuchToRead

MOST_READ: Final = 10_000  # articles that may have a phrase: some seconds
MOST_REMEMBERED: Final = 256


class Proximity:
    """The phrases of queries of one generation."""

    def __init__(self, cluster: Cluster, texts: str, articles: StoredArticles) -> None:
        self._cluster = cluster
        self._texts = texts
        self._articles = articles
        self._verified = lru_cache(MOST_REMEMBERED)(self._ids)

    def query(self, leaf: Phrase, field: str) -> Dsl:
        """What has a phrase."""
        forms, different = leaf.forms, tuple(dict.fromkeys(leaf.forms))
        if len(forms) == 1:
            return forms_query(field, forms)
        if leaf.ordered and leaf.slop == 1:
            return in_a_row(field, forms)
        if len(forms) == 2 and (leaf.ordered or len(different) == 1):
            return together(field, forms, leaf.slop, ordered=True)
        if not leaf.ordered and len(different) in {1, len(forms)}:  # of one word, any order is in order
            one = len(different) == 1
            return NONE if leaf.slop + 1 < len(forms) else together(field, forms, leaf.slop, ordered=one)
        found = self._verified(leaf, field)
        return filtering([{"terms": {"id": list(found)}}]) if found else NONE

    def _ids(self, leaf: Phrase, field: str) -> Sequence[str]:
        """The articles that have a phrase, by their texts."""
        body = {"size": MOST_READ, "query": self._perhaps(leaf, field), "sort": ["_doc"], "track_total_hits": True}
        answer = self._cluster.search(self._texts, {**body, "_source": False, "docvalue_fields": ["id"]})["hits"]
        total = answer["total"]["value"]
        if total > MOST_READ:
            raise TooMuchToRead(total, MOST_READ)
        ids = [hit["fields"]["id"][0] for hit in answer["hits"]]
        held = (TokenizedArticle(stored.own) for stored in self._articles.read(ids))
        return tuple(one.article.id for one in held if _has(one, leaf))

    def _perhaps(self, leaf: Phrase, field: str) -> Dsl:
        different = tuple(dict.fromkeys(leaf.forms))
        words = [_often(field, form, count) for form, count in Counter(leaf.forms).items()]
        if leaf.ordered:
            words.append(together(field, leaf.forms, leaf.slop * (len(leaf.forms) - 1), ordered=True))
        elif len(different) > 1:
            words.append(together(field, different, leaf.slop, ordered=False))
        return filtering(words)


def _often(field: str, form: str, count: int) -> Dsl:
    """What has a word so often; few articles have a repeated one often enough."""
    if count == 1:
        return forms_query(field, [form])
    return repeated(field, [form], count)


def _has(article: TokenizedArticle, leaf: Phrase) -> bool:
    return any(any(True for _ in stretches(leaf, text)) for _, text in article.searched(leaf.field))
