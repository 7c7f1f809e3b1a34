"""Who is trusted: certificates of one's own authority, passwords and keys; none of these is shown or logged."""

import json
import logging
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from index.engine import EngineError, UnusableLocation
from index.opensearch.cluster import Cluster
from index.storage.address import API_KEY, parse_address
from index.storage.failures import Unreachable
from web import create_app

PASSWORD, KEY = "kata-sandi-rahasia", "os_kunci-rahasia"
BASIC = "Basic a2xpcGluZzprYXRhLXNhbmRpLXJhaGFzaWE="  # kliping and the password, in base 64
ACCEPTED = {BASIC, f"ApiKey {KEY}"}
COMMANDS = (
    "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt",
    "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout node.key -out node.csr",
    "x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out node.crt",
)


@dataclass
class Server:
    """A server with TLS that lets in who is accepted, and has no index."""

    port: int
    ca: Path
    asked: list[str | None] = field(default_factory=list)

    def address(self, credentials: str = "", *, trusted: bool = True) -> str:
        """The address of an index there."""
        before = f"{credentials}@" if credentials else ""
        return f"https://{before}localhost:{self.port}/berita" + (f"?ca={self.ca}" if trusted else "")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, program = tmp_path_factory.mktemp("certificates"), shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl, which makes the certificates")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    for command in COMMANDS:
        subprocess.run([program, *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def server(certificates: Path) -> Iterator[Server]:
    told: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = self.headers.get("authorization")
            told.append(given)
            self.send_response(404 if given in ACCEPTED else 401)
            body = json.dumps({"error": "alias [berita] missing", "status": 404}).encode()
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "node.crt", certificates / "node.key")
    served.socket = context.wrap_socket(served.socket, server_side=True)
    serving = Thread(target=served.serve_forever, daemon=True)
    serving.start()
    try:
        yield Server(served.server_address[1], certificates / "ca.crt", told)
    finally:
        served.shutdown()
        served.server_close()
        serving.join()


def ask(address: str) -> EngineError:
    """The failure of a question for an index that is not there."""
    with pytest.raises(EngineError) as raised:
        Cluster(parse_address(address)).request("GET", "/_alias/berita")
    return raised.value


def test_a_password_goes_to_a_server_that_ones_own_authority_vouches_for(server: Server) -> None:
    assert "is not in" in str(ask(server.address(f"kliping:{PASSWORD}")))
    assert server.asked == [BASIC]


def test_a_key_is_sent_where_no_user_is_given(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(API_KEY, KEY)
    assert "is not in" in str(ask(server.address()))
    ask(server.address(f"kliping:{PASSWORD}"))
    assert server.asked == [f"ApiKey {KEY}", BASIC]


def test_nothing_is_sent_to_a_server_that_nobody_vouches_for(server: Server) -> None:
    refused = ask(server.address(f"kliping:{PASSWORD}", trusted=False))
    assert isinstance(refused, Unreachable)
    assert server.asked == []
    assert PASSWORD not in str(refused)


def test_a_wrong_password_is_told_with_its_remedy(server: Server) -> None:
    refused = ask(server.address("kliping:salah-sandi"))
    assert isinstance(refused, UnusableLocation)
    assert "KLIPING_OPENSEARCH_PASSWORD" in str(refused)
    assert "salah-sandi" not in str(refused)


@pytest.mark.parametrize("trusted", [True, False])
def test_secrets_are_in_no_page_log_or_output(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trusted: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(API_KEY, KEY)
    for credentials in (f"kliping:{PASSWORD}", ""):
        address = parse_address(server.address(credentials, trusted=trusted))
        app = create_app({"TESTING": True, "KLIPING_INDEX": address})
        told = [app.test_client().get(path).text for path in ("/?q=beras", "/api/v1/search?q=beras", "/api/v1/info")]
        told += [app.test_cli_runner().invoke(args=[command]).output for command in ("info", "verify")]
        told += [repr(address), str(address), caplog.text]
        for secret in (PASSWORD, KEY, "a2xpcGluZzprYXRh"):
            assert all(secret not in one for one in told)
