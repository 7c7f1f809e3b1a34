"""A power cut at any moment of a reindex leaves the old index or the new one, whole, even if all unsynced is lost."""

from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from index.embedded import publishing
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.index.embedded.power_cuts import (
    INDEX,
    left_after,
    record_reindex,
    try_power_cuts,
    try_reindexes,
    write_tree,
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"Petani {name} memanen padi karena hujan deras turun pekan depan.")
    return folder


@pytest.mark.parametrize("full", [False, True])
def test_a_power_cut_leaves_the_old_index_or_the_new_one(tmp_path: Path, articles: Path, *, full: bool) -> None:
    record_reindex(tmp_path / "disk", articles)
    (articles / "c.txt").unlink()
    record_reindex(tmp_path / "disk", articles)  # so that there is a generation to remove
    (articles / "a.txt").unlink()
    (articles / "d.txt").write_text("Kapal feri berangkat.")
    recorder, expected = record_reindex(tmp_path / "disk", articles, full=full)
    assert expected.before != expected.after
    (tmp_path / "left").mkdir()
    report = try_power_cuts(recorder, expected, tmp_path / "left", cuts=10, seed=1)
    assert report.failed == []
    assert report.tried == 12 * len(recorder.moments) > 500
    assert report.different >= 2


def test_a_power_cut_leaves_the_old_index_or_the_new_one_whatever_is_published(tmp_path: Path) -> None:
    report = try_reindexes(tmp_path, cuts=5, seed=1)
    assert report.failed == []
    assert report.tried > 1000
    assert report.different >= 8


def test_after_a_power_cut_the_next_reindex_makes_the_new_index(tmp_path: Path, articles: Path) -> None:
    record_reindex(tmp_path / "disk", articles)
    (articles / "a.txt").unlink()
    recorder, expected = record_reindex(tmp_path / "disk", articles)
    chance = Random(1)
    for number, moment in enumerate(chance.sample(recorder.moments, 8)):
        write_tree(left_after(moment, recorder.top, chance, 0.5), tmp_path / str(number))
        engine = open_engine(tmp_path / str(number) / INDEX)
        reindex(engine, ReindexRequest((articles,)))
        assert list(engine.check()) == []
        assert engine.info().id == expected.after


@pytest.mark.parametrize("forgotten", [".terms", ".json", ".npz", "index", "CURRENT.new", "folder"])
def test_a_sync_that_is_forgotten_is_found(tmp_path: Path, articles: Path, forgotten: str) -> None:
    plainly = publishing.sync

    def forgetful(path: Path) -> None:
        if not path.name.endswith(forgotten):
            plainly(path)

    with patch.object(publishing, "sync", forgetful):
        recorder, expected = record_reindex(tmp_path / "disk", articles)
    (tmp_path / "left").mkdir()
    report = try_power_cuts(recorder, expected, tmp_path / "left", cuts=3, seed=1)
    assert report.failed != []
