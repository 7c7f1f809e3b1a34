"""Article files: which file each article of the index came from, in a companion file.

The source stored with an article is for readers: it is relative to the folder given. This file is exact and is written
anew by every reindex. Files are told apart by folder and name, folders by two paths, as given and without links, so
that an archive may be named in several ways. The hash of the source tells whether an unchanged article has moved.

    keys      u8[n]    hash of each article id, ascending
    files     u4[n]    the number of its file
    sources   u8[n]    hash of the source that readers are shown
    folder    u4[f]    of each file: the number of its folder
    name      u8[f]    of each file: hash of its name
    given, real        strings: the two paths of each folder; "" for the folder of files that nobody knows
"""

import os
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.copies.array_file import (
    DamagedArraysError,
    arrays_to_strings,
    read_arrays,
    strings_to_arrays,
    write_arrays,
)
from archive.reading.seen_ids import SeenIds
from archive.record import Record
from archive.text_hash import text_hash

ARTICLE_FILES = "article-files.npz"
RULES = b"kliping article files 2"
FREE = -1  # of a file that no mark was set on
UNKNOWN_FOLDER = ("", "")


class ArticleFiles:
    """The files of the articles of the last reindex. Files can be marked with numbers, by path."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self._keys = arrays["keys"].astype(np.uint64)
        self._files = arrays["files"].astype(np.uint32)
        self._sources = arrays["sources"].astype(np.uint64)
        self._folder = arrays["folder"].astype(np.uint32)
        self._name = arrays["name"].astype(np.uint64)
        self._given, self._real = (arrays_to_strings(name, arrays) for name in ("given", "real"))
        self._marks = np.full(len(self._folder), FREE, np.int64)

    @classmethod
    def load(cls, path: Path | None) -> "ArticleFiles | None":
        """Load what the last reindex saved; None if it is missing, damaged or of another version."""
        try:
            return None if path is None else cls(read_arrays(path, RULES))
        except (OSError, DamagedArraysError, KeyError, ValueError):
            return None

    def __len__(self) -> int:
        return len(self._keys)

    def mark(self, path: Path, mark: int) -> None:
        """Mark the file at a path, or all files of a folder and below it, unless they are marked already."""
        given, real = _both(os.path.abspath(path))  # noqa: PTH100  # keeps ".." apart from links
        for folder in {*self._below[given], *self._below[real]}:
            self._set(np.flatnonzero(self._folder == folder), mark)
        name = text_hash(os.path.basename(given))  # noqa: PTH119  # of a string
        beside = {folder for parent in _both(os.path.dirname(given)) for folder in self._at[parent]}  # noqa: PTH120
        self._set(np.array([file for folder in beside for file in self._named[folder, name]], np.intp), mark)

    def mark_of(self, article_id: str) -> int | None:
        """The mark of an article's file, `FREE` if it has none; None if it is not known which file that is."""
        row = self._row(article_id)
        if row is None or not self._given[self._folder[self._files[row]]]:
            return None
        return int(self._marks[self._files[row]])

    def file_of(self, article_id: str) -> tuple[tuple[str, str], int]:
        """The folder of an article's file, by its two paths, and the hash of its name."""
        row = self._row(article_id)
        if row is None:
            return UNKNOWN_FOLDER, 0
        file = self._files[row]
        folder = self._folder[file]
        return (self._given[folder], self._real[folder]), int(self._name[file])

    def missing_from(self, now: "CollectedFiles") -> tuple[int, list[int]]:
        """How many of these articles another run has not found, and the marks of the files they came from."""
        gone = ~np.isin(self._keys, np.frombuffer(now.keys, np.uint64) if now.keys else np.empty(0, np.uint64))
        marks = np.unique(self._marks[self._files][gone])
        return int(gone.sum()), [int(mark) for mark in marks if mark != FREE]

    def source_of(self, article_id: str) -> int | None:
        """The hash of an article's source; None if it is not known."""
        row = self._row(article_id)
        return None if row is None else int(self._sources[row])

    def _row(self, article_id: str) -> int | None:
        key = text_hash(article_id)
        row = bisect_left(self._keys.data, key)
        return row if row < len(self._keys) and int(self._keys[row]) == key else None

    def replaced_by(self, now: "CollectedFiles") -> int:
        """How many of these articles are gone while another one, named by what it is, now stands at their place."""
        keys, sources = np.array(now.keys, np.uint64), np.array(now.sources, np.uint64)
        taken = sources[np.frombuffer(bytes(now.derived), bool) & ~np.isin(keys, self._keys)]
        return int((~np.isin(self._keys, keys) & np.isin(self._sources, taken)).sum())

    def _set(self, files: NDArray[np.intp], mark: int) -> None:
        self._marks[files[self._marks[files] == FREE]] = mark

    @cached_property
    def _named(self) -> defaultdict[tuple[int, int], list[int]]:
        """(folder, hash of the name) → its numbers: a file has two if only some of its articles were read."""
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for file, pair in enumerate(zip(self._folder.tolist(), self._name.tolist(), strict=True)):
            found[pair].append(file)
        return found

    @cached_property
    def _at(self) -> defaultdict[str, list[int]]:
        """Path → folders that have it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for folder, paths in enumerate(zip(self._given, self._real, strict=True)):
            for path in {*paths}:
                found[path].append(folder)
        return found

    @cached_property
    def _below(self) -> defaultdict[str, list[int]]:
        """Path → folders that have it or lie below it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for path, folders in self._at.items():
            for above in (path, *map(str, Path(path).parents)) if path else ():
                found[above] += folders
        return found


class CollectedFiles:
    """The files of the articles of a running reindex."""

    def __init__(self) -> None:
        self.keys = array("Q")
        self._files = array("I")
        self.sources, self.derived = array("Q"), bytearray()
        self._folder, self._name = array("I"), array("Q")
        self._folders: dict[tuple[str, str], int] = {}
        self._real: dict[str, str] = {}
        self._seen = SeenIds()
        self._renamed: Mapping[str, str] = {}
        self._path: Path | None = None
        self._file = 0
        self._carried: dict[tuple[tuple[str, str], int], int] = {}

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._seen and article_id not in self._renamed

    def add(self, record: Record, path: Path) -> None:
        """Note the file and the source of a record; those of one file come one after another."""
        if path is not self._path:
            self._path = path
            folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100  # keeps ".." apart from links
            if folder not in self._real:
                self._real[folder] = os.path.realpath(folder)
            self._file = self._begin((folder, self._real[folder]), text_hash(name))
        self._append(record.id, self._file, text_hash(record.source))
        self.derived[-1] = bool(record.former_id)

    def rename(self, renamed: Mapping[str, str]) -> None:
        """Note the ids that articles got in the end in place of others."""
        self._renamed = renamed
        keys = {text_hash(old): new for old, new in renamed.items()}
        sought = np.fromiter(keys, np.uint64, len(keys))
        for place in np.flatnonzero(np.isin(np.array(self.keys, np.uint64), sought)).tolist():
            new = keys[self.keys[place]]
            self._seen.add(new)
            self.keys[place] = text_hash(new)

    def carry(self, article_id: str, before: ArticleFiles | None) -> None:
        """Note for an article the file it had before, in place of one it was read from."""
        file = before.file_of(article_id) if before is not None else (UNKNOWN_FOLDER, 0)
        if file not in self._carried:
            self._carried[file] = self._begin(*file)
        self._append(article_id, self._carried[file], (before and before.source_of(article_id)) or 0)

    def save(self, path: Path) -> None:
        """Save the files beside an index."""
        keys, files = np.array(self.keys, np.uint64), np.array(self._files, np.uint32)
        order = np.argsort(keys, kind="stable")
        order = order[np.append(keys[order][1:] != keys[order][:-1], True)[: len(order)]]  # of several files the last
        given, real = ([paths[place] for paths in self._folders] for place in (0, 1))
        folder, name = np.array(self._folder, np.uint32), np.array(self._name, np.uint64)
        sources = np.array(self.sources, np.uint64)[order]
        numbers = (
            ("keys", keys[order]), ("files", files[order]), ("sources", sources), ("folder", folder), ("name", name)
        )  # fmt: skip
        write_arrays(path, RULES, [*numbers, *strings_to_arrays("given", given), *strings_to_arrays("real", real)])

    def _begin(self, folder: tuple[str, str], name: int) -> int:
        self._folder.append(self._folders.setdefault(folder, len(self._folders)))
        self._name.append(name)
        return len(self._folder) - 1

    def _append(self, article_id: str, file: int, source: int) -> None:
        self._seen.add(article_id)
        self.keys.append(text_hash(article_id))
        self._files.append(file)
        self.sources.append(source)
        self.derived.append(False)


def _both(path: str) -> tuple[str, str]:
    return path, os.path.realpath(path)
