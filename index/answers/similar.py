"""Similar articles: those that share an article's most characteristic words, each story once, its own story left out.

A word tells by how often its stem is in the article and by how few articles have it. Stems that are only in the
article's own story find nothing, and those that a quarter of the archive has tell nothing.
`index.word_statistics` says how articles are ranked by the best of them. An article is similar only if it shares
enough; which ones, it says.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import Final

from archive.article import Article
from index.answers.word_statistics import stop_stems
from index.engine import GroupedArticle, Reader
from index.query.request import Query
from index.word_statistics import SimilarWanted
from index.words.stemming import stem_of
from index.words.tokenizer import forms_and_units

MOST_WORDS: Final = 20  # words asked; more make the answer slower and no better
LEAST_SHARED: Final = 4  # of the words asked; two texts share fewer by chance
MOST_REASONS: Final = 5  # words shown of those shared: one line
SHORTEST: Final = 3  # letters of a word
MOST_COMMON: Final = 0.25  # share of the archive
SATURATION: Final = 1.2  # of the frequency in the article, as in BM25
READ: Final = 20_000  # characters of an article whose words are counted


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """A similar article of a story, and the words that it shares, the most telling first, as the given one has them."""

    article: Article
    story: str
    shared: tuple[str, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The words by which to tell in one line why it is similar."""
        return self.shared[:MOST_REASONS]


def similar(reader: Reader, given: GroupedArticle, most: int) -> tuple[SimilarArticle, ...]:
    """The articles most similar to a given one, at most so many and none of its own story."""
    words = _telling(reader, given.article, given.story)
    if len(words) < LEAST_SHARED:
        return ()
    ranked = reader.similar(SimilarWanted(tuple(words), given.story, LEAST_SHARED, most))
    read = ((reader.get(one.article), one.shared) for one in ranked)
    return tuple(SimilarArticle(*held, tuple([words[stem] for stem in shared])) for held, shared in read if held)


def _telling(reader: Reader, article: Article, story: str) -> dict[str, str]:
    """The most telling stems of an article, the best first, each with its most frequent form there."""
    forms = _words(article)
    vocabulary, archive = reader.vocabulary(), reader.info().articles
    own = reader.find(Query(chosen=MappingProxyType({"story": (story,)}), size=1), facets=()).articles
    weights = {}
    for stem, counted in forms.items():
        articles = vocabulary.articles_with_stem(stem)
        if own < articles <= archive * MOST_COMMON:
            frequency = counted.total()
            weights[stem] = frequency / (frequency + SATURATION) * log(archive / articles)
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:MOST_WORDS]
    return {stem: forms[stem].most_common(1)[0][0] for stem in best}


def _words(article: Article) -> dict[str, Counter[str]]:
    """The words of an article that may tell something: stem → how often it has each form."""
    text = "\n".join((article.title, *article.paragraphs))[:READ]
    stops = stop_stems()
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (form, unit), times in Counter(forms_and_units(text)).items():
        if len(form) >= SHORTEST and form.isascii() and form.isalpha():
            stem = stem_of(form, unit)
            if stem not in stops:
                found[stem][form] += times
    return found
