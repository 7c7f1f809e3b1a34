"""A power cut at any moment of a reindex leaves the old index or the new one, whole, even if all unsynced is lost."""

from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from index.embedded import publishing
from index.opening import open_engine
from index.reindexing.pipeline import ReindexRequest, reindex
from tests.index.embedded.power_cuts import DiskRecorder, Expected, left_after, try_power_cuts, write_tree

INDEX = Path("new/folder/index")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"Petani {name} memanen padi karena hujan deras turun pekan depan.")
    return folder


def recorded(root: Path, articles: Path, *, full: bool = False) -> tuple[DiskRecorder, Expected]:
    """Reindex below a folder that is recorded meanwhile."""
    root.mkdir(exist_ok=True)
    index = root / INDEX
    before = open_engine(index).info().id if index.exists() else None
    recorder = DiskRecorder(root)
    with recorder.recording():
        reindex(open_engine(index), ReindexRequest((articles,), full=full))
    return recorder, Expected(INDEX, before, open_engine(index).info().id)


@pytest.mark.parametrize("full", [False, True])
def test_a_power_cut_leaves_the_old_index_or_the_new_one(tmp_path: Path, articles: Path, *, full: bool) -> None:
    recorded(tmp_path / "disk", articles)
    (articles / "c.txt").unlink()
    recorded(tmp_path / "disk", articles)  # so that there is a generation to remove
    (articles / "a.txt").unlink()
    (articles / "d.txt").write_text("Kapal feri berangkat.")
    recorder, expected = recorded(tmp_path / "disk", articles, full=full)
    assert expected.before != expected.after
    (tmp_path / "left").mkdir()
    report = try_power_cuts(recorder, expected, tmp_path / "left", cuts=10, seed=1)
    assert report.failed == []
    assert report.tried == 12 * len(recorder.moments) > 500
    assert report.different >= 2


def test_a_power_cut_during_the_first_reindex_leaves_no_index_or_the_new_one(tmp_path: Path, articles: Path) -> None:
    recorder, expected = recorded(tmp_path / "disk", articles)
    (tmp_path / "left").mkdir()
    report = try_power_cuts(recorder, expected, tmp_path / "left", cuts=10, seed=1)
    assert report.failed == []


def test_a_power_cut_while_one_companion_file_is_published_leaves_it_whole(tmp_path: Path, articles: Path) -> None:
    recorded(tmp_path / "disk", articles)
    (articles / "empty.txt").write_text("")  # rejected, so nothing but the list of rejects changes
    recorder, expected = recorded(tmp_path / "disk", articles)
    assert expected.before == expected.after
    (tmp_path / "left").mkdir()
    report = try_power_cuts(recorder, expected, tmp_path / "left", cuts=10, seed=1)
    assert report.failed == []
    assert report.different >= 2


def test_after_a_power_cut_the_next_reindex_makes_the_new_index(tmp_path: Path, articles: Path) -> None:
    recorded(tmp_path / "disk", articles)
    (articles / "a.txt").unlink()
    recorder, expected = recorded(tmp_path / "disk", articles)
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
        recorder, expected = recorded(tmp_path / "disk", articles)
    (tmp_path / "left").mkdir()
    report = try_power_cuts(recorder, expected, tmp_path / "left", cuts=3, seed=1)
    assert report.failed != []
