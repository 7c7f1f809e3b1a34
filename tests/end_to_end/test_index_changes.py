"""`flask diff-index`: what came, went and changed between two indexes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.reindexing.listings import MOST_KEPT
from web import create_app

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "articles").mkdir()
    app = create_app({"KLIPING_INDEX": tmp_path / "index", "KLIPING_ARTICLES": tmp_path / "articles"})
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])


def index(run: Run, tmp_path: Path, *options: str, **texts: str) -> str:
    """Make the index hold these articles and return its id."""
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "articles" / "a.jsonl").write_text("\n".join(lines), "utf-8")
    assert run("reindex", "--allow-removals", *options).exit_code == 0
    return str(json.loads(run("info", "--json").stdout)["id"])


@pytest.mark.parametrize("options", [(), ("--full",)])
def test_what_came_went_and_changed_is_told(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    first = index(run, tmp_path, a="Panen raya di Sleman.", b="Banjir surut.", c="Harga beras naik.")
    index(run, tmp_path, *options, a="Panen raya di Sleman.", b="Banjir mulai surut.", d="Kapal feri berangkat.")
    told = run("diff-index", first[:6])
    assert told.exit_code == 0
    assert [line.split("\t")[:2] for line in told.stdout.splitlines()] == [["+", "d"], ["-", "c"], ["~", "b"]]
    assert "1 came, 1 went, 1 changed, 1 unchanged" in told.stderr
    found = json.loads(run("diff-index", first, "--json").stdout)
    assert (found["came"], found["went"], found["changed"], found["same"]) == (["d"], ["c"], ["b"], 1)
    assert found["before"]["id"] == first
    asked = run("diff-index", first, "--query", "feri", "--json")
    assert "what went (1 article)" in asked.stderr
    narrowed = json.loads(asked.stdout)
    assert (narrowed["came"], narrowed["changed"], narrowed["went"]) == (["d"], [], ["c"])


def test_two_older_indexes_are_compared_and_only_the_last_are_kept(run: Run, tmp_path: Path) -> None:
    ids = [index(run, tmp_path, a="Panen raya.", b=f"Banjir ke-{n} surut.") for n in range(MOST_KEPT + 2)]
    listed = [line.split("\t")[0] for line in run("diff-index").stdout.splitlines()]
    assert set(listed) == set(ids[1:])
    found = json.loads(run("diff-index", ids[1], ids[3], "--json").stdout)
    assert (found["changed"], found["same"], found["came"]) == (["b"], 1, [])
    run("reindex")
    assert [line.split("\t")[0] for line in run("diff-index").stdout.splitlines()] == listed, "nothing has changed"


def test_what_is_not_known_is_told(run: Run, tmp_path: Path) -> None:
    assert run("diff-index").exit_code == 1
    own = index(run, tmp_path, a="Panen raya.")
    assert run("diff-index").stdout.endswith("\t1 article\n")
    unknown = run("diff-index", "ffffffffff")
    assert unknown.exit_code == 2
    assert own in unknown.stderr
    assert run("diff-index", own, "--query", "(a OR").exit_code == 2
    (tmp_path / "index.listings").mkdir()
    (tmp_path / "index.listings" / "0123456789ab.tsv.zst").write_bytes(b"damaged")
    assert run("diff-index").exit_code == 0
    assert run("diff-index", own).stdout == ""
