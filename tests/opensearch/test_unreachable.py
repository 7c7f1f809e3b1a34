"""While no server answers, pages, API and commands say so in words, soon, and tell no password."""

import socket

import pytest
from flask import Flask

from web import create_app


@pytest.fixture
def app() -> Flask:
    """An app whose index is at a port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return create_app({"TESTING": True, "KLIPING_INDEX": f"http://someone:hidden-word@127.0.0.1:{port}/berita"})


def test_pages_say_that_the_index_cannot_be_reached(app: Flask) -> None:
    response = app.test_client().get("/?q=beras")
    assert response.status_code == 503
    assert "Indeks tidak dapat dicapai" in response.text
    assert "hidden-word" not in response.text


def test_the_api_says_which_servers_do_not_answer(app: Flask) -> None:
    response = app.test_client().get("/api/v1/search?q=beras")
    assert response.status_code == 503
    assert response.json is not None
    assert "do not answer" in response.json["detail"]
    assert response.json["type"].endswith("#unreachable")
    assert "hidden-word" not in response.text


@pytest.mark.parametrize("command", [["info"], ["search", "beras"], ["verify"], ["reindex", "samples"]])
def test_commands_end_with_a_sentence(app: Flask, command: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 1
    assert "do not answer" in result.output
    assert "hidden-word" not in result.output
    assert "Traceback" not in result.output


def test_backups_are_those_of_the_cluster(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["backup", "file.kliping"])
    assert result.exit_code == 1
    assert "snapshots" in result.output
