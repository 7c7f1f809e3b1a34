"""The quality gate: figures are compared with pinned floors for the same data, and no floor drops unnoticed."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from quality.__main__ import MEASURES, Measure, main
from quality.figures import Figures, data_digest, flat
from quality.floors import Floor, Floors


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "words.tsv").write_text("kunjungan\tkunjung\n", encoding="utf-8")
    return folder


@pytest.fixture
def floors(tmp_path: Path, data: Path) -> Path:
    path = tmp_path / "floors.json"
    held = {"stems.meets": Floor(0.9), "stems.cut": Floor(0.01, at_most=True)}
    Floors(data_digest(data), held).save(path)
    return path


def run(data: Path, floors: Path, figures: Figures, *arguments: str) -> int:
    measures: Mapping[str, Measure] = {"stems": lambda _: figures}
    return main(["--data", str(data), "--floors", str(floors), *arguments], measures)


def test_the_last_line_is_one_json_object_with_all_figures(
    data: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures: Figures = {"meets": 0.95, "cut": 0.005, "lists": {"one": 1.0}}
    assert run(data, floors, figures) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"stems": figures}


@pytest.mark.parametrize("worse", [{"meets": 0.89, "cut": 0.0}, {"meets": 0.95, "cut": 0.02}])
def test_a_figure_worse_than_its_floor_fails_and_is_named(
    data: Path, floors: Path, worse: Figures, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, floors, worse) == 1
    assert "worse than before: stems." in capsys.readouterr().err


def test_figures_of_other_data_are_compared_with_nothing(
    data: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "words.tsv").write_text("lain\tlain\n", encoding="utf-8")
    assert run(data, floors, {"meets": 0.1}) == 0
    assert "other data" in capsys.readouterr().err


def test_pinning_tightens_floors_and_never_loosens_them(data: Path, floors: Path) -> None:
    assert run(data, floors, {"meets": 0.97, "cut": 0.02}, "--pin") == 1
    held = Floors.load(floors).floors
    assert held == {"stems.meets": Floor(0.97), "stems.cut": Floor(0.01, at_most=True)}


def test_a_floor_is_loosened_by_name_and_with_a_reason(data: Path, floors: Path) -> None:
    worse = {"meets": 0.85, "cut": 0.005}
    assert run(data, floors, worse, "--loosen", "stems.meets") == 2
    assert run(data, floors, worse, "--loosen", "stems.other", "--because", "no such thing") == 2
    assert run(data, floors, worse, "--loosen", "stems.meets", "--because", "names are kept whole") == 0
    assert Floors.load(floors).floors["stems.meets"] == Floor(0.85, because="names are kept whole")


def test_a_measure_without_its_data_is_skipped_with_a_word(
    data: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(folder: Path) -> Figures:
        return {"lines": float(len((folder / "news.jsonl.gz").read_bytes()))}

    assert main(["--data", str(data), "--floors", str(floors)], {"news": absent}) == 0
    printed = capsys.readouterr()
    assert "news is skipped" in printed.err
    assert printed.out.splitlines()[-1] == "{}"


def test_a_folder_that_is_not_there_is_refused_with_the_remedy(
    tmp_path: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nothing", floors, {}) == 2
    assert "make quality DATA=" in capsys.readouterr().err


def test_figures_are_named_by_their_path() -> None:
    assert dict(flat({"a": {"b": 1.0, "c": {"d": 2.0}}, "e": 3.0})) == {"a.b": 1.0, "a.c.d": 2.0, "e": 3.0}


def test_the_pinned_floors_are_readable_and_name_known_measures() -> None:
    pinned = Floors.load()
    assert pinned.floors
    assert {name.split(".")[0] for name in pinned.floors} <= MEASURES.keys()  # pages are of no shared data
