"""Power cuts: what may be left on disk at any moment of a reindex, if whatever was not synced may be missing.

A `DiskRecorder` follows a folder while something writes to it. At every change of a folder and every fsync it notes
what is there, and what of that is surely on disk: the content of a file as of its last fsync, and the entries of a
folder as of the folder's last fsync. A power cut then leaves any mixture: each entry as it was or as it is, and a file
that was not synced empty, cut, zeroed or whole. `try_reindexes` is the long form: it takes counts and a seed.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from index.engine import EngineError, NoIndex
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest

INDEX = Path("new/folder/index")  # below the recorded folder
CHANGES = ("mkdir", "rmdir", "link", "unlink", "remove", "rename", "replace")
Entries = Mapping[str, int]  # name → identity of the file or folder


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: the entries of all folders and the contents of all files by identity, and those that are synced."""

    folders: Mapping[int, Entries]
    files: Mapping[int, bytes]
    synced_folders: Mapping[int, Entries]
    synced_files: Mapping[int, bytes]


class DiskRecorder:
    """Follows everything in a folder; what is there at first is on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.moments: list[Moment] = []
        self._numbers = count()
        self._identities: dict[int, int] = {}  # inode → identity; an inode may be used again for another file
        self._read: dict[int, tuple[tuple[int, int], bytes]] = {}
        self._folders: dict[int, Entries] = {}
        self._look()
        self.top = self._identities[root.stat().st_ino]
        self._synced_folders = dict(self._folders)
        self._synced_files = {identity: content for identity, (_, content) in self._read.items()}

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Note a moment before and after each change of a folder and each fsync, and one at the end."""
        with ExitStack() as stack:
            for name in CHANGES:
                stack.enter_context(patch.object(os, name, self._noting(getattr(os, name))))
            stack.enter_context(patch.object(os, "fsync", self._syncing(os.fsync)))
            yield
        self._note()

    def _noting(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any, **named: Any) -> Any:
            self._note()
            try:
                return call(*given, **named)
            finally:
                self._note()

        return noted

    def _syncing(self, call: Callable[[int], None]) -> Callable[[int], None]:
        def synced(handle: int) -> None:
            self._note()
            call(handle)
            self._look()
            identity = self._identities.get(os.fstat(handle).st_ino)
            if identity in self._folders:
                self._synced_folders[identity] = self._folders[identity]
            elif identity in self._read:
                self._synced_files[identity] = self._read[identity][1]
            self._note()

        return synced

    def _note(self) -> None:
        self._look()
        files = {identity: content for identity, (_, content) in self._read.items()}
        self.moments.append(Moment(dict(self._folders), files, dict(self._synced_folders), dict(self._synced_files)))

    def _look(self) -> None:
        found: dict[int, os.stat_result] = {}
        self._folders = {}
        self._look_into(self.root, found)
        self._identities = {inode: identity for inode, identity in self._identities.items() if inode in found}

    def _look_into(self, folder: Path, found: dict[int, os.stat_result]) -> int:
        entries: dict[str, int] = {}
        for entry in os.scandir(folder):
            state = entry.stat(follow_symlinks=False)
            found[state.st_ino] = state
            if entry.is_dir(follow_symlinks=False):
                entries[entry.name] = self._look_into(Path(entry.path), found)
            else:
                entries[entry.name] = self._look_at(Path(entry.path), state)
        state = folder.stat()
        found[state.st_ino] = state
        identity = self._identity(state)
        self._folders[identity] = entries
        return identity

    def _look_at(self, path: Path, state: os.stat_result) -> int:
        identity, stamp = self._identity(state), (state.st_size, state.st_mtime_ns)
        if identity not in self._read or self._read[identity][0] != stamp:
            self._read[identity] = stamp, path.read_bytes()
        return identity

    def _identity(self, state: os.stat_result) -> int:
        if state.st_ino not in self._identities:
            self._identities[state.st_ino] = next(self._numbers)
        return self._identities[state.st_ino]


Tree = dict[str, Any]  # name → content of a file, or a tree


def left_after(moment: Moment, top: int, chance: Random, unsynced: float) -> Tree:
    """What a power cut leaves: each change that is not synced is there with a probability of `unsynced`."""
    before, after = moment.synced_folders.get(top, {}), moment.folders.get(top, {})
    tree: Tree = {}
    for name in sorted({*before, *after}):
        identity = after.get(name) if chance.random() < unsynced else before.get(name)
        if identity is None:
            continue
        if identity in moment.files:
            tree[name] = _content_left(moment, identity, chance, unsynced)
        else:
            tree[name] = left_after(moment, identity, chance, unsynced)
    return tree


def _content_left(moment: Moment, identity: int, chance: Random, unsynced: float) -> bytes:
    content, synced = moment.files[identity], moment.synced_files.get(identity)
    if content == synced:
        return content
    damaged = [synced or b"", content[: len(content) // 2], bytes(len(content))]
    return content if chance.random() < unsynced / 2 else chance.choice(damaged)


def write_tree(tree: Tree, folder: Path) -> None:
    """Write what is left into a new folder."""
    folder.mkdir()
    for name, content in tree.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            write_tree(content, folder / name)


@dataclass(slots=True)
class CutReport:
    """How many power cuts were tried, how many different indexes they left, and which of these were not whole."""

    tried: int = 0
    different: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Expected:
    """The ids that an index may have after a power cut; None for no index."""

    before: str | None
    after: str


def record_reindex(root: Path, articles: Path, *, full: bool = False) -> tuple[DiskRecorder, Expected]:
    """Reindex below a folder and record it meanwhile."""
    root.mkdir(exist_ok=True)
    index = root / INDEX
    before = open_engine(index).info().id if index.exists() else None
    recorder = DiskRecorder(root)
    with recorder.recording():
        reindex(open_engine(index), ReindexRequest((articles,), full=full))
    return recorder, Expected(before, open_engine(index).info().id)


def try_reindexes(folder: Path, *, cuts: int, seed: int) -> CutReport:
    """Cut the power during a first reindex, an edit, a full reindex, and one that changes a companion file only."""
    articles, together = folder / "articles", CutReport()
    articles.mkdir()
    edits = ({"a": "Petani memanen padi.", "b": "Kapal feri."}, {"a": "Petani lain."}, {"c": "Hujan."}, {"empty": ""})
    for number, edit in enumerate(edits):
        for name, text in edit.items():
            (articles / f"{name}.txt").write_text(text)
        recorder, expected = record_reindex(folder / "disk", articles, full=number == 2)
        (folder / f"left{number}").mkdir()
        report = try_power_cuts(recorder, expected, folder / f"left{number}", cuts=cuts, seed=seed + number)
        together.tried += report.tried
        together.different += report.different
        together.failed += [f"reindex {number}, {problem}" for problem in report.failed]
    return together


def try_power_cuts(recorder: DiskRecorder, expected: Expected, folder: Path, *, cuts: int, seed: int) -> CutReport:
    """Cut the power at each recorded moment, `cuts` times and in the two extreme ways; write what is left to a folder.

    Every index that is left must be the old or the new one, whole; after the last moment it must be the new one.
    """
    chance, report, known = Random(seed), CutReport(), dict[Any, str]()
    for number, moment in enumerate(recorder.moments):
        for unsynced in (0.0, 1.0, *(chance.random() for _ in range(cuts))):
            tree = left_after(moment, recorder.top, chance, unsynced)
            report.tried += 1
            published = _published(tree, INDEX)
            if published not in known:
                write_tree(tree, folder / str(len(known)))
                known[published] = _answer(folder / str(len(known)) / INDEX)
            last = number == len(recorder.moments) - 1
            if known[published] not in ({expected.after} if last else {expected.before or "", expected.after}):
                report.failed.append(f"moment {number} of {len(recorder.moments)}: {known[published]}")
    report.different = len(known)
    return report


def _published(tree: Tree, index: Path) -> Any:
    """What a reader sees of an index: the name of the published generation, and its files."""
    for part in index.parts:
        tree = tree.get(part, {})
    current = tree.get("CURRENT")
    if current is None:
        return None
    generation = tree.get(current.decode(errors="replace").strip(), {})
    return current, tuple(sorted((name, hash(content)) for name, content in generation.items()))


def _answer(index: Path) -> str:
    """The id of an index that is whole, "" for none, or what is wrong with it."""
    try:
        problems = list(open_engine(index).check())
        return "; ".join(problems) or open_engine(index).info().id
    except NoIndex:
        return ""
    except EngineError as error:
        return str(error)
