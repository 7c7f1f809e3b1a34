"""Similar articles: those that share an article's most telling words, each story once, its own story left out.

A word tells by how often its stem is in the article and by how few articles have it. Stems that are only in the
article's own story find nothing, and those that a quarter of the archive has tell nothing. The best of them are asked
as an OR, which the engine ranks. An article is similar only if it shares enough of them; which ones, it says.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import Final

from archive.article import Article
from index.answers.word_statistics import stop_stems
from index.engine import Match, Reader
from index.query.request import Query
from index.words.stemming import stem_of
from index.words.tokenizer import forms_and_units

MOST_WORDS: Final = 20  # words asked; more make the answer slower and no better
LEAST_SHARED: Final = 4  # of the words asked; two texts share fewer by chance
MOST_REASONS: Final = 5
SHORTEST: Final = 3  # letters of a word
MOST_COMMON: Final = 0.25  # share of the archive
SATURATION: Final = 1.2  # of the frequency in the article, as in BM25
READ: Final = 20_000  # characters of an article whose words are counted
SPARE: Final = 4  # hits read for each that is wanted, since some share too few words


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """A similar article, and the words that it shares, the most telling first, as the given article has them."""

    match: Match
    reasons: tuple[str, ...]


def similar(reader: Reader, article: Article, story: str, most: int) -> tuple[SimilarArticle, ...]:
    """The articles most similar to one of a story, at most so many."""
    words = _telling(reader, article, story)
    if len(words) < LEAST_SHARED:
        return ()
    others = MappingProxyType({"story": (story,)})
    query = Query(" OR ".join(words.values()), excluded=others, expand=False, size=min(SPARE * most, 100))
    found = []
    for match in reader.find(query, facets=()).matches:
        shared = set(_stems(match.article))
        reasons = [form for stem, form in words.items() if stem in shared]
        if len(reasons) >= LEAST_SHARED:
            found.append(SimilarArticle(match, tuple(reasons[:MOST_REASONS])))
        if len(found) == most:
            break
    return tuple(found)


def _telling(reader: Reader, article: Article, story: str) -> dict[str, str]:
    """The most telling stems of an article, the best first, each with its most frequent form there."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, stem in _words(article):
        forms[stem][form] += 1
    vocabulary, archive = reader.vocabulary(), reader.info().articles
    own = reader.find(Query(chosen=MappingProxyType({"story": (story,)})), facets=()).articles
    weights = {}
    for stem, counted in forms.items():
        articles = vocabulary.articles_with_stem(stem)
        if own < articles <= archive * MOST_COMMON:
            frequency = counted.total()
            weights[stem] = frequency / (frequency + SATURATION) * log(archive / articles)
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:MOST_WORDS]
    return {stem: forms[stem].most_common(1)[0][0] for stem in best}


def _stems(article: Article) -> Iterator[str]:
    return (stem for _, stem in _words(article))


def _words(article: Article) -> Iterator[tuple[str, str]]:
    """The words of an article that may tell something: (form, stem)."""
    text, stops = "\n".join((article.title, *article.paragraphs))[:READ], stop_stems()
    for form, unit in forms_and_units(text):
        if len(form) >= SHORTEST and form.isascii() and form.isalpha():
            stem = stem_of(form, unit)
            if stem not in stops:
                yield form, stem
