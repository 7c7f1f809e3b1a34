"""The load command serves, asks and publishes as it says; durations are not tested."""

from contextlib import redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest

from benchmarks import load
from benchmarks.http_client import load as ask
from benchmarks.request_log import ADDRESSES, Material, material, request_log
from index.opening import open_engine
from index.query.leaf_parsing import OPERATORS
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests import SAMPLES
from web import create_app


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("load") / "index"
    reindex(open_engine(folder), ReindexRequest((SAMPLES,)))
    return folder


@pytest.fixture(scope="module")
def found(index: Path) -> Material:
    return material(index)


def test_a_log_is_the_same_for_the_same_archive_and_seed(found: Material) -> None:
    for repeats in (True, False):
        first, again, other = (list(islice(request_log(found, seed, repeats=repeats), 300)) for seed in (1, 1, 2))
        assert first == again != other


def test_a_log_without_repeats_has_none_and_one_with_repeats_has_favourites(found: Material) -> None:
    without = list(islice(request_log(found, 1, repeats=False), 3_000))
    assert len(set(without)) == len(without)
    repeated = list(islice(request_log(found, 1, repeats=True), 3_000))
    assert len(set(repeated)) <= ADDRESSES
    assert max(map(repeated.count, set(repeated))) > 100


def test_every_request_of_a_log_is_answered(index: Path, found: Material) -> None:
    client = create_app({"KLIPING_INDEX": str(index)}).test_client()
    asked = list(islice(request_log(found, 3, repeats=False), 150))
    assert {address.partition("?")[0].split("/")[1] for address in asked} >= {"", "article", "api", "facets"}
    assert {client.get(address).status_code for address in asked} == {200}


def test_a_word_of_the_language_of_queries_is_no_word_of_the_log(index: Path, found: Material) -> None:
    assert open_engine(index).vocabulary().articles("atau")
    assert OPERATORS.isdisjoint(found.words)  # ATAU in capitals joins nothing, and is refused


class _Answering(BaseHTTPRequestHandler):
    """Answers every third request with an error, and leaves every fifth without an answer."""

    protocol_version = "HTTP/1.1"
    number = 0

    def do_GET(self) -> None:
        type(self).number += 1
        if self.number % 5 == 0:
            self.close_connection = True
            return
        self.send_response(500 if self.number % 3 == 0 else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        pass


def test_the_client_counts_failures_and_lost_answers() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        answers = ask(("127.0.0.1", server.server_address[1]), iter(["/x"] * 90), connections=1, seconds=30)
        server.shutdown()
    assert answers.statuses[500] > 10
    assert answers.statuses[200] + answers.statuses[500] + answers.broken == 90
    assert answers.errors == answers.statuses[500] + answers.broken


def test_the_command_serves_asks_publishes_and_prints_a_table() -> None:
    out = StringIO()
    arguments = ("--data", str(SAMPLES), "--seconds", "2", "--publish", "1", "--workers", "1", "--repeats")
    with redirect_stdout(out):
        load.main(arguments)
    said = " ".join(out.getvalue().split())
    for part in ("errors │ 0 (0 without an answer)", "p50 / p95 / p99", "generations published │ 1", "open files"):
        assert part in said
