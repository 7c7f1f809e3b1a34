"""Names the archive answers under, proxies it believes, addresses in citations, and cookies behind TLS."""

import socket
from functools import cache

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import KALSEL, engine
from web import create_app
from web.setting_values import BadSetting

UNKNOWN = ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a_b.evil.example", "evil:80", "x y")
FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "arsip.example",
    "X-Forwarded-Prefix": "/koran",
    "Script-Name": "/lain",
}


ARCHIVE = cache(engine)


def client(**settings: object) -> FlaskClient:
    return create_app({"TESTING": True, "KLIPING_LANGUAGE": "id", **settings}, engine=ARCHIVE()).test_client()


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7", socket.gethostname()],
)
def test_known_names_and_addresses_are_answered(host: str) -> None:
    assert client().get("/api/v1/status", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a_b.evil.example", "evil.example:80", "x y"],
)
def test_a_name_that_is_not_known_is_refused_with_the_remedy(host: str) -> None:
    answer = client().get("/api/v1/status", headers={"Host": host})
    assert answer.status_code == 400
    assert "KLIPING_HOSTS" in answer.get_json()["detail"]
    page = client().get("/", headers={"Host": host})
    assert page.status_code == 400
    assert host not in page.text


def test_a_monitor_asks_under_any_name() -> None:
    assert client().get("/healthz", headers={"Host": "pod-17.example"}).status_code == 200
    assert client().get("/readyz", headers={"Host": "pod-17.example"}).status_code == 200


def test_further_names_are_answered_by_setting() -> None:
    named = client(KLIPING_HOSTS="arsip.example, .koran.example")
    for host in ("arsip.example", "arsip.example:8443", "koran.example", "a.koran.example", "localhost"):
        assert named.get("/help", headers={"Host": host}).status_code == 200, host
    assert named.get("/help", headers={"Host": "sub.arsip.example"}).status_code == 400
    assert client(KLIPING_HOSTS="*").get("/help", headers={"Host": "any.example"}).status_code == 200
    own = client(KLIPING_URL="https://arsip.example/")
    assert own.get("/help", headers={"Host": "arsip.example"}).status_code == 200


def test_a_citation_gives_the_address_of_the_setting_whatever_the_request_says() -> None:
    for url, cited in (
        ("https://arsip.example", f"https://arsip.example/article/{KALSEL}"),
        ("https://arsip.example/koran/", f"https://arsip.example/koran/article/{KALSEL}"),
    ):
        html = client(KLIPING_URL=url).get(f"/article/{KALSEL}", headers={"Host": "127.0.0.1:8000", **FORGED}).text
        assert f"Diakses dari <span data-place>{cited}</span> " in html
    assert f"Diakses dari <span data-place>http://127.0.0.1:8000/article/{KALSEL}</span> " in (
        client().get(f"/article/{KALSEL}", headers={"Host": "127.0.0.1:8000", **FORGED}).text
    )


@pytest.mark.parametrize("asked", ["/help", "/koran/help"], ids=["taken off by the proxy", "left on"])
def test_an_archive_below_a_path_links_below_it(asked: str) -> None:
    below = client(KLIPING_URL="https://arsip.example/koran").get(asked)
    assert below.status_code == 200
    assert 'href="/koran/static/kliping.css?v=' in below.text
    assert 'href="/help' not in below.text


def test_what_a_proxy_says_is_believed_of_as_many_proxies_as_there_are() -> None:
    no_proxy = client(KLIPING_HOSTS="arsip.example").get("/help", headers=FORGED)
    assert "/koran/" not in no_proxy.text
    one = client(KLIPING_HOSTS="arsip.example", KLIPING_PROXIES=1)
    assert 'href="/koran/static/kliping.css?v=' in one.get("/help", headers=FORGED).text
    cited = one.get(f"/article/{KALSEL}", headers=FORGED).text
    assert f"Diakses dari <span data-place>https://arsip.example/koran/article/{KALSEL}</span> " in cited
    forwarded = {**FORGED, "X-Forwarded-Host": "evil.example"}
    assert one.get("/help", headers=forwarded).status_code == 400


@pytest.mark.parametrize(
    ("settings", "headers", "secure"),
    [
        ({}, {}, False),
        ({}, {"X-Forwarded-Proto": "https"}, False),
        ({"KLIPING_PROXIES": 1}, {"X-Forwarded-Proto": "https"}, True),
        ({"KLIPING_URL": "https://localhost"}, {}, True),
    ],
)
def test_the_cookie_is_secure_behind_tls(settings: dict[str, object], headers: dict[str, str], *, secure: bool) -> None:
    cookie = client(**settings).get("/?lang=en", headers=headers).headers["Set-Cookie"]
    assert ("Secure" in cookie) == secure
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_every_answer_carries_the_headers_of_security() -> None:
    for address, status in (("/", 200), ("/api/v1/status", 200), ("/none", 404), ("/static/kliping.css", 200)):
        with client().get(address) as answer:
            headers = answer.headers
            assert answer.status_code == status
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("KLIPING_URL", url)
            for url in ("arsip.example", "ftp://a", "https://", "https://a/?q", "https://a b", "https://a:x")
        ),
        *(("KLIPING_HOSTS", hosts) for hosts in ("https://a", "a:8000", "a,b c", "*.a")),
        *(("KLIPING_PROXIES", count) for count in ("-1", "one", "1.5", True)),
        *(("KLIPING_SLOW_MS", count) for count in ("-1", "soon")),
        ("KLIPING_LOG", "xml"),
        ("KLIPING_LOG_QUERIES", "maybe"),
        ("KLIPING_METRICS", "1"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(BadSetting, match=name):
        create_app({name: value})
