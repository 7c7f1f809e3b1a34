"""Every engine keeps the contract, and the embedded one agrees with the plainest reading of it on anything at all."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.engine import Engine, Found
from index.opening import open_engine
from index.query import Copies, Query, Sort
from tests.engine_contract import *  # noqa: F403  # the contract's tests run here, once for each engine
from tests.engine_contract import an_article
from tests.memory_engine import MemoryEngine


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return MemoryEngine() if request.param == "memory" else open_engine(tmp_path / "index")


WORDS = ["beras", "berasnya", "anak-anak", "anak", "Kim", "Jong-un", "1,5", "pertemuan", "bertemu", "di", "Jum'at"]
DAYS = [None, "2018", "2018-05", "2018-05-31", "2019-01-01"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
names = st.sampled_from([None, "ANTARA News", "Kompas.com", "Beras"])


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
        )
        for number in range(count)
    ]


leaves = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(lambda words: f'"{" ".join(words)}"~3'),
    st.sampled_from(
        ["ber*", "*ana*", "outlet:antara", "reporter:budi", "date:2018", "date:2018-05..2019", "title:beras"]
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
    {}, optional={"outlet": names.filter(bool).map(lambda name: (name,)), "year": st.just(("2018", "2019"))}
)
queries = st.builds(
    Query,
    text=texts | st.just(""),
    chosen=choices,
    excluded=choices,
    since=st.sampled_from([None, "2018-05"]),
    sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST]),
    copies=st.sampled_from(Copies),
    page=st.integers(1, 3),
    size=st.integers(1, 4),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_embedded_engine_agrees_with_the_plainest_reading(data: st.DataObject) -> None:
    first, second = data.draw(articles()), data.draw(articles())
    stories = {article.id: "0" for article in second if article.date.first is None} | {"0": "0"}
    gone = data.draw(st.sets(st.sampled_from([article.id for article in first])))
    with TemporaryDirectory() as folder:
        both = [MemoryEngine(), open_engine(Path(folder))]
        for engine in both:
            with engine.build() as build:
                for article in first:
                    build.add(article)
            with engine.build() as build:
                for article in second:
                    build.add(article)
                for article_id in gone - {article.id for article in second}:
                    build.remove(article_id)
                build.group(stories)
        for query in data.draw(st.lists(queries, min_size=5, max_size=10)):
            plain, embedded = (_comparable(engine.find(query)) for engine in both)
            assert embedded == plain, query


def _comparable(found: Found) -> tuple[object, ...]:
    matches = [(match.article, match.story, match.copies) for match in found.matches]
    return found.articles, found.stories, matches, found.counts, found.index.articles, found.index.stories
