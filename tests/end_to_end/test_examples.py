"""The client and the notebook in examples/ work against a server as it is run."""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests import ROOT, SAMPLES
from tests.serving import served
from web import create_app

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("examples") / "index"
    reindex(open_engine(folder), ReindexRequest((SAMPLES,)))
    with served(create_app({"KLIPING_INDEX": folder})) as found:
        yield found


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(EXAMPLES)
    yield import_module("kliping")
    sys.modules.pop("kliping")


def test_every_hit_is_given_once(client: Any, address: str) -> None:
    archive = client.Archive(address)
    hits = [hit["id"] for hit in archive.hits(size=3, copies="show")]
    assert len(hits) == len(set(hits)) == archive.search()["total"]["articles"]


def test_a_mistake_is_told_in_a_sentence(client: Any, address: str) -> None:
    with pytest.raises(client.Refused, match="sort cannot be"):
        client.Archive(address).search("harga", sort="cheapest")


def test_an_export_is_named_by_its_file(client: Any, address: str, tmp_path: Path) -> None:
    archive = client.Archive(address)
    for name, beginning in (
        ("a.csv", "\ufeff"),
        ("a.bib", "% archive: "),
        ("a.ris", "TY  - "),
        ("a.jsonl", '{"about"'),
    ):
        path = archive.export(tmp_path / name, "harga")
        assert path.read_text(encoding="utf-8").startswith(beginning)


@pytest.mark.usefixtures("client")
def test_every_cell_of_the_notebook_runs(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLIPING_ADDRESS", address)
    names: dict[str, Any] = {}
    for cell in json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)  # noqa: S102 -- our own notebook
    assert len(names["rows"]) == len(names["hits"])


def test_ids_batches_and_comparisons(client: Any, address: str) -> None:
    archive = client.Archive(address)
    assert list(archive.ids("harga", copies="show")) == [hit["id"] for hit in archive.hits("harga", copies="show")]
    counted = archive.batch("harga", "q=nelayan", by="month")["queries"]
    totals = [archive.search(text, copies="show")["total"]["articles"] for text in ("harga", "nelayan")]
    assert [one["counts"]["articles"] for one in counted] == totals
    sides = archive.compare("harga", "nelayan")["sides"]
    assert [side["articles"] for side in sides.values()] == totals
