"""A parallel map returns all results in order, or raises if a worker process dies."""

import os
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import pytest

from index import parallel
from index.parallel import WorkerDied, parallel_map, worker_count


@pytest.mark.parametrize("portions", [0, 1, 40])
def test_answers_come_in_the_order_of_the_portions(portions: int) -> None:
    assert list(parallel_map(abs, range(-portions, 0))) == list(range(portions, 0, -1))


def test_a_portion_that_fails_fails_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(parallel_map(int, ["1", "2", "3", "x", "5"]))


@pytest.mark.skipif(worker_count() == 1, reason="with one core all work is done in this process")
def test_a_process_that_is_killed_is_told_from_one_that_is_done() -> None:
    with pytest.raises(WorkerDied):
        list(parallel_map(os._exit, [1] * 10))


def end_once(folder: str) -> str:
    """End this process, the first time for a folder."""
    try:
        (Path(folder) / "ended").touch(exist_ok=False)
    except FileExistsError:
        return folder
    os._exit(9)


def test_work_whose_process_was_killed_is_done_again(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(5 if worker_count() > 1 else 0)]
    for number, folder in enumerate(folders):
        folder.mkdir()
        if number != 2:
            (folder / "ended").touch()
    assert list(parallel_map(end_once, map(str, folders))) == list(map(str, folders))


def test_what_the_script_of_a_process_imports_is_imported_once_for_all_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    script = ModuleType("__main__")
    vars(script).update(os=os, worker_count=worker_count, Path=Path, answer=42)
    monkeypatch.setitem(sys.modules, "__main__", script)
    context = Mock()
    monkeypatch.setattr("index.parallel.get_context", lambda _: context)
    monkeypatch.setattr("index.parallel.ProcessPoolExecutor", Mock())
    parallel._new_pool(1)
    assert context.set_forkserver_preload.call_args.args[0] == [*parallel.MODULES, "index.parallel"]
    script.__spec__ = ModuleSpec("index.parallel", None)  # as by `python -m`: each worker runs it under its own name
    parallel._new_pool(1)
    assert context.set_forkserver_preload.call_args.args[0] == parallel.MODULES
