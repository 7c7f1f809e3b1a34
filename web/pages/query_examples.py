"""Examples of the query language that find something in this archive.

Each kind of query has a few usual examples. The first that finds something is taken; if none does, one is made from
the words of the newest article, or from the facts of the archive. An example is looked for once per published index.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from archive.article import Article
from index.engine import EngineError, Reader
from index.facets import Count
from index.query.errors import BadQuery
from index.query.request import Query, Sort
from index.words.tokenizer import find_runs
from web import app_engine

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "words": ("perundingan Korut", "kenaikan harga", "korban banjir"),
    "capitals": ("AS", "DPR", "KPK"),
    "phrase": ('"Kim Jong Un"', '"Amerika Serikat"', '"rumah sakit"'),
    "exact": ("=pertemuan", "=korban", "=warga"),
    "forms": ("=(bertemu OR pertemuan)", "=(naik OR kenaikan)"),
    "or": ("Trump OR Pompeo", "banjir OR longsor"),
    "not": ("Korea -Jepang", "banjir -Jakarta"),
    "group": ("(harga OR banjir) Sulawesi", "(beras OR jagung) harga"),
    "near": ('"Donald Kim"~5', '"harga naik"~5', '"korban meninggal"~5'),
    "unordered": ("Trump NEAR/10 Kim", "harga NEAR/10 naik", "korban NEAR/10 banjir"),
    "wildcard": ("vaksin*", "nelayan*", "pemerintah*"),
    "ending": ("*isasi", "*nya"),
    "title": ("title:Korea", "title:Jakarta", "title:banjir"),
    "outlet": ("outlet:antara", "outlet:kompas"),
    "place": ("place:jakarta",),
    "dates": ("date:2018..2020",),
    "sizes": ("versi:10..", "versi:5..", "versi:2..", "versi:1.."),
}
FACTS: Final = {"outlet": "outlet", "place": "place"}  # the kinds of examples that are made from a facet
LEAST_LETTERS: Final = 4  # of a word that an example is made of
KEPT: Final = "query examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A query text and the number of articles it finds; 0 if the archive has no example of this kind."""

    text: str
    articles: int


def examples() -> Mapping[str, Example]:
    """Return an example of each kind of query; without an index they find nothing."""
    try:
        return app_engine.once_per_index(KEPT, lambda: dict(_find_all(app_engine.reader())))
    except EngineError:
        return {shows: Example(texts[0], 0) for shows, texts in USUAL.items()}


def _find_all(reader: Reader) -> Iterator[tuple[str, Example]]:
    newest = reader.find(Query(sort=Sort.NEWEST, size=1), facets=("year", *FACTS.values()))
    made = dict(_from_words(newest.matches[0].article)) if newest.matches else {}
    made |= {shows: _from_fact(facet, newest.counts[facet]) for shows, facet in FACTS.items()}
    made["dates"] = _from_years(newest.counts["year"])
    for shows, usual in USUAL.items():
        counted = ((text, _articles(reader, text)) for text in (*usual, made.get(shows, "")) if text)
        text, articles = next(((text, articles) for text, articles in counted if articles), (usual[0], 0))
        yield shows, Example(text, articles)


def _articles(reader: Reader, text: str) -> int:
    try:
        return reader.find(Query(text, size=1), facets=()).articles
    except BadQuery:  # a word of an article may mean something else in a query
        return 0


def _from_words(article: Article) -> Iterator[tuple[str, str]]:
    """Make examples from the words of an article, which they find."""
    text = " ".join((article.title, *article.paragraphs[:1]))[:500]
    words = [run for run in find_runs(text) if run.isalpha() and len(run) >= LEAST_LETTERS][:12]
    if len(words) < 2:
        return
    first, second = sorted(words, key=len, reverse=True)[:2]
    yield "words", f"{first} {second}"
    yield "exact", f"={first}"
    yield "forms", f"=({first} OR {second})"
    yield "or", f"{first} OR {second}"
    yield "group", f"({first} OR {second}) {words[0]}"
    yield "wildcard", f"{first[:LEAST_LETTERS]}*"
    yield "ending", f"*{first[-LEAST_LETTERS:]}"
    yield "phrase", f'"{first}"'
    yield "title", f"title:{first}"


def _from_fact(facet: str, counts: Mapping[str, Count]) -> str:
    """Make an example from the most frequent value of a facet."""
    value = max(counts, key=lambda value: (counts[value], value), default="")
    return f'{facet}:"{value}"' if value and '"' not in value else ""


def _from_years(counts: Mapping[str, Count]) -> str:
    return f"date:{min(counts)}..{max(counts)}" if counts else ""
