"""The dependencies: the table of licences and the list of parts are those of the lock; the audit says what it found."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from dependencies import __main__ as command
from dependencies import installing
from dependencies.advisories import Unreachable, advisories
from dependencies.bill_of_materials import bill_of_materials
from dependencies.licences import PAGE, renewed
from dependencies.lock import RUN_TIME, packages

HELD = packages()


class Database(HTTPServer):
    """A database on this machine that knows of the packages it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.known: dict[str, list[str]] = {}
        self.raw: bytes | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/querybatch"


class _Handler(BaseHTTPRequestHandler):
    server: Database

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        known = [self.server.known.get(f"{one['package']['name']} {one['version']}") for one in asked]
        told: list[dict[str, Any]] = [{"vulns": [{"id": id_} for id_ in ids]} if ids else {} for ids in known]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.raw or json.dumps({"results": told}).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def database() -> Iterator[Database]:
    with Database() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_lock_is_read_whole() -> None:
    flask = next(package for package in HELD if package.name == "flask")
    assert flask.at_run_time
    assert flask.needed_by == ("flask-babel", "flask-limiter", "kliping (pyproject.toml)")
    assert all(package.hashes and package.needed_by for package in HELD)
    assert not next(package for package in HELD if package.name == "pytest").at_run_time


def test_every_package_declares_a_licence() -> None:
    assert [package.name for package in HELD if not package.licence] == []


def test_the_table_of_licences_is_that_of_the_lock() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page, HELD), "run: make licences"


def test_the_list_of_parts_names_each_package_and_what_needs_it() -> None:
    told = json.loads(bill_of_materials(HELD))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert [part["name"] for part in told["components"]] == [package.name for package in HELD]
    references = {part["bom-ref"] for part in told["components"]} | {"kliping"}
    needs = {one["ref"]: one["dependsOn"] for one in told["dependencies"]}
    assert set(needs) == references
    assert {one for needed in needs.values() for one in needed} == references - {"kliping"}
    assert bill_of_materials(HELD) == bill_of_materials(packages())


def test_known_vulnerabilities_are_told_and_fail(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["audit"], database.address) == 0
    one = HELD[0]
    database.known[f"{one.name} {one.version}"] = ["GHSA-1", "PYSEC-2"]
    assert advisories(HELD, database.address) == {f"{one.name} {one.version}": ("GHSA-1", "PYSEC-2")}
    assert command.main(["audit"], database.address) == 1
    assert f"{one.name} {one.version}: GHSA-1, PYSEC-2" in capsys.readouterr().out


@pytest.mark.parametrize("raw", [b"<html>", b"{}", b'{"results": []}', b"[1]"])
def test_a_database_that_gives_no_answer_is_told_and_passes(
    database: Database, raw: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    database.raw = raw
    assert command.main(["audit"], database.address) == 0
    assert "skipped: known vulnerabilities were not looked up" in capsys.readouterr().out


def test_a_database_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreachable, match="cannot be reached"):
        advisories(HELD, "http://127.0.0.1:9/v1/querybatch")


def test_installing_says_what_it_does_and_what_went_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = tmp_path / "lock.txt"
    (entry,) = re.findall(r"^click==.*?(?=^\w)", RUN_TIME.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lock.write_text(entry)
    assert installing.main(lock) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Installing the packages of lock.txt, 1 in all. It takes half a minute to two minutes")
    assert last.startswith("  done in ")
    lock.write_text("click==not a version")
    assert installing.main(lock) != 0
    told = capsys.readouterr().out
    assert "Invalid requirement" in told
    assert "could not be installed; see above" in told
