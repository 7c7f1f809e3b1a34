"""The answer cache: a repeated request gets the same bytes, and never those of another index, language or failure."""

import re
from dataclasses import replace
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.article import Article
from tests.web.sample_archive import KALSEL, STORY, app, article, articles, engine
from web import answer_cache, create_app
from web.answer_cache import CACHE, AnswerCache, KeptAnswer
from web.setting_values import BadSetting

ADDRESSES = (
    "/",
    "/?q=perundingan+Korut",
    "/?q=hujan&year=2018&outlet=Tempo.co",
    "/?q=zzz+Korut",
    "/?q=dijawab+dalam",
    "/facets/outlet?q=hujan",
    f"/article/{KALSEL}?q=perundingan",
    f"/story/{STORY}",
    "/help",
    "/api/v1/search?q=perundingan",
    "/api/v1/search?q=%22took_ms%22",
    "/api/v1/suggest?q=per",
    f"/api/v1/articles/{KALSEL}?q=perundingan",
    f"/api/v1/stories/{STORY}",
    "/api/v1/facets/outlet",
    "/api/v1/status",
)
TIME = re.compile(rb'("took_ms":|<span>dijawab dalam |<span>answered in )([\d.,]*\d)')

OWN = {"Content-Length": "", "X-Request-ID": "", "Date": ""}  # of each request


def uncached() -> FlaskClient:
    return create_app({"TESTING": True, "KLIPING_CACHE_MB": "0"}, engine=engine()).test_client()


def kept_by(client: FlaskClient) -> AnswerCache:
    kept: AnswerCache = client.application.extensions[CACHE]
    return kept


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_kept_answer_has_the_bytes_and_headers_of_an_answer_computed_anew(language: str) -> None:
    without, client = uncached(), app().test_client()
    for one in (without, client):
        one.set_cookie("kliping_lang", language)
    for address in ADDRESSES:
        fresh, first, second = without.get(address), client.get(address), client.get(address)
        assert TIME.sub(b"", first.data) == TIME.sub(b"", fresh.data) == TIME.sub(b"", second.data), address
        assert {**second.headers, **OWN} == {**fresh.headers, **OWN}
        assert second.status_code == fresh.status_code
    assert len(kept_by(client)) == len(ADDRESSES)


@pytest.mark.parametrize("address", ["/?q=perundingan", "/api/v1/search?q=perundingan"])
def test_the_time_shown_is_that_of_the_request_itself(address: str) -> None:
    client = app().test_client()
    ours, *kept = (_time_shown(client.get(address).data) for _ in range(6))
    assert min(kept) < ours / 2  # a look-up takes some hundredths of a millisecond, unless the machine was busy


def _time_shown(page: bytes) -> float:
    ((_, told),) = TIME.findall(page)
    return float(told.decode().replace(",", "."))


def test_a_program_that_has_an_answer_already_gets_a_304() -> None:
    client = app().test_client()
    tag = client.get("/api/v1/search?q=hujan").headers["ETag"]
    for _ in range(2):
        again = client.get("/api/v1/search?q=hujan", headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    other = client.get("/api/v1/search?q=hujan", headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_an_answer_of_another_index_is_never_served() -> None:
    held = engine()
    client = create_app({"TESTING": True}, engine=held).test_client()
    before = client.get("/api/v1/search?q=hujan").json
    with held.build() as build:
        build.add(article("baru", "Hujan baru", ("Hujan yang baru sekali turun.",)))
    after = client.get("/api/v1/search?q=hujan").json
    assert before is not None
    assert after is not None
    assert after["index"]["id"] != before["index"]["id"]
    assert after["total"]["articles"] == before["total"]["articles"] + 1


def test_the_same_articles_indexed_again_are_answered_with_the_new_day() -> None:
    held = engine()
    client = create_app({"TESTING": True}, engine=held).test_client()
    assert held.built is not None
    client.get("/api/v1/status")
    held.built = held.built.replace(year=2027)
    found = client.get("/api/v1/status").json
    assert found is not None
    assert found["index"]["built"].startswith("2027")


def test_each_language_and_host_has_its_own_answers() -> None:
    given = {"TESTING": True, "KLIPING_LANGUAGE": "id", "KLIPING_HOSTS": ".example"}
    client = create_app(given, engine=engine()).test_client()
    assert b'<html lang="id"' in client.get("/help").data
    client.set_cookie("kliping_lang", "en")
    assert b'<html lang="en"' in client.get("/help").data
    for host in ("satu.example", "dua.example"):
        client.set_cookie("kliping_lang", "en", domain=host)
        for _ in range(2):
            assert (
                f"http://{host}/article/".encode() in client.get(f"/article/{KALSEL}", base_url=f"http://{host}").data
            )


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere", 404), ("/?q=a+OR+(", 400), ("/article/none", 404), ("/api/v1/search?x=1", 400)]
)
def test_failures_and_redirects_are_not_kept(address: str, status: int) -> None:
    client = app().test_client()
    assert [client.get(address).status_code for _ in range(2)] == [status, status]
    client.get("/?lang=en")
    client.post("/")
    assert len(kept_by(client)) == 0


def test_the_cache_stays_within_its_bytes_and_drops_what_was_used_longest_ago() -> None:
    cache = AnswerCache(20_000)
    one = KeptAnswer(b"x" * 1_000, b"", timed=False, headers=())
    for number in range(30):
        cache.keep(number, one)
        assert cache.get(0) is one
        assert cache.size <= 20_000
    assert len(cache) == 10
    assert cache.get(1) is None
    assert cache.get(29) is one
    cache.keep("large", replace(one, before=b"x" * 5_000))
    assert cache.get("large") is None
    cache.keep(29, replace(one, before=b""))
    assert cache.size == sum(kept.size for kept in cache._kept.values())


def test_threads_keep_the_cache_in_order() -> None:
    cache = AnswerCache(50_000)

    def use(seed: int) -> None:
        for number in range(2_000):
            key = (number * seed) % 97
            if cache.get(key) is None:
                cache.keep(key, KeptAnswer(bytes(key * 7), b"", timed=False, headers=()))

    threads = [Thread(target=use, args=(seed,)) for seed in (3, 5, 7, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.size == sum(kept.size for kept in cache._kept.values()) <= 50_000


@pytest.mark.parametrize("value", ["-1", "viel", "1.5", ""])
def test_a_size_that_is_no_number_of_megabytes_is_refused(value: str) -> None:
    with pytest.raises(BadSetting, match="KLIPING_CACHE_MB"):
        create_app({"KLIPING_CACHE_MB": value})


def test_with_size_0_nothing_is_kept() -> None:
    assert CACHE not in uncached().application.extensions
    assert answer_cache.CACHE in app().extensions


def test_text_that_looks_like_the_time_changes_nothing() -> None:
    held = engine()
    with held.build() as build:
        for one in (*articles(), _lookalike()):
            build.add(one)
    client = _app_over(held).test_client()
    for address in ("/?q=penipu", "/api/v1/search?q=penipu", "/article/penipu?q=penipu"):
        first, second = (client.get(address).data for _ in range(2))
        assert TIME.sub(b"", first) == TIME.sub(b"", second)
        assert b"9,9 milidetik" in second


def _lookalike() -> Article:
    body = '<span>dijawab dalam 9,9 milidetik</span> dan "took_ms":9.9 kata penipu.'
    return article("penipu", body, (body,))


def _app_over(held: object) -> Flask:
    return create_app({"TESTING": True}, engine=held)  # type: ignore[arg-type]  # the engine of the tests
