"""What the disk refuses is told in one sentence with place and remedy; the old index goes on, and nothing is left."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.embedded.columnar.postings import word_order
from index.engine import Engine, UnusableLocation
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Kapal feri berangkat dari Merak.")
    return folder


@pytest.fixture
def engine(tmp_path: Path, articles: Path) -> Engine:
    engine = open_engine(tmp_path / "index")
    reindex(engine, ReindexRequest((articles,)))
    (articles / "b.txt").write_text("Harga beras naik lagi di pasar induk.")
    return engine


LIMITED = """
import resource, sys
from pathlib import Path
from index.engine import EngineError
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
if __name__ == "__main__":
    folder, articles = map(Path, sys.argv[1:3])
    for limit in map(int, sys.argv[3:]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            reindex(open_engine(folder), ReindexRequest((articles,)))
        except EngineError as error:
            print(error)
        else:
            print("done")
"""


@pytest.mark.parametrize("count", [400, 2300])  # in one process, and in as many as there are cores
def test_files_that_may_not_grow_leave_the_old_index_and_nothing_else(
    engine: Engine, articles: Path, tmp_path: Path, count: int
) -> None:
    before, published = engine.info(), sorted(path.name for path in (tmp_path / "index").iterdir())
    told = ({"id": f"m{n}", "text": f"Berita nomor {n**7} dari desa {n**5}: {n**11} karung."} for n in range(count))
    (articles / "many.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told))
    script = tmp_path / "limited.py"
    script.write_text(LIMITED)
    limits = [10, 500, 3_000, 10_000, 30_000, 60_000]
    result = subprocess.run(
        [sys.executable, script, tmp_path / "index", articles, *map(str, limits)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert result.stderr == ""
    sentences = result.stdout.splitlines()
    assert len(sentences) == len(limits)
    for sentence in sentences:
        assert sentence.startswith(
            f"the index folder {tmp_path / 'index'} cannot be used: File too large; raise the limit"
        )
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == published
    after = open_engine(tmp_path / "index")
    assert after.info() == before
    assert list(after.check()) == []
    assert reindex(after, ReindexRequest((articles,))).new == count + 1


CALLS = ["os.fsync", "os.link", "os.mkdir", "os.open", "os.replace", "os.rename", "shutil.copyfile", "fcntl.flock"]


@pytest.mark.parametrize(
    ("call", "number"),
    [
        *((call, errno.ENOSPC) for call in CALLS),
        *(("os.fsync", other) for other in (errno.EDQUOT, errno.EROFS, errno.EIO)),
    ],
)
def test_any_call_that_fails_is_told_with_the_remedy(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    articles = tmp_path / "articles"
    before = engine.info()

    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    failed = None
    with monkeypatch.context() as patch:
        patch.setattr(call, fail)
        try:
            reindex(engine, ReindexRequest((articles,)))
        except UnusableLocation as error:
            failed = str(error)
    if failed is not None:
        assert failed.startswith(f"the index folder {tmp_path / 'index'} cannot be used: {os.strerror(number)}; ")
        assert open_engine(tmp_path / "index").info() == before
    assert reindex(engine, ReindexRequest((articles,))).articles == 2
    assert len(list((tmp_path / "index").glob("2*"))) <= 2
    assert list(engine.check()) == []
    assert failed is not None or call in {"os.open", "os.rename"}, "only some systems and versions call these"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_disk_that_is_full_when_words_are_put_in_order_is_told(
    engine: Engine, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine.info()
    with monkeypatch.context() as patch, Path("/dev/full").open("r+b", buffering=0) as full:
        patch.setattr(word_order, "temporary_file", lambda *_: full)
        with pytest.raises(UnusableLocation, match="No space left on device"):
            reindex(engine, ReindexRequest((articles,)))
    assert engine.info() == before
    assert reindex(engine, ReindexRequest((articles,))).new == 1


@pytest.mark.parametrize("number", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP])
def test_files_are_copied_where_there_are_no_hard_links(
    engine: Engine, articles: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.link", fail)
    report = reindex(engine, ReindexRequest((articles,)))
    assert (report.new, report.unchanged) == (1, 1)
    assert engine.info().articles == 2
    assert list(engine.check()) == []


def test_a_folder_of_temporary_files_is_not_needed(
    engine: Engine, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert reindex(engine, ReindexRequest((articles,))).new == 1
