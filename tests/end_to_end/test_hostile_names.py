"""No control character of a file name, a key, a column or a text reaches the terminal, in the output of any command."""

import json
import re

import pytest
from click.testing import Result
from flask import Flask

from web import create_app

HOSTILE = "\x1b]0;x\x07\u202e\x9b31m\u2028\r"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An archive with hostile names of files and fields, keys, columns, ids and texts."""
    folder = tmp_path_factory.mktemp("hostile") / f"berita{HOSTILE}"
    folder.mkdir()
    (folder / f"kapal\n{HOSTILE}.txt").write_text(
        f"Kapal {HOSTILE}feri berangkat dari Merak (Mrk{HOSTILE}). {'Muatan aman. ' * 50}\n"
    )
    (folder / f"kosong\n{HOSTILE}.txt").write_text("")
    (folder / f"lain{HOSTILE}.q{HOSTILE}").write_text("x")
    (folder / "kunci.jsonl").write_text(json.dumps({f"a{HOSTILE}": "kata"}) + "\n" + json.dumps({"text": 1e999}) + "\n")
    article = {"id": "id\u202e7", "title": f"Judul{HOSTILE} kapal", "outlet": f"Kabar{HOSTILE}", "text": "Kapal rusak."}
    (folder / "artikel.jsonl").write_text(json.dumps(article) + "\n" + json.dumps(article) + "\n")
    (folder / "kolom.csv").write_text(f"a\x1b]0;x\u202e,{'b' * 900}\n1,2\n")
    return create_app({"KLIPING_INDEX": folder.parent / f"indeks{HOSTILE}", "KLIPING_ARTICLES": folder})


def run(app: Flask, *arguments: str) -> Result:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert not UNSAFE.search(result.output), f"{arguments}: {UNSAFE.findall(result.output)}"
    return result


COMMANDS = [
    ["reindex"],
    ["reindex", "--full", "--json"],
    ["reindex", f"/nowhere{HOSTILE}"],
    ["reindex", "--map", f"text{HOSTILE}=a"],
    ["reindex", "--map", f"text{HOSTILE}"],
    ["search", "kapal"],
    ["search", f"kapl{HOSTILE} zzz"],
    ["search", f"({HOSTILE}"],
    ["search", f'title:"{HOSTILE}'],
    ["info"],
    ["info", "--json"],
    ["verify"],
    ["boilerplate"],
    ["boilerplate", f"Kabar{HOSTILE}"],
    ["shortforms", f"x{HOSTILE}y"],
    ["shortforms"],
    ["stem", f"kapal{HOSTILE}feri"],
    ["stem", "--explain", f"berlari{HOSTILE}"],
    [f"reindex{HOSTILE}"],
]


def test_the_output_of_every_command_is_harmless(app: Flask) -> None:
    for command in COMMANDS:
        run(app, *command)


def test_a_name_cannot_forge_a_line(app: Flask) -> None:
    shown = [line for line in run(app, "reindex", "--full").output.splitlines() if line.startswith("rejected ")]
    assert any("kosong\\x0a\\x1b]0;x" in line for line in shown)


def test_json_gives_the_names_back_as_they_are(app: Flask) -> None:
    rejected = json.loads(run(app, "reindex", "--full", "--json").output.splitlines()[-1])["rejected"]
    assert any(item["where"].endswith(f"kosong\n{HOSTILE}.txt") for item in rejected)


def test_colours_are_left_to_a_terminal() -> None:
    from rich.text import Text

    from web.commands.console import SafeConsole

    console = SafeConsole(force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as capture:
        console.print(Text("rusak\x1b[2J\u202e", "bold red"))
    assert capture.get() == "\x1b[1;31mrusak\\x1b[2J\\u202e\x1b[0m\n"
