"""Every answer has bounded size and takes bounded time, whatever the articles are, and says what it leaves out."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive.article import Article, Passage, Role
from index.answers.bounded_facts import LONGEST_FACT, MOST_PEOPLE, bounded
from index.answers.marking.highlighting import build_highlighter
from index.answers.snippets import snippet
from index.opening import open_engine
from index.query.language import parse
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.web.sample_archive import app, article, compile_translations
from web import create_app
from web.app_engine import MOST_VERSIONS
from web.article_parts import MAX_MARKS, PART_CHARACTERS, PART_PASSAGES, part_starts, read_part
from web.serialization.answers import story_json
from web.story_versions import story_of

LARGEST = 2_000_000  # bytes of any answer
SLOWEST = 4.0  # seconds of processor time; the promise is one second on a quiet machine
LANGUAGES = ("id", "en")
PARAGRAPHS, COPIES, VALUES = 6_000, 620, 2_300
random = Random(11)
WORDS = ["".join(random.choices("abdegiklmnoprstu", k=7)) for _ in range(900)] + ["banjir", "harga"] * 20


def words(number: int) -> str:
    return " ".join(random.choices(WORDS, k=number))


def monsters() -> Iterator[dict[str, str | int]]:
    """Long texts, long paragraphs, long facts, many hits, many versions, many copies, many values."""
    lines = [f"{words(6)} {number}." for number in range(PARAGRAPHS)]
    yield {"id": "lines-a", "title": "Banyak paragraf", "text": "\n".join(lines), "date": "2020-01-01"}
    lines[5:6] = [f"tambahan banjir {words(5)} {number}" for number in range(300)]
    yield {"id": "lines-b", "title": "Banyak paragraf lagi", "text": "\n".join(lines), "date": "2020-01-02"}
    paragraph = words(60_000)
    yield {"id": "one-a", "title": "Satu paragraf", "text": paragraph}
    yield {"id": "one-b", "title": "Satu paragraf lagi", "text": f"{paragraph} tambahan di akhir teks"}
    yield {"id": "hits", "title": "Banyak banjir", "text": "banjir & " * 50_000}
    yield {"id": "word", "title": "Satu kata", "text": f"banjir {'b' * 9_900} banjir"}
    yield {"id": "accents", "title": "Aksen", "text": " ".join(f"énàö{number % 50}" for number in range(40_000))}
    for number in range(12):
        long = {
            "title": f"banjir besar {number} " * 600,
            "outlet": f"Media {number} " * 1_000,
            "place": "Kota " * 1_900,
        }
        yield {"id": f"long-{number}", "text": words(60), "reporter": f"Ani{number} " * 1_600, **long}
    for number in range(VALUES):
        facts = {
            "outlet": f"Media nomor {number}",
            "reporter": f"Pewarta {number}",
            "date": f"{1000 + number * 3}-01-01",
        }
        yield {"id": f"value-{number}", "title": f"Berita {words(3)}", "text": f"{words(12)} nomor {number}", **facts}
    base = [words(25) for _ in range(40)]
    for number in range(45):
        text = "\n".join([*base[: number % 40], words(25), *base[number % 40 + 1 :]])
        yield {"id": f"version-{number:02}", "title": f"Versi {number}", "text": text, "outlet": f"Koran {number}"}
    text = words(60)
    for number in range(COPIES):
        yield {"id": f"copy-{number:03}", "title": "Salinan", "text": text, "outlet": f"Kanal {number}"}


ARTICLES = ("lines-a", "one-a", "hits", "word", "accents", "long-0", "value-3", "version-03", "copy-610")
ADDRESSES = (
    "/",
    "/?q=banjir",
    "/?q=banjir&size=100",
    "/?q=judul:banjir",
    "/?q=zzz+banjir",
    "/?q=ban*",
    '/?q="banjir+banjir"~100',
    "/?q=Salinan&copies=loose",
    "/?size=100",
    "/?year=2020",
    *(f"/facets/{name}" for name in ("outlet", "reporter", "year", "place", "outlet?page=4", "outlet?find=7")),
    *(f"/article/{one}?q=banjir" for one in ARTICLES),
    *(f"/article/{one}?q=%22banjir+banjir%22~100&part=1" for one in ARTICLES),
    *(f"/story/{one}" for one in ("lines-a", "one-a", "version-00", "copy-000", "version-00?with=version-44")),
    "/api/v1/suggest?q=ka",
    "/api/v1/suggest?q=KA",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    compile_translations()
    folder = tmp_path_factory.mktemp("monsters")
    source = folder / "monsters.jsonl"
    source.write_text("\n".join(map(json.dumps, monsters())), encoding="utf-8")
    reindex(open_engine(folder / "index"), ReindexRequest((source,)))
    return _client(folder / "index")


def _client(index: Path) -> FlaskClient:
    return create_app({"TESTING": True, "KLIPING_INDEX": str(index), "KLIPING_CACHE_MB": 0}).test_client()


def api(address: str) -> str:
    """The API's address of a page."""
    for page, endpoint in (
        ("/?", "search?"),
        ("/article/", "articles/"),
        ("/story/", "stories/"),
        ("/facets/", "facets/"),
    ):
        if address.startswith(page):
            return "/api/v1/" + endpoint + re.sub(r"find=\d+", "", address.removeprefix(page))
    return "/api/v1/status"


def get_json(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.json


def said(client: FlaskClient, address: str, language: str = "id") -> str:
    client.set_cookie("kliping_lang", language)
    return " ".join(client.get(address).get_data(as_text=True).split())


@pytest.mark.parametrize("address", dict.fromkeys([*ADDRESSES, *map(api, ADDRESSES)]))
def test_no_answer_is_large_or_slow(client: FlaskClient, address: str) -> None:
    start = process_time()
    answer = client.get(address)
    assert answer.status_code == 200
    assert process_time() - start < SLOWEST
    assert len(answer.data) < LARGEST


@pytest.mark.parametrize(
    ("address", "id_", "en"),
    [
        ("/article/hits?q=banjir", "hanya 2.000 yang pertama ditandai", "only the first 2,000 are marked"),
        ("/article/lines-a", "Ini bagian 1 dari 3.", "This is part 1 of 3."),
        ("/story/lines-a", "1 versi tidak dibandingkan", "1 version was not compared"),
        ("/story/lines-a", "terlalu panjang untuk dibandingkan kata demi kata", "too long to be compared word by word"),
        ("/story/copy-000", "120 versi lain tidak disebut di sini.", "120 further versions are not listed here."),
        ("/story/copy-000", "620 versi", "620 versions"),
        ("/facets/outlet?page=99", "Halaman 99 melewati nilai terakhir.", "Page 99 lies past the last value."),
    ],
)
def test_a_page_says_what_it_leaves_out(client: FlaskClient, address: str, id_: str, en: str) -> None:
    for language, words_ in zip(LANGUAGES, (id_, en), strict=True):
        assert words_ in said(client, address, language)


def test_marks_past_the_first_2000_are_counted_in_page_and_api(client: FlaskClient) -> None:
    html = said(client, "/article/hits?q=banjir")
    assert html.count("<mark") == MAX_MARKS
    assert 'href="#hit-2000"' in html
    assert 'id="hit-2001"' not in html
    marks = get_json(client, "/api/v1/articles/hits?q=banjir")["marks"]
    assert marks["shown"] == MAX_MARKS < marks["total"] < 50_000


def test_the_parts_of_an_article_are_the_whole_article(client: FlaskClient) -> None:
    for article_id in ("lines-a", "one-a", "hits"):
        first = get_json(client, f"/api/v1/articles/{article_id}")
        parts = [get_json(client, f"/api/v1/articles/{article_id}?part={n + 1}") for n in range(first["parts"])]
        assert len(parts) > 1
        start = 0
        for one in parts:
            assert one["original"]["start"] == start
            assert all(0 <= p["start"] < p["end"] <= len(one["original"]["text"]) for p in one["original"]["passages"])
            start += len(one["original"]["text"])
        held = open_engine(client.application.config["KLIPING_INDEX"]).get(article_id)
        assert held is not None
        assert "".join(one["original"]["text"] for one in parts) == held[0].text
    for address in ("/article/lines-a?part=9", "/api/v1/articles/lines-a?part=x", "/article/value-1?part=2"):
        assert client.get(address).status_code == 400
    links = re.findall(r'href="([^"]*part=\d)"', said(client, "/article/lines-a?q=banjir&part=2"))
    assert set(links) == {"/article/lines-a?q=banjir&amp;part=3"}  # the first part has no number


def test_all_values_of_a_facet_are_on_its_pages(client: FlaskClient) -> None:
    first = get_json(client, "/api/v1/facets/outlet")
    values = [get_json(client, f"/api/v1/facets/outlet?page={n + 1}")["values"] for n in range(first["pages"])]
    assert first["pages"] > 1
    assert sum(map(len, values)) == first["total"] == len({one["value"] for page in values for one in page})
    listed = re.findall(r'class="value" href="([^"]*)"', said(client, "/facets/outlet?page=2"))
    assert len(listed) == 250
    assert 'rel="next" href="/facets/outlet?page=3"' in said(client, "/facets/outlet?page=2")


def test_copies_past_the_list_are_counted(client: FlaskClient) -> None:
    story = get_json(client, "/api/v1/stories/copy-000")
    assert (story["total"], story["unlisted"]) == (COPIES, COPIES - MOST_VERSIONS)
    assert len(story["articles"]) == MOST_VERSIONS
    asked = get_json(client, "/api/v1/stories/copy-000?base=copy-615&with=copy-617")
    assert (asked["base"], asked["compared"]["with"]) == ("copy-615", "copy-617")
    one = get_json(client, "/api/v1/articles/copy-000")
    assert (one["copies_total"], len(one["copies"])) == (COPIES - 1, MOST_VERSIONS - 1)
    hit = get_json(client, "/api/v1/search?q=judul:Salinan")["hits"][0]
    assert hit["copies_total"] == len(hit["copies"]) == COPIES - 1


def test_versions_that_are_not_compared_are_named(client: FlaskClient) -> None:
    story = get_json(client, "/api/v1/stories/lines-a")
    assert story["left_out"] == 1
    assert [one["left_out"] for one in story["versions"]] == [False, True]
    assert (story["compared"]["cut"], story["compared"]["pairs"]) == (True, [])


def test_paragraphs_are_made_once_for_all_that_a_version_added(monkeypatch: pytest.MonkeyPatch) -> None:
    base = article("a", "A", tuple(f"satu dua tiga {number}" for number in range(900)))
    other = article("b", "B", tuple(f"{number} empat lima enam" for number in range(900)))
    served, made = app(), 0
    usual = Article.paragraphs.fget  # type: ignore[attr-defined]  # a property

    def counted(self: Article) -> tuple[str, ...]:
        nonlocal made
        made += 1
        found: tuple[str, ...] = usual(self)
        return found

    monkeypatch.setattr(Article, "paragraphs", property(counted))
    with served.test_request_context("/"):
        told: Any = story_json(story_of([base, other]), None, ())
    assert len(told["versions"][1]["added"]) == 900
    assert made < 20


def test_two_texts_of_100000_paragraphs_are_told_apart_at_once() -> None:
    lines = [f"paragraf nomor {number} tentang banjir" for number in range(100_000)]
    text, other = "\n".join(lines), "\n".join(reversed(lines))
    articles = [Article(id_, id_, False, found, _lines(found), id_, id_) for id_, found in (("a", text), ("b", other))]
    start = process_time()
    with app().test_request_context("/"):
        told: Any = story_json(story_of(articles), None, ())
    assert told["left_out"] == 1
    assert process_time() - start < SLOWEST


def test_a_part_is_never_larger_than_it_may_be() -> None:
    shapes = (
        [10] * 9_000,
        [400_000],
        [100_000, 100_000, 10],
        [0, 149_990, 5, 5, 5, 300_001],
        [3] * 5 + [200_000] + [1] * 4_001,
    )
    for lengths in shapes:
        text = "\n".join(("kata " * (length // 5 + 1))[:length] for length in lengths)
        whole = Article("x", "x", False, text, _lines(text), "x", "x")
        starts = [*part_starts(whole), len(text)]
        assert starts == sorted(set(starts))
        assert all(end - start <= PART_CHARACTERS for start, end in pairwise(starts))
        for start, end in pairwise(starts):
            assert sum(start <= passage.start < end for passage in whole.passages) <= PART_PASSAGES + 1


def test_articles_of_usual_length_are_shown_as_they_are() -> None:
    usual = article("a", "Judul", ("Satu.", "Dua."), outlet="Media")
    assert bounded(usual) is usual
    with app().test_request_context("/"):
        from flask import request

        assert read_part(request.args, usual).article is usual
    long = bounded(article("a", "J" * 5_000, ("Satu.",), reporters=tuple(map(str, range(90)))))
    assert len(long.title) == LONGEST_FACT
    assert long.title.endswith("…")
    assert len(long.reporters) == MOST_PEOPLE + 1


def test_a_snippet_is_short_even_of_a_single_word() -> None:
    for body in ("b" * 300_000, f"banjir {'b' * 300_000} banjir", "banjir" * 90_000, "kata " * 90_000 + "banjir"):
        made = snippet(article("a", "A", (body,)), build_highlighter(parse("banjir OR banjir*")))
        assert sum(len(fragment.text) for fragment in made) < 2_000


def _lines(text: str) -> tuple[Passage, ...]:
    passages, start = [], 0
    for line in text.split("\n"):
        passages.append(Passage(start, start + len(line), Role.BODY))
        start += len(line) + 1
    return tuple(passages)
