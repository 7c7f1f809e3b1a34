"""Articles that share the most of some stems: one sum over their posting lists, without positions.

`index.word_statistics` says what is asked and how it is scored.
"""

from collections.abc import Sequence

import numpy as np

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating.bm25 import Scores, bm25
from index.embedded.evaluating.intersection import intersect_by_search
from index.embedded.evaluating.leaf_queries import TermSource
from index.embedded.evaluating.paging import Keys, score_keys
from index.embedded.facts.columns import Columns, Numbers
from index.embedded.schema import STEM
from index.ranking import idf
from index.word_statistics import Similar, SimilarWanted

SPARE = 4  # candidates for each article wanted, since some share a story


def most_similar(terms: TermSource, columns: Columns, wanted: SimilarWanted) -> list[Similar]:
    """The live articles wanted, the best first."""
    lists = [terms.posting(STEM, stem) for stem in wanted.stems]
    able, scores = _able(lists, terms.norms(STEM), columns, wanted)
    chosen = _best(able, score_keys(scores, columns.newest.take(able, mode="clip")), columns, wanted.most)
    return [
        Similar(columns.ids[document], shared)
        for document, shared in zip(chosen, _shared(chosen, lists, wanted.stems), strict=True)
    ]


def _able(
    lists: Sequence[PostingList], norms: Scores, columns: Columns, wanted: SimilarWanted
) -> tuple[Numbers, Scores]:
    """The documents of other stories with enough of some terms, ascending, and their scores."""
    live = len(columns.by_id)
    documents = np.concatenate([np.empty(0, np.intp), *(held.documents for held in lists)], dtype=np.intp)
    scores = [bm25(held.counts, norms.take(held.documents), idf(live, len(held.documents))) for held in lists]
    shared = np.bincount(documents, minlength=len(columns))
    total = np.bincount(documents, np.concatenate([np.empty(0), *scores], dtype=np.float64), len(columns))
    able = (shared >= max(wanted.least, 1)).nonzero()[0]
    own = columns.number(wanted.without)
    if own is not None:
        able = able[columns.stories.of.take(able) != own]
    return able.astype(np.uint32), total.take(able).astype(np.float32)


def _best(able: Numbers, keys: Keys, columns: Columns, most: int) -> list[int]:
    """The documents with the smallest keys, one of each story."""
    count = SPARE * most
    while True:
        first = keys.argpartition(count)[:count] if count < len(keys) else np.arange(len(keys))
        ordered = able.take(first.take(keys.take(first).argsort()))
        stories: dict[int, int] = {}
        for story, document in zip(columns.stories.of.take(ordered).tolist(), ordered.tolist(), strict=True):
            stories.setdefault(story, document)
        if len(stories) >= most or count >= len(keys):
            return list(stories.values())[:most]
        count *= 4


def _shared(documents: Sequence[int], lists: Sequence[PostingList], stems: Sequence[str]) -> list[tuple[str, ...]]:
    """Which of some terms each document has."""
    wanted = np.array(documents, np.uint32)
    held = np.zeros((len(documents), len(stems)), bool)
    for place, posting in enumerate(lists):
        held[intersect_by_search(wanted, posting.documents)[0], place] = True
    return [tuple(stem for stem, has in zip(stems, row, strict=True) if has) for row in held.tolist()]
