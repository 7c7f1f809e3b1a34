"""What a keeper watches: the log of requests, their ids, whether the archive is alive and ready, and counters."""

import json
import logging
import re
from functools import cache

import pytest
from flask.testing import FlaskClient

from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import KALSEL, engine
from web import create_app
from web.serving import metrics

SECRET = "pertemuanrahasia"  # noqa: S105  # what a reader looks for and no log may hold


ARCHIVE = cache(engine)


def client(held: MemoryEngine | None = None, **settings: object) -> FlaskClient:
    return create_app({**settings}, engine=held or ARCHIVE()).test_client()


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that the log of requests was told."""
    told: list[str] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", lambda record: told.append(record.getMessage()))
    monkeypatch.setattr(logging.getLogger("kliping.requests"), "handlers", [handler])
    return told


def test_each_request_is_a_line_of_json_with_what_it_found(lines: list[str]) -> None:
    asking = client(KLIPING_LOG="json")
    answer = asking.get("/api/v1/search?q=Korut")
    asking.get(f"/article/{KALSEL}?q=Korut")
    asking.get("/none")
    first, second, third = (json.loads(line) for line in lines)
    assert {"time", "request_id", "method", "path", "status", "ms", "index", "articles"} == set(first)
    assert (first["method"], first["path"], first["status"]) == ("GET", "/api/v1/search", 200)
    assert first["articles"] == answer.json["total"]["articles"]  # type: ignore[index]
    assert first["index"] == answer.json["index"]["id"]  # type: ignore[index]
    assert first["request_id"] == answer.headers["X-Request-ID"]
    assert first["ms"] > 0
    assert second["path"] == f"/article/{KALSEL}"
    assert (third["status"], third["index"], third["articles"]) == (404, first["index"], None)


def test_a_line_of_text_says_the_same(lines: list[str]) -> None:
    client(KLIPING_LOG="text").get("/api/v1/search?q=Korut")
    pattern = r"\S+ GET /api/v1/search 200 request_id=\w+ ms=[\d.]+ index=\w+ articles=\d+"
    assert re.fullmatch(pattern, lines[0])


@pytest.mark.parametrize("log", ["text", "json"])
@pytest.mark.parametrize("slow", [0, 1])
def test_what_readers_look_for_is_logged_only_where_the_keeper_wants_it(lines: list[str], log: str, slow: int) -> None:
    addresses = (f"/?q={SECRET}", f"/api/v1/search?q={SECRET}", f"/api/v1/suggest?q={SECRET}", f"/?q={SECRET}&from=x")
    for address in addresses:
        client(KLIPING_LOG=log, KLIPING_SLOW_MS=slow).get(address, headers={"Referer": address, "User-Agent": SECRET})
    assert len(lines) == len(addresses)
    assert SECRET not in "".join(lines)
    client(KLIPING_LOG=log, KLIPING_LOG_QUERIES="on").get(f"/?q={SECRET}")
    assert SECRET in lines[-1]


def test_slow_requests_are_logged_although_others_are_not(lines: list[str]) -> None:
    client(KLIPING_SLOW_MS="60000").get("/")
    client().get("/")
    assert lines == []
    client(KLIPING_SLOW_MS="1").get("/?q=Korut")
    assert "slow=True" in lines[0]


@pytest.mark.parametrize("path", ["/a%0Ab", "/a%1B%5B31m", "/a%20b%22%5C", "/%C2%9B31m%E2%80%AE", "/%FF%00"])
@pytest.mark.parametrize("log", ["text", "json"])
def test_no_path_forges_a_line_or_moves_a_terminal(lines: list[str], log: str, path: str) -> None:
    client(KLIPING_LOG=log, KLIPING_LOG_QUERIES="on").get(f"{path}?q={path}")
    assert len(lines) == 1
    assert re.fullmatch(r"[ -~]+", lines[0])


@pytest.mark.parametrize("given", ["abc-123", "0af7651916cd43dd8448eb211c80319c"])
def test_a_request_keeps_the_id_of_a_trusted_proxy(given: str) -> None:
    assert client(KLIPING_PROXIES=1).get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    assert client().get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


@pytest.mark.parametrize("given", ["", "a b", "a\x1b[31m", "x" * 65, "ä"])
def test_an_id_that_could_forge_something_is_replaced(given: str) -> None:
    one = client(KLIPING_PROXIES=1).get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    other = client(KLIPING_PROXIES=1).get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", one)
    assert one != other


class Broken(MemoryEngine):
    """An engine with a mistake of ours."""

    def snapshot(self) -> MemoryEngine:
        raise ZeroDivisionError("secret of the code")


def test_a_mistake_of_ours_is_a_500_that_shows_nothing_and_a_log_that_tells_all(
    lines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    for address in ("/", "/api/v1/search"):
        answer = client(Broken(), KLIPING_LOG="json").get(address)
        assert answer.status_code == 500
        assert "secret of the code" not in answer.text
        assert "Traceback" not in answer.text
        assert json.loads(lines[-1])["status"] == 500
    assert answer.mimetype == "application/problem+json"


def test_the_path_of_an_unexpected_error_forges_no_line(caplog: pytest.LogCaptureFixture) -> None:
    answer = client(Broken()).get("/article/a%1B%5B31m%E2%80%AE")
    assert answer.status_code == 500
    told = [record.getMessage() for record in caplog.records if record.exc_info]
    request_id = answer.headers["X-Request-ID"]
    assert told == [f"unexpected error in GET /article/a%1B%5B31m%E2%80%AE, request {request_id}"]


def test_an_unexpected_error_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = client(Broken(), KLIPING_LOG="json").get("/")
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "ZeroDivisionError" in line]
    assert [line["request_id"] for line in told] == [answer.headers["X-Request-ID"]]
    assert "secret of the code" in told[0]["exception"]


def test_alive_asks_nothing_and_ready_asks_the_index() -> None:
    assert client(Broken()).get("/healthz").status_code == 200
    ready = client().get("/readyz")
    assert (ready.status_code, ready.headers["Cache-Control"]) == (200, "no-store")
    not_ready = client(MemoryEngine()).get("/readyz")
    assert (not_ready.status_code, not_ready.mimetype) == (503, "application/problem+json")
    assert not_ready.json["command"] == "flask reindex"  # type: ignore[index]


def test_counters_are_told_where_the_setting_allows_it() -> None:
    assert client().get("/metrics").status_code == 404
    asking = client(KLIPING_METRICS="on")
    before = counted(asking)
    for address in ("/?q=Korut", "/api/v1/search?q=1+OR+(", "/none", "/static/kliping.css", "/api/v1/none"):
        asking.get(address).close()
    after = counted(asking)
    grown = {name: value - before.get(name, 0) for name, value in after.items() if "requests_total" in name}
    grown = {name.partition("{")[2]: count for name, count in grown.items() if count}
    assert grown == {
        'surface="page",status="200"}': 1,
        'surface="api",status="400"}': 1,
        'surface="other",status="404"}': 2,
        'surface="static",status="200"}': 1,
        'surface="other",status="200"}': 1,  # the first look at the counters
    }
    assert after["kliping_index_articles"] == ARCHIVE().info().articles
    assert after['kliping_request_seconds_bucket{surface="page",le="+Inf"}'] >= 1


def test_counters_without_an_index_say_so() -> None:
    told = counted(client(MemoryEngine(), KLIPING_METRICS="on"))
    assert told["kliping_index_ready"] == 0
    assert "kliping_index_articles" not in told


def test_processes_count_in_rows_of_their_own_and_sums_never_fall() -> None:
    before = counted(client(KLIPING_METRICS="on"))
    try:
        for process in (1, 2, 1 + metrics.ROWS):
            metrics.claim(process)
            metrics.add("api", 200, 0.2)
    finally:
        metrics.claim(0)
    after = counted(client(KLIPING_METRICS="on"))
    name = 'kliping_requests_total{surface="api",status="200"}'
    assert after[name] - before.get(name, 0) == 3
    slowest = 'kliping_request_seconds_bucket{surface="api",le="0.1"}'
    assert after[slowest] == before.get(slowest, 0)


def counted(asking: FlaskClient) -> dict[str, float]:
    """The samples of /metrics, each of whose lines must be one of its format."""
    answer = asking.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    samples = {}
    for line in answer.text.splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (HELP|TYPE) kliping_\w+ .+", line)
        else:
            assert re.fullmatch(r'kliping_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+]+', line)
            name, value = line.rsplit(" ", 1)
            samples[name] = float(value)
    return samples
