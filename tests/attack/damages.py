"""Damages: every file of an index is changed, cut, emptied, removed, lengthened or exchanged for an older one.

`flask verify` must notice each. The server must answer as before or with a 503 that names the remedy, and a plain
`flask reindex` must mend the index. Empty files that only hold a lock have nothing to damage.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from shutil import copytree, rmtree
from time import perf_counter

from flask import Flask

from index.engine import EngineError
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.attack import material
from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding, Row
from tests.attack.states import NAMES, articles_of
from tests.attack.workers import rows
from web.app_engine import ENGINE

NAME = "damages"
WRONG, UNNOTICED, UNMENDED = "wrong answer or error other than 503", "unnoticed by verify", "not mended by reindex"
KINDS = (WRONG, UNNOTICED, UNMENDED)
ROUNDS, SHORT, SECONDS = 3, 26, 400.0
EACH = ("flip", "cut") * 6 + ("zeroed", "emptied", "removed", "lengthened", "older")  # damages to a file in a round
TOOK = re.compile(r'"took_ms": ?[\d.e-]+|dijawab dalam [\d.,]+ milidetik')
ADDRESSES = (
    "/api/v1/status",
    "/?q=nelayan+berunding",
    "/?q=Korut",
    "/api/v1/search?q=harga&size=100&copies=show&sort=oldest",
    "/api/v1/search?q=%22harga+cabai%22&copies=loose",
    "/api/v1/search?q=berun*+OR+*kan&year=2019",
    "/api/v1/search?q=zzz+nelayann",
    "/api/v1/suggest?q=ne",
    "/api/v1/facets/outlet?q=outlet:kabesa",
)


def attack(campaign: Campaign) -> list[Row]:
    """Damage the files of an index that has two generations and two segments."""
    folder = campaign.work / "damages"
    folder.mkdir()
    older, newer = articles_of(folder / "older", 4), articles_of(folder / "newer", 0)
    index = folder / "index"
    material.index_of(index, older)
    material.index_of(index, newer)
    count = campaign.count(ROUNDS * len(EACH) * len(damaged_files(index)), SHORT)
    tried = "damages to index files"
    cases = Attack(NAME, tried, KINDS, SECONDS, count, lambda: _damaging(campaign, index, newer))
    return rows(campaign, cases)


def damaged_files(index: Path) -> tuple[Path, ...]:
    """The files that can be damaged: `CURRENT` and those of the published generation that hold anything, by name."""
    generation = index / (index / "CURRENT").read_text("utf-8").split()[0]
    files = [path for path in generation.iterdir() if path.stat().st_size]
    named = sorted(files, key=lambda path: (NAMES.sub("", path.name), path.stat().st_size))
    return (Path("CURRENT"), *(path.relative_to(index) for path in named))


def _damaging(campaign: Campaign, index: Path, articles: Path) -> Case:
    app = material.app_over(index)
    asked = [*ADDRESSES, *_single_pages(app)]
    for address in asked:
        material.require_page(app.test_client(), address)
    right = {address: _answer(app, address) for address in asked}
    whole = material.contents(open_engine(index))[1]
    files = damaged_files(index)

    def damage(number: int) -> Finding:
        random = campaign.random(NAME, number)
        shuffled = Random(campaign.seed).sample(EACH, len(EACH))
        turn, place = divmod(number, len(files))
        file, how = files[place], shuffled[(turn + place) % len(EACH)]  # all files in a turn, each damaged otherwise
        copy = index.with_name(f"case-{number}")
        copytree(index, copy)
        told = f"{NAMES.sub('…', file.name)} {DAMAGES[how](copy, file, random)}"
        begun = perf_counter()
        app.config["KLIPING_INDEX"] = copy
        app.extensions.pop(ENGINE, None)
        faults = [
            *(Fault(WRONG, f"{told}: {words}") for words in _wrong(app, right)),
            *(Fault(UNNOTICED, told) for _ in range(not _noticed(copy))),
            *(Fault(UNMENDED, f"{told}: {words}") for words in _unmended(copy, articles, whole)),
        ]
        seconds = perf_counter() - begun
        rmtree(copy)
        return Finding(number, seconds, tuple(faults))

    return damage


def _single_pages(app: Flask) -> Iterator[str]:
    found = app.test_client().get("/api/v1/search?q=nelayan+berunding").json or {}
    hit = found["hits"][0]
    for kind, name in (("article", "articles"), ("story", "stories")):
        yield f"/{kind}/{hit['id' if kind == 'article' else 'story']}"
        yield f"/api/v1/{name}/{hit['id' if kind == 'article' else 'story']}"


def _answer(app: Flask, address: str) -> tuple[int, str]:
    response = app.test_client().get(address)
    return response.status_code, TOOK.sub("", response.text)


def _wrong(app: Flask, right: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Answers that are neither those of before nor a 503 with the remedy."""
    for address, expected in right.items():
        status, text = _answer(app, address)
        if status == 503:
            if "flask reindex" not in text:
                yield f"a 503 without the remedy for {address}"
        elif status >= 500:
            yield f"{status} {material.errors_of(app)[-1:]} for {address}"
        elif (status, text) != expected:
            yield f"another answer ({status}) for {address}"


def _noticed(index: Path) -> bool:
    """Whether `flask verify` says so in a sentence; any exception but those it expects is a traceback."""
    result = material.app_over(index).test_cli_runner().invoke(args=["verify"])
    return result.exit_code == 1 and isinstance(result.exception, SystemExit)


def _unmended(index: Path, articles: Path, whole: tuple[object, ...]) -> Iterator[str]:
    try:
        reindex(open_engine(index), ReindexRequest((articles,)))
    except Exception as error:  # noqa: BLE001  # whatever it is, the index is not mended
        yield f"{error!r}"[:300]
        return
    engine = open_engine(index)
    try:
        problems = list(engine.check())
        same = material.contents(engine)[1] == whole
    except EngineError as error:
        problems, same = [str(error)], False
    except Exception as error:  # noqa: BLE001  # whatever it is, the index is not mended
        problems, same = [repr(error)], False
    if problems:
        yield f"after it, {problems[0]}"[:300]
    elif not same:
        yield "after it, other answers than before the damage"


# Damages: each changes one file of an index and tells how. ------------------------------------------------------------


def _flip(index: Path, file: Path, random: Random) -> str:
    raw = bytearray((index / file).read_bytes())
    place, bits = random.randrange(len(raw)), random.randrange(1, 256)
    raw[place] ^= bits
    _replace(index / file, bytes(raw))
    return f"with byte {place:,} of {len(raw):,} changed by {bits:#x}"


def _cut(index: Path, file: Path, random: Random) -> str:
    raw = (index / file).read_bytes()
    kept = random.randrange(len(raw)) if random.random() < 0.7 else len(raw) - 1
    _replace(index / file, raw[:kept])
    return f"cut to {kept:,} of {len(raw):,} bytes"


def _zeroed(index: Path, file: Path, random: Random) -> str:
    raw = (index / file).read_bytes()
    first = random.randrange(len(raw))
    last = min(len(raw), first + random.choice((1, 16, 512, 4096)))
    _replace(index / file, raw[:first] + (b"\0" if any(raw[first:last]) else b"\x01") * (last - first) + raw[last:])
    return f"with bytes {first:,} to {last:,} zeroed"


def _emptied(index: Path, file: Path, random: Random) -> str:
    _replace(index / file, b"")
    return "emptied"


def _removed(index: Path, file: Path, random: Random) -> str:
    (index / file).unlink()
    return "removed"


def _lengthened(index: Path, file: Path, random: Random) -> str:
    added = random.randbytes(random.choice((1, 8, 5000)))
    _replace(index / file, (index / file).read_bytes() + added)
    return f"lengthened by {len(added):,} bytes"


def _older(index: Path, file: Path, random: Random) -> str:
    """Exchange a file for another of its kind; `CURRENT` for JSON, since an older one would name a whole index."""
    raw = (index / file).read_bytes()
    same = [path for path in sorted(index.glob("*/*")) if NAMES.sub("", path.name) == NAMES.sub("", file.name)]
    others = [other for path in same if (other := path.read_bytes()) != raw]
    _replace(index / file, random.choice(others) if others else json.dumps({"of": "another"}).encode())
    return "exchanged for another of its kind" if others else "exchanged for JSON"


def _replace(path: Path, raw: bytes) -> None:
    path.unlink()
    path.write_bytes(raw)


Damage = Callable[[Path, Path, Random], str]
DAMAGES: Mapping[str, Damage] = {
    "flip": _flip,
    "cut": _cut,
    "zeroed": _zeroed,
    "emptied": _emptied,
    "removed": _removed,
    "lengthened": _lengthened,
    "older": _older,
}
