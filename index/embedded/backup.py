"""What a backup takes of the folder of an index, and how it gets back: the files of one generation.

The files of a published generation are opened at once, so a reindex may publish and remove generations meanwhile. A
companion file may be replaced while they are opened; then all are opened again.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from index.backup_file import PinnedIndex
from index.embedded import manifest
from index.embedded.checking import problems
from index.embedded.generation import Generation
from index.embedded.publishing import GenerationStore
from index.engine import DamagedIndex, IndexInfo, NoIndex

TIMES = 20  # that opening is tried while another process publishes; each time takes a millisecond


@contextmanager
def pinned(folder: Path) -> Iterator[PinnedIndex]:
    """Hold the published generation open; NoIndex if there is none."""
    store = GenerationStore(folder)
    for _ in range(TIMES):
        current = store.current()
        if current is None:
            raise NoIndex(f"there is no index in {folder}; run: flask reindex")
        with ExitStack() as stack:
            files = _opened(current, stack)
            if files is not None and store.current() == current:
                yield PinnedIndex(manifest.read(current).info, manifest.VERSION, files)
                return
    raise NoIndex(f"the index in {folder} is being replaced all the time; try again")


def restored(folder: Path, fill: Callable[[Path], None]) -> IndexInfo:
    """Publish a generation that `fill` writes into an empty folder, if it is whole; DamagedIndex if not."""
    whole = False
    with GenerationStore(folder).writing(lambda: whole) as fresh:
        fill(fresh)
        generation = Generation(fresh)
        problem = next(problems(generation), None)
        if problem is not None:
            raise DamagedIndex(f"the index in the backup is damaged ({problem}); the published one is as it was")
        whole = True
    return generation.info


def _opened(folder: Path, stack: ExitStack) -> dict[str, BinaryIO] | None:
    """Open all files of a generation; None if one of them was replaced or removed meanwhile."""
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
        files: dict[str, BinaryIO] = {path.name: stack.enter_context(path.open("rb")) for path in paths}
        same = all(os.path.samestat(os.fstat(file.fileno()), (folder / name).stat()) for name, file in files.items())
    except FileNotFoundError:
        return None
    return files if same else None


def version() -> str:
    """The version of the files that this engine writes and reads."""
    return manifest.VERSION
