"""The help page: every example finds something in the archive at hand, whatever it holds."""

import re
from collections.abc import Collection
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.engine import Engine, EngineAnswer
from index.facets import FACETS
from index.opening import open_engine
from index.query.request import Query
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import app, article, engine, given
from tests.web.test_pages import links, page, text
from web import create_app
from web.config import ROOT
from web.pages.query_examples import USUAL


def client_of(engine: Engine) -> FlaskClient:
    return create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()


def queries(html: str) -> list[str]:
    """The addresses of all searches that a page links to, apart from that of the query that cannot be read."""
    found = re.findall(r'href="(/\?[^"]*|/story/[^"]*)"', html.partition("<main")[2])
    return [address for address in map(unescape, found) if "lang=" not in address and address != "/?q=1+OR+%28"]


def cooking() -> MemoryEngine:
    """An archive that holds none of what the usual examples look for."""
    held = MemoryEngine()
    with held.build() as build:
        facts = {"outlet": 'Dapur "Kita"', "place": "Ubud", "date": given(1999, 5, 1)}
        build.add(article("a", "Rendang dimasak perlahan", ("Santan kelapa dimasak bersama lengkuas.",), **facts))
        build.add(article("b", "Gulai", ("Gulai dan rendang memakai santan.",)))
    return held


@pytest.mark.parametrize("held", [engine, cooking])
def test_every_example_of_the_help_finds_something(held: type[MemoryEngine]) -> None:
    client = client_of(held())
    addresses = queries(page(client, "/help"))
    assert len(addresses) > 12
    for address in addresses:
        assert "Tidak ada berita yang cocok" not in text(page(client, address)), address


def test_every_example_finds_something_in_the_samples(tmp_path: Path) -> None:
    samples = open_engine(tmp_path)
    reindex(samples, ReindexRequest((ROOT / "samples",)))
    html = page(client_of(samples), "/help")
    rows = re.findall(r'<tr><td><a href="[^"]*"><code>(.*?)</code></a></td>.*?<td class="n">(.*?)</td>', html)
    assert len(rows) == len(USUAL)
    for said, number in rows:
        assert samples.find(Query(unescape(said))).articles == int(number.replace(".", ""))


def test_the_example_of_copies_is_the_story_with_the_most_versions() -> None:
    html = page(app().test_client(), "/help")
    assert "3 versi" in text(html)
    assert any(address.startswith("/story/") for address in queries(html))


def test_the_contents_lead_to_every_part_of_the_page() -> None:
    html = page(app().test_client(), "/help")
    contents = html.partition('class="contents"')[2].partition("</nav>")[0]
    targets = re.findall(r'href="#([^"]+)"', contents)
    assert targets == re.findall(r'<h2 id="([^"]+)">', html.partition('class="prose"')[2].partition("</main>")[0])


def test_examples_are_looked_for_once_for_each_published_index() -> None:
    asked: list[str] = []

    class Counting(MemoryEngine):
        def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
            asked.append(query.text)
            return super().find(query, facets)

    held = Counting()
    with held.build() as build:
        build.add(article("a", "Banjir di Jakarta", ("Banjir surut.",)))
    made = create_app({"TESTING": True, "KLIPING_CACHE_MB": "0"}, engine=held).test_client()
    made.get("/help")
    before = len(asked)
    assert before > 10
    made.get("/help")
    assert len(asked) == before
    with held.build() as build:
        build.add(article("b", "Gempa di Lombok", ("Gempa terasa.",)))
    made.get("/help")
    assert len(asked) > before


def test_without_an_index_the_help_still_explains() -> None:
    html = page(client_of(MemoryEngine()), "/help")
    assert "perundingan Korut" in text(html)
    assert links(html, "perundingan Korut") == []
