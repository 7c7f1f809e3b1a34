"""Damage to the files of an index: flipped bytes, cuts, missing, emptied and longer files, and what is done about it.

`try_damages` is the long form: it takes counts and a seed, tries every file, and returns what went unnoticed.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import sleep

from flask.testing import FlaskClient

from index.embedded.generation import LOOK_AGAIN
from index.engine import DamagedIndex, NoIndex
from index.opening import open_engine
from index.query.request import Query
from web import create_app

API = "/api/v1/search?q=petani"
REMEDY = "flask reindex"


@dataclass(frozen=True, slots=True)
class Damage:
    """One damage to one file: what was done to it, and what is left of it; None for a file that is gone."""

    name: str
    content: bytes | None

    def inflict(self, file: Path) -> None:
        """Damage the file."""
        if self.content is None:
            file.unlink()
        else:
            file.write_bytes(self.content)


@dataclass(slots=True)
class DamageReport:
    """How many damages were tried, and those that went unnoticed or were answered wrongly."""

    tried: int = 0
    failed: list[str] = field(default_factory=list)


def damages(content: bytes, flips: int, cuts: int, chance: Random) -> Iterator[Damage]:
    """Yield so many flipped bytes and cuts of a file, at random places, and every other damage once."""
    if not content:
        flips = cuts = 0
    for _ in range(flips):
        place, other = chance.randrange(len(content)), chance.randrange(1, 256)
        flipped = bytes([content[place] ^ other])
        yield Damage(f"byte {place} flipped by {other}", content[:place] + flipped + content[place + 1 :])
    for _ in range(cuts):
        length = chance.randrange(len(content))
        yield Damage(f"cut to {length} bytes", content[:length])
    if content:
        yield Damage("emptied", b"")
    yield Damage("longer", content + chance.randbytes(chance.randrange(1, 100)))
    yield Damage("longer by a blank line", content + b"\n")
    yield Damage("gone", None)


def files_of(index: Path) -> list[Path]:
    """The files that an index consists of: those of the published generation, and the one that names it."""
    published = index / (index / "CURRENT").read_text().strip()
    return [index / "CURRENT", *sorted(published.iterdir())]


def try_damages(index: Path, *, flips: int, cuts: int, seed: int) -> DamageReport:
    """Try damages on each file of an index.

    Each must be found by a verification, by a server that runs already, and by one that opens the index only now.
    """
    chance, report = Random(seed), DamageReport()
    server = create_app({"KLIPING_INDEX": index}).test_client()
    for file in files_of(index):
        content = file.read_bytes()
        for damage in damages(content, flips, cuts, chance):
            damage.inflict(file)
            sleep(LOOK_AGAIN)
            report.tried += 1
            report.failed += [
                f"{file.name} {damage.name}: {problem}" for problem in _unnoticed(index, file.name, server)
            ]
            file.write_bytes(content)
            report.failed += [f"{file.name} mended: {server.get(API).status_code}"] * (
                server.get(API).status_code != 200
            )
    return report


def _unnoticed(index: Path, name: str, server: FlaskClient) -> Iterator[str]:
    try:
        found = list(open_engine(index).check())
    except NoIndex as error:
        found = [f"{name}: {error}"]  # CURRENT is gone, or the manifest names another version
    if not any(name in problem for problem in found):
        yield f"a verification says {found}"
    for address in ("/?q=petani", API):
        answer = server.get(address)
        if answer.status_code != 503 or REMEDY not in answer.text:
            yield f"{address} is answered {answer.status_code}"
    try:
        open_engine(index).find(Query("petani"))
    except (DamagedIndex, NoIndex) as error:
        if REMEDY not in str(error):
            yield f"the remedy is missing in {error}"
    else:
        yield "a query is answered"


def copied(index: Path, folder: Path) -> Path:
    """Copy an index, so that it can be damaged."""
    shutil.copytree(index, folder)
    return folder
