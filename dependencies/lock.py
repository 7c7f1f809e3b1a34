"""The locked packages: name, version, hashes, and which package needs which, as the lock files tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, metadata
from operator import attrgetter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RUN_TIME: Final = ROOT / "requirements.txt"
DEVELOPMENT: Final = ROOT / "requirements-dev.txt"  # holds those of the run time too
ITSELF: Final = "kliping (pyproject.toml)"  # how the lock files name the application
_PACKAGE = re.compile(r"([A-Za-z0-9._-]+)==(\S+)")
_LICENCE_FILE = re.compile(r"LICEN[CS]E(\.\w+)?", re.IGNORECASE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package; `needed_by` are the packages that ask for it, `at_run_time` whether a server needs it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    at_run_time: bool

    @property
    def licence(self) -> str:
        """The licence that the installed package declares: an expression, a name, or the first line of its text."""
        try:
            told, files = metadata(self.name), distribution(self.name).files or ()
        except PackageNotFoundError:
            return ""
        named = [
            *told.get_all("License-Expression", ()),
            ", ".join(line.rpartition(" :: ")[2] for line in told.get_all("Classifier", ()) if "License ::" in line),
            *told.get_all("License", ()),
            *(file.read_text(encoding="utf-8") for file in files if _LICENCE_FILE.fullmatch(file.name)),
        ]
        return next((name.strip().partition("\n")[0] for name in named if name.strip()), "")


def packages() -> tuple[Package, ...]:
    """All locked packages, in the order of their names."""
    at_run_time = {name for name, *_ in _entries(RUN_TIME)}
    held = (Package(*entry, at_run_time=entry[0] in at_run_time) for entry in _entries(DEVELOPMENT))
    return tuple(sorted(held, key=attrgetter("name")))


def names(lock: Path) -> tuple[str, ...]:
    """The names of the packages of one lock file."""
    return tuple(name for name, *_ in _entries(lock))


def _entries(path: Path) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Name, version, hashes and the packages in need of each entry of a lock file."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", path.read_text(encoding="utf-8")):
        if found := _PACKAGE.match(entry):
            told = entry.partition("# via")[2]
            named = (line.strip("# ") for line in told.splitlines())
            needed_by = tuple(
                name for name in named if name and not name.startswith("-c ")
            )  # -c: as another lock has it
            yield found[1], found[2], tuple(_HASH.findall(entry)), needed_by
