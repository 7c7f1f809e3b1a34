"""Backup and restore of a whole index with the keeper's settings, in one file."""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from index.backup_file import BadBackup, read_backup, write_backup
from index.disk_errors import reason, remedy
from index.engine import IndexInfo
from index.opening import Location, pinned_index, readable_version, restore_index

INDEX, SETTINGS = "index/", "settings/"
LARGEST_SETTING = 1 << 26  # bytes


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored: the index, the settings files that were written, and those put beside ones that differ."""

    index: IndexInfo
    written: tuple[Path, ...]
    beside: tuple[Path, ...]


def back_up(location: Location, path: Path, settings: Mapping[str, Path]) -> tuple[IndexInfo, list[str]]:
    """Write the published index and the settings files that are there into a backup; return what is in it."""
    with pinned_index(location) as pinned, ExitStack() as stack:
        members = {f"{INDEX}{name}": file for name, file in pinned.files.items()}
        there = [name for name, file in settings.items() if file.is_file()]
        members |= {f"{SETTINGS}{name}": stack.enter_context(settings[name].open("rb")) for name in there}
        info = pinned.info
        held = {"id": info.id, "articles": info.articles, "stories": info.stories, "built": info.built.isoformat()}
        write_backup(path, {"version": pinned.version, "index": held}, members)
        return info, there


def restore(location: Location, path: Path, settings: Mapping[str, Path]) -> RestoreReport:
    """Publish the index of a backup as a new generation, then write its settings files where there are none.

    The whole backup is checked first. A settings file that is there and differs is left; that of the backup is put
    beside it.
    """
    backup = read_backup(path)
    if backup.header["version"] != readable_version(location):
        raise BadBackup(
            f"{path} holds an index of version {backup.header['version']}, this Kliping reads "
            f"{readable_version(location)}: restore it with the Kliping that wrote it, or make the index anew from the "
            "articles: flask reindex"
        )
    kept: dict[str, bytes] = {}

    def fill(folder: Path) -> None:
        for name, content in backup.open():
            if name.startswith(INDEX):
                with (folder / name.removeprefix(INDEX)).open("xb") as file:
                    shutil.copyfileobj(content, file)
            elif name.removeprefix(SETTINGS) in settings:
                kept[name.removeprefix(SETTINGS)] = content.read(LARGEST_SETTING)

    info = restore_index(location, fill)
    return _write_settings(info, {settings[name]: content for name, content in kept.items()})


def _write_settings(info: IndexInfo, contents: Mapping[Path, bytes]) -> RestoreReport:
    written: list[Path] = []
    beside: list[Path] = []
    for path, content in contents.items():
        try:
            if path.exists() and path.read_bytes() == content:
                continue
            to = path.with_name(f"{path.name}.restored") if path.exists() else path
            to.parent.mkdir(parents=True, exist_ok=True)
            unfinished = to.with_name(f".{to.name}.unfinished")
            unfinished.write_bytes(content)
            unfinished.replace(to)
        except OSError as error:
            what = remedy(error, "check its path")
            raise BadBackup(
                f"the index {info.id} is restored, but {path} cannot be written: {reason(error)}; {what}, and restore "
                "again"
            ) from error
        (beside if to != path else written).append(to)
    return RestoreReport(info, tuple(written), tuple(beside))
