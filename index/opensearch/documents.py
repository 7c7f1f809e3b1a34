"""Documents: an article as the server gets it, prepared in any process as if no other were grouped with it.

article → its two documents, counts of words    `prepare`, in portions, on all cores
        → with another story, group or date      `regrouped`, for the few that have one when the stories are known
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from archive.article import Article, ArticleDate, Role
from archive.copies.fingerprints import Fingerprint, fingerprints
from index.facets import FACETS, date_facts, facts, story_facts
from index.opensearch.identifiers import number_of, numbers_of
from index.opensearch.mapping import (
    CAPITALS,
    LENGTH,
    ONE,
    SAMPLE,
    SAMPLE_BYTES,
    STEM,
    TEXT,
    TEXT_DIGEST,
    TITLE,
    WITHOUT,
    token,
)
from index.opensearch.stored_articles import article_document, with_story
from index.opensearch.word_counts import WordCounts
from index.trends import Interval, bin_of
from index.words.chunking import END, chunks
from index.words.stemming import stem_of
from index.words.tokenizer import find_runs, is_all_caps, tokenize_run

PACKED_SAMPLE: Final = np.dtype("<u4")  # the number of shingles, then the hashes of the sample
MOST_CACHED: Final = 1 << 17  # chunks; some 60 MB


class Chunk(NamedTuple):
    """The tokens of a chunk of text: as the server gets them, their forms and stems, and the forms in all caps."""

    stacked: str
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its two documents as JSON: `text`, which is searched, and `whole`, which is read."""

    id: str
    digest: str
    date: ArticleDate
    outlet: str | None
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class PreparedArticles:
    """Some prepared articles, and the counts of their words."""

    articles: tuple[Prepared, ...]
    counts: WordCounts


class Place(NamedTuple):
    """What a document gets from other articles: its story and loose group, how many articles are in each, and outlets.

    `outlets` is the number of different outlets that have an article of the story.
    """

    story: str
    group: str
    stories: int
    groups: int
    outlets: int


def alone(article_id: str, outlet: str | None) -> Place:
    """The place of an article with which no other is grouped."""
    return Place(article_id, article_id, 1, 1, int(outlet is not None))


class _ChunkCache(dict[bytes, Chunk]):
    """Chunk → its tokens, made at the first look-up."""

    def __missing__(self, chunk: bytes) -> Chunk:
        if len(self) >= MOST_CACHED:
            self.clear()
        found = self[chunk] = _tokens(chunk.decode("utf-8", "surrogatepass"))
        return found


def _tokens(text: str) -> Chunk:
    stacked, forms, stems, capitals = [], [], [], []
    for run in find_runs(text):
        for part in tokenize_run(run):
            stem = stem_of(part.form, part.unit)
            marks = [token(part.form), f"{STEM}{token(stem)}"]
            if is_all_caps(run[part.start : part.end]):
                marks.append(f"{CAPITALS}{token(part.form)}")
                capitals.append(part.form)
            stacked.append("|".join(marks))
            forms.append(part.form)
            stems.append(stem)
    return Chunk(" ".join(stacked), tuple(forms), tuple(stems), tuple(capitals))


_CHUNKS = _ChunkCache()


def prepare(articles: Sequence[Article]) -> PreparedArticles:
    """Prepare some articles, in any process."""
    texts = [text for article in articles for text in (article.title, _body(article))]
    tokens = _split(chunks(texts))
    prints = fingerprints(article.paragraphs for article in articles)
    counts = WordCounts()
    made = []
    for article, printed, title, body in zip(articles, prints, tokens[::2], tokens[1::2], strict=True):
        made.append(_prepared(article, printed, title, body))
        _count(counts, article, title, body)
    return PreparedArticles(tuple(made), counts)


def counts_of(articles: Sequence[Article]) -> WordCounts:
    """The counts of the words of some articles."""
    return prepare(articles).counts


def _split(parts: Iterable[bytes]) -> list[list[Chunk]]:
    """The chunks of each text."""
    found: list[list[Chunk]] = [[]]
    for part in parts:
        if part == END:
            found.append([])
        else:
            found[-1].append(_CHUNKS[part])
    return found[:-1]


def _body(article: Article) -> str:
    """The body paragraphs of an article; any amount of white space separates words."""
    return "\n".join(article.text[part.start : part.end] for part in article.passages if part.role is Role.BODY)


def _prepared(article: Article, printed: Fingerprint, title: list[Chunk], body: list[Chunk]) -> Prepared:
    title_text, body_text = (" ".join(part.stacked for part in parts if part.stacked) for parts in (title, body))
    told: dict[str, Any] = {
        TEXT: body_text if article.title_derived else [title_text, body_text],
        TITLE: title_text,
        "id": article.id,
        "words": article.words,
        LENGTH: max(sum(len(part.forms) for part in (*(() if article.title_derived else title), *body)), 1),
        ONE: facts(article, article.id),
        **sample_fields(printed),
    }
    text = _placed(told, article.date, alone(article.id, article.outlet))
    return Prepared(article.id, article.digest, article.date, article.outlet, text, article_document(article))


def sample_fields(printed: Fingerprint) -> dict[str, Any]:
    """The fields by which an article is found as a candidate for a copy; none for an article without words."""
    if not printed.size:
        return {}
    packed = np.concatenate((np.array([printed.size], PACKED_SAMPLE), printed.sample.astype(PACKED_SAMPLE)))
    return {
        TEXT_DIGEST: numbers_of(np.array([printed.digest], np.uint64))[0],
        SAMPLE: printed.sample.view(np.int32).tolist(),
        SAMPLE_BYTES: b64encode(packed.tobytes()).decode(),
    }


def regrouped(article: Prepared, date: ArticleDate, place: Place) -> Prepared:
    """An article whose documents have another date or place."""
    text = _placed(json.loads(article.text), date, place)
    copied = None if date == article.date else date
    return replace(article, text=text, whole=with_story(article.whole, place.story, copied))


def with_since(text: str, since: int) -> str:
    """The document of an article that is searched, with since when the index has had it."""
    return f'{text[:-1]}, "since": {since}}}'


def _placed(told: dict[str, Any], date: ArticleDate, place: Place) -> str:
    """What is told of an article, with a date and a place in the stead of any that it had."""
    held = {**told[ONE], **date_facts(date), **story_facts(place.stories, place.outlets), "story": place.story}
    days = (date.first.toordinal(), date.last.toordinal()) if date.first and date.last else (None, None)
    return json.dumps(
        {
            **told,
            ONE: {name: values for name, values in held.items() if values},
            WITHOUT: [name for name in FACETS if not held.get(name)],
            "story": number_of(place.story),
            "group": number_of(place.group),
            "stories": place.stories,
            "groups": place.groups,
            "outlets": place.outlets,
            "disputed": date.disputed,
            "bin": {by.value: name for by in Interval if (name := bin_of(date, by))},
            "first": days[0],
            "last": days[1],
        }
    )


def _count(counts: WordCounts, article: Article, title: list[Chunk], body: list[Chunk]) -> None:
    parts = [*(() if article.title_derived else title), *body]
    forms = [form for part in parts for form in part.forms]
    counts.occurrences.update(forms)
    counts.articles.update(set(forms))
    counts.stems.update({stem for part in parts for stem in part.stems})
    counts.capitals.update({form for part in parts for form in part.capitals})
    written = [form for part in title for form in part.forms]
    counts.pairs.update(f"{left} {right}" for left, right in pairwise(written))
