"""Every engine passes the contract, and the embedded one agrees with the in-memory one on random data."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.association import Measure
from index.concordance import LineOrder, Lines
from index.engine import Engine, EngineAnswer
from index.opening import open_engine
from index.query.request import Copies, Lead, Query, Sort
from index.trends import Interval, Split
from index.word_statistics import CollocatesWanted, KeywordsWanted, SimilarWanted, WordKind
from tests.contract.concordance_contract import *  # noqa: F403
from tests.contract.cursor_contract import *  # noqa: F403
from tests.contract.engine_contract import *  # noqa: F403  # the contract's tests run here, once for each engine
from tests.contract.engine_contract import an_article
from tests.contract.first_seen_contract import *  # noqa: F403
from tests.contract.first_seen_contract import begun_at
from tests.contract.memory_engine import MemoryEngine
from tests.contract.similarity_contract import *  # noqa: F403
from tests.contract.snapshot_contract import *  # noqa: F403
from tests.contract.story_size_contract import *  # noqa: F403
from tests.contract.trends_contract import *  # noqa: F403
from tests.contract.walk_contract import *  # noqa: F403
from tests.contract.words_contract import *  # noqa: F403

pytestmark = pytest.mark.long


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return MemoryEngine() if request.param == "memory" else open_engine(tmp_path / "index")


FORMS = [
    "beras",
    "berasnya",
    "anak-anak",
    "anak",
    "anaknya",
    "Kim",
    "Jong-un",
    "1,5",
    "pertemuan",
    "bertemu",
    "di",
    "Jum'at",
]
FAMILY = ["perintah", "pemerintah", "memerintahkan", "pemerintahan-nya"]
NAMES = ["AS", "as", "KTP-nya", "ktp", "Korut", "Korea", "Utara"]
WORDS = [*FORMS, *FAMILY, *NAMES]
DAYS = [None, "2018", "2018-05", "2018-05-03", "2018-05-31", "2019-01-01"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
names = st.sampled_from([None, "ANTARA News", "Kompas.com", "Beras"])


titles: st.SearchStrategy[dict[str, object]] = st.just({}) | st.builds(
    lambda title: {"title": title, "title_derived": False}, sentences
)


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    count = draw(st.integers(1, 8))
    return [
        an_article(
            f"{number}",
            "\n".join(draw(st.lists(sentences, min_size=1, max_size=2))),
            draw(st.sampled_from(DAYS)),
            outlet=draw(names),
            reporters=tuple(draw(st.lists(st.sampled_from(["Ani", "Budi S"]), unique=True))),
            **draw(titles),
        )
        for number in range(count)
    ]


Groups = dict[str, str]


@st.composite
def groupings(draw: st.DrawFn, ids: list[str]) -> tuple[Groups, Groups]:
    """Stories, and loose groups of whole stories, each named by its first article."""
    chosen = draw(st.lists(st.sampled_from(ids), min_size=len(ids), max_size=len(ids)))
    stories = {id_: min(id_, other) for id_, other in zip(ids, chosen, strict=True)}
    stories = {id_: min(other for other in ids if stories[other] == name) for id_, name in stories.items()}
    together = draw(st.sets(st.sampled_from(sorted(set(stories.values())))))
    loose = {id_: min(together) for id_, name in stories.items() if name in together}
    return stories, loose


leaves = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(lambda words: f'"{" ".join(words)}"~3'),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(lambda words: f'"{" ".join(words)}"~~4'),
    st.sampled_from(
        [
            "=bertemu",
            "Korea Utara",
            "ber*",
            "*ana*",
            "outlet:antara",
            "reporter:budi",
            "date:2018",
            "date:2018-05..2019",
            "title:beras",
            "versi:2..",
            "versions:1..2",
            "outlets:..1",
            "sebaran:0",
        ]
    ),
)
texts = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"-{one}"),
    ),
    max_leaves=5,
)
choices = st.fixed_dictionaries(
    {},
    optional={
        "outlet": names.filter(bool).map(lambda name: (name,)),
        "year": st.just(("2018", "2019")),
        "day": st.sampled_from([("05-03",), ("05-31", "01-01"), ("02-29",)]),
        "versions": st.sampled_from([("1",), ("2-4", "5-9")]),
        "outlets": st.sampled_from([("1",), ("2-4", "10+")]),
        "weekday": st.sampled_from([("thursday",), ("thursday", "tuesday"), ("sunday",)]),
    },
)
queries = st.builds(
    Query,
    text=texts | st.just(""),
    chosen=choices,
    excluded=choices,
    since=st.sampled_from([None, "2018-05"]),
    until=st.sampled_from([None, "2018-06-15"]),
    sort=st.sampled_from([sort for sort in Sort if sort is not Sort.RELEVANCE]),
    copies=st.sampled_from(Copies),
    lead=st.sampled_from(Lead),
    page=st.integers(1, 3),
    size=st.integers(1, 4),
    expand=st.booleans(),
    off=st.lists(st.sampled_from(["bertemu", "beras", "anak", "ktp", "Korea Utara", "as"]), max_size=2).map(tuple),
    on=st.lists(st.sampled_from(["pemerintah", "Perintah", "beras"]), max_size=2).map(tuple),
)


wanted_lines = st.builds(
    Lines,
    st.sampled_from(LineOrder),
    first=st.integers(0, 2),
    size=st.integers(1, 50),
    sample=st.none() | st.integers(1, 4),
    seed=st.integers(0, 3),
    stories_once=st.booleans(),
)
wanted_collocates = st.builds(
    CollocatesWanted,
    st.integers(1, 4),
    st.sampled_from(WordKind),
    st.sampled_from(Measure),
    most=st.integers(1, 9),
    least=st.integers(1, 2),
    stories_once=st.booleans(),
    without=st.just(frozenset()) | st.just(frozenset({"anak", "beras"})),
)
wanted_keywords = st.builds(
    KeywordsWanted, most=st.integers(1, 9), least=st.integers(1, 2), against=st.none() | queries
)
# As many as there are: near scores are rounded differently, so that of equal articles another one may be the last.
wanted_similar = st.builds(
    SimilarWanted,
    st.lists(st.sampled_from(["beras", "anak", "temu", "perintah", "kim", "di"]), unique=True).map(tuple),
    st.sampled_from([str(number) for number in range(8)]),
    least=st.integers(1, 2),
    most=st.just(20),
)
splits = st.none() | st.builds(Split, st.sampled_from(["outlet", "reporter", "year", "versions"]), st.integers(1, 2))


def agree(data: st.DataObject, both: tuple[Engine, Engine]) -> None:
    """Build the same random archive in two engines, in two steps, and ask both the same; the first is the oracle."""
    first, second = data.draw(articles()), data.draw(articles())
    added = {article.id for article in second}
    gone = data.draw(st.sets(st.sampled_from([article.id for article in first]))) - added
    stories, loose = data.draw(groupings(sorted({article.id for article in first} - gone | added)))
    for engine in both:
        with begun_at(1), engine.build() as build:
            for article in first:
                build.add(article)
        with begun_at(2), engine.build() as build:
            for article in second:
                build.add(article)
            for article_id in gone:
                build.remove(article_id)
            build.set_stories(stories, loose)
    for query in data.draw(st.lists(queries, min_size=5, max_size=10)):
        plain, found = (_comparable(engine.find(query)) for engine in both)
        assert found == plain, query
        by, split = data.draw(st.sampled_from(Interval)), data.draw(splits)
        over_time = [engine.trends(query, by, split) for engine in both]
        assert over_time[1] == over_time[0], (query, by, split)
        wanted = data.draw(wanted_lines)
        plain_lines, found_lines = (engine.concordance(query, wanted) for engine in both)
        assert found_lines == plain_lines, (query, wanted)
        around, apart = data.draw(wanted_collocates), data.draw(wanted_keywords)
        plain_words, found_words = (
            (engine.collocates(query, around), engine.keywords(query, apart)) for engine in both
        )
        assert found_words == plain_words, (query, around, apart)
        shared = data.draw(wanted_similar)
        plain_similar, found_similar = (_told(engine, shared) for engine in both)
        assert found_similar == plain_similar, shared
        begun, found_begun = (engine.find(replace(query, after=""), facets=()) for engine in both)
        assert _comparable(found_begun)[:2] == _comparable(begun)[:2], query
        assert found_begun.last == begun.last, query
        assert list(both[1].walk(query)) == list(both[0].walk(query)), query


def _told(engine: Engine, wanted: SimilarWanted) -> set[str]:
    """The stories of similar articles."""
    found = (engine.get(one.article) for one in engine.similar(wanted))
    return {held[1] for held in found if held}


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_embedded_engine_agrees_with_the_plainest_reading(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        agree(data, (MemoryEngine(), open_engine(Path(folder))))


letters = st.text("abcé", min_size=1, max_size=5)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(letters, min_size=1, max_size=30), st.lists(letters, min_size=1, max_size=30), st.text("abc"))
def test_the_embedded_vocabulary_agrees_with_the_plainest_reading(old: list[str], new: list[str], form: str) -> None:
    with TemporaryDirectory() as folder:
        both = [MemoryEngine(), open_engine(Path(folder))]
        for engine in both:
            for words in (old, new):
                with engine.build() as build:
                    for number in range(0, len(words), 3):
                        build.add(an_article(f"{number}", " ".join(words[number : number + 3])))
        plain, embedded = (engine.vocabulary() for engine in both)
        assert list(embedded.near(form, 9)) == list(plain.near(form, 9))
        assert list(embedded.starting(form, 3)) == list(plain.starting(form, 3))
        assert sorted(embedded.forms(form)) == sorted(plain.forms(form))
        assert embedded.articles(form) == plain.articles(form)


def _comparable(found: EngineAnswer) -> tuple[object, ...]:
    matches = [(match.article, match.story, match.copies) for match in found.matches]
    totals = (
        *(found.articles, found.stories, found.hits, found.undated_left_out),
        *(found.index.articles, found.index.stories),
    )
    return totals, matches, found.counts
