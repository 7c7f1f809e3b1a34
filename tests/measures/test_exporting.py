"""The benchmark of exports exports what it says, on a small index; durations are not tested."""

from pathlib import Path

from benchmarks.exporting import export
from index.answers.exporting.formats import FORMATS
from index.opening import open_engine
from tests.contract.engine_contract import an_article


def test_every_format_is_exported_whole(tmp_path: Path) -> None:
    with open_engine(tmp_path / "index").build() as build:
        for number in range(30):
            build.add(an_article(f"{number}", f"beras {number}", "2018-05-31"))
    for name, format_ in FORMATS.items():
        found = export(tmp_path / "index", name, "beras", texts=format_.texts)
        assert (found.rows, found.size > 30, found.grown >= 0) == (30, True, True)
