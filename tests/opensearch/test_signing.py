"""Requests signed for Amazon's service: a stand-in checks the signatures as the service does; no node is needed."""

import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from index.engine import UnusableLocation
from index.opensearch.cluster import Cluster
from index.storage.address import BadAddress, parse_address

KEY, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "ap-southeast-3"
ALGORITHM = "AWS4-HMAC-SHA256"


def signature(request: BaseHTTPRequestHandler, body: bytes, signed: str, scope: str) -> str:
    """The signature that a request must have, from the published description of Signature Version 4."""
    parts = urlsplit(request.path)
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    canonical = "\n".join(
        (
            request.command,
            quote(parts.path, safe="/-_.~"),
            "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in query),
            *(f"{name}:{(request.headers[name] or '').strip()}" for name in signed.split(";")),
            "",
            signed,
            hashlib.sha256(body).hexdigest(),
        )
    )
    told = "\n".join(
        (ALGORITHM, request.headers["X-Amz-Date"] or "", scope, hashlib.sha256(canonical.encode()).hexdigest())
    )
    key = f"AWS4{SECRET}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, told.encode(), "sha256").hexdigest()


@dataclass
class StandIn:
    """What the stand-in was asked, and whether the signature was right."""

    port: int = 0
    asked: list[tuple[str, bool]] = field(default_factory=list)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    held = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"] or 0))
            kind, _, told = (self.headers["authorization"] or "").partition(" ")
            fields = dict(part.strip().partition("=")[::2] for part in told.split(","))
            key, _, scope = fields.get("Credential", "").partition("/")
            right = (kind, key) == (ALGORITHM, KEY) and scope.endswith(f"/{REGION}/es/aws4_request")
            right = right and fields["Signature"] == signature(self, body, fields["SignedHeaders"], scope)
            held.asked.append((f"{self.command} {self.path}", right))
            answer = json.dumps({"ok": right}).encode()
            self.send_response(200 if right else 403)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_PUT = do_GET  # noqa: N815  # names of the library

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        held.port = server.server_port
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield held
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def no_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")


def the_cluster(stand_in: StandIn) -> Cluster:
    return Cluster(parse_address(f"http://127.0.0.1:{stand_in.port}/berita?aws={REGION}"))


@pytest.mark.usefixtures("no_profile")
def test_every_request_is_signed(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("botocore", reason="botocore is not installed; run: .venv/bin/pip install botocore")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    cluster = the_cluster(stand_in)
    assert cluster.request("GET", "/_cluster/health/berita-*?wait_for_status=green&timeout=1s") == {"ok": True}
    assert cluster.request("POST", "/berita/_search", {"query": {"match": {"judul": "beras é"}}}) == {"ok": True}
    assert cluster.request("POST", "/_bulk", '{"index": {}}\n{"a": "ü"}\n') == {"ok": True}
    assert cluster.request("PUT", "/berita,padi/_settings", {}) == {"ok": True}
    assert [right for _, right in stand_in.asked] == [True] * 4
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(UnusableLocation, match="region and the credentials"):
        the_cluster(stand_in).request("GET", "/")
    assert stand_in.asked[-1] == ("GET /", False)


@pytest.mark.usefixtures("no_profile")
def test_without_credentials_nothing_is_asked(stand_in: StandIn) -> None:
    pytest.importorskip("botocore", reason="botocore is not installed; run: .venv/bin/pip install botocore")
    with pytest.raises(UnusableLocation, match="AWS_ACCESS_KEY_ID"):
        the_cluster(stand_in).request("GET", "/")
    assert stand_in.asked == []


def test_without_the_library_the_message_says_how_to_get_it(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "botocore.session", None)
    with pytest.raises(UnusableLocation, match="pip install botocore"):
        the_cluster(stand_in).request("GET", "/")
    assert stand_in.asked == []


@pytest.mark.parametrize("region", ["", "Jakarta", "ap-southeast-3/es", "ap southeast 3"])
def test_a_region_that_is_none_is_refused(region: str) -> None:
    with pytest.raises(BadAddress, match="aws="):
        parse_address(f"https://host/berita?aws={region}")
