"""Hostile files, read as a reindex reads them, and whole reindexes of folders of them.

Reading may raise nothing, must end within its bounds, and must tell of every file: articles, or why there are none.
"""

import logging
import os
import traceback
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree
from time import process_time

from archive.article import Article
from archive.intake import article_from_record
from archive.press.boilerplate import Boilerplate
from archive.reading.records import read
from archive.record import Record
from index.engine import Engine, EngineError, NoIndex
from index.opening import open_engine
from index.query.request import MAX_PAGE_SIZE, Copies, Query, Sort
from index.reindexing.pipeline import reindex
from index.reindexing.reject_log import NothingRead, RejectLog
from index.reindexing.request import ReindexRequest
from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding, Row
from tests.attack.hostile_files import hostile_file
from tests.attack.workers import rows

NAME, WHOLE = "files", "reindexes"
OVER, RAISED, UNTOLD, TWICE = "over 5 s or 1 GiB", "traceback", "file neither read nor told", "id given twice"
UNCLEAN = "index not clean"
FULL, SHORT, SECONDS = 100_000, 150, 720.0
REINDEXES, SHORT_REINDEXES, REINDEXES_SECONDS = 200, 1, 240.0
IN_ONE = 50  # files of one reindex
HELD = "files-held"  # the folder they are in
MOST_SECONDS, MOST_BYTES = 5.0, 1 << 30  # of one file; the largest is 20 MiB unpacked
MOST_SECONDS_EACH = 0.0003  # of a record, in a file of so many that they take longer: 80 kB may hold 90,000 articles


def attack(campaign: Campaign) -> list[Row]:
    """Read hostile files one by one, then some of them by whole reindexes."""
    folder = campaign.work / NAME
    folder.mkdir()
    kinds = (OVER, RAISED, UNTOLD, TWICE)
    wanted = campaign.count(FULL, SHORT)
    alone = Attack(NAME, "hostile files", kinds, SECONDS, wanted, lambda: _reading(campaign, folder))
    return rows(campaign, alone)


def whole(campaign: Campaign) -> list[Row]:
    """Reindex folders of hostile files."""
    folder = campaign.work / WHOLE
    folder.mkdir()
    kinds = (OVER.replace("5 s", "60 s"), RAISED, UNTOLD, UNCLEAN)
    wanted, tried = campaign.count(REINDEXES, SHORT_REINDEXES), f"reindexes of {IN_ONE} hostile files"
    cases = Attack(WHOLE, tried, kinds, REINDEXES_SECONDS, wanted, lambda: _reindexing(campaign, folder))
    return rows(campaign, cases)


def _reading(campaign: Campaign, folder: Path) -> Case:
    logging.disable(logging.CRITICAL)
    boilerplate = Boilerplate()

    def try_file(number: int) -> Finding:
        name, raw = hostile_file(campaign.random(NAME, number))
        room = folder / str(number)
        path = _written(room, name, raw)
        if campaign.at is not None:  # kept first, since it may hang
            _saved(campaign, number, name, raw)
        before = _peak(reset=True)
        begun = process_time()
        told, faults = _read(path, boilerplate)
        seconds, grown = process_time() - begun, _peak() - before
        if seconds > max(MOST_SECONDS, told * MOST_SECONDS_EACH) or grown > MOST_BYTES:
            faults.append(Fault(OVER, f"{seconds:.1f} s and {grown >> 20:,} MiB"))
        rmtree(room)
        if not faults:
            return Finding(number, seconds)
        saved = str(_saved(campaign, number, name, raw))
        return Finding(number, seconds, tuple(Fault(f.kind, f"{f.words} ({name!r})", saved) for f in faults))

    return try_file


def _read(path: Path, boilerplate: Boilerplate) -> tuple[int, list[Fault]]:
    """Read a file; return the number of records and rejects that were told of it, and what is wrong with that."""
    ids: Counter[str] = Counter()
    told = 0
    try:
        for found in read([path]):
            told += 1
            made = article_from_record(found, boilerplate) if isinstance(found, Record) else found
            if isinstance(made, Article):
                ids[made.id] += 1
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the attack looks for
        return told, [Fault(RAISED, f"{error!r} at {_place(error)}")]
    faults = [] if told else [Fault(UNTOLD, "nothing was told of the file")]
    if ids and ids.most_common(1)[0][1] > 1:
        faults.append(Fault(TWICE, f"the id {ids.most_common(1)[0][0]!r} was given twice"))
    return told, faults


def _place(error: Exception) -> str:
    """The last place in our own code that an exception passed."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"


def _reindexing(campaign: Campaign, folder: Path) -> Case:
    logging.disable(logging.CRITICAL)

    def try_folder(number: int) -> Finding:
        random = campaign.random(WHOLE, number)
        room = folder / str(number)
        for place in range(IN_ONE):
            name, raw = hostile_file(random)
            _written(room / HELD / str(place), name, raw)
        if campaign.at is not None:
            copytree(room / HELD, campaign.saved / f"{campaign.seed}-{WHOLE}-{number}", dirs_exist_ok=True)
        before, begun = _peak(reset=True), process_time()
        faults = list(_reindexed(room))
        seconds, grown = process_time() - begun, _peak() - before
        if grown > MOST_BYTES or seconds > MOST_SECONDS * 12:
            faults.append(Fault(OVER.replace("5 s", "60 s"), f"{seconds:.1f} s and {grown >> 20:,} MiB"))
        rmtree(room)
        return Finding(number, seconds, tuple(faults))

    return try_folder


def _reindexed(room: Path) -> Iterator[Fault]:
    engine = open_engine(room / "index")
    try:
        report = reindex(engine, ReindexRequest((room / HELD,), reject_file=room / "rejected.tsv"))
        rejects, problems = report.rejects, list(engine.check())
        counted = {_folder(file.where) for file in report.files if file.left_out}
    except NothingRead as error:
        rejects, problems, counted = error.rejects, [], set()
    except EngineError as error:
        yield Fault(UNCLEAN, repr(error))
        return
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the attack looks for
        yield Fault(RAISED, f"{error!r} at {_place(error)}")
        return
    if problems:
        yield Fault(UNCLEAN, problems[0])
    told = {*(source.partition("/")[0] for source in _sources(engine)), *map(_folder, _rejected(rejects)), *counted}
    if missing := {str(place) for place in range(IN_ONE)} - told:
        yield Fault(UNTOLD, f"of the files {sorted(missing)[:5]} nothing was told")


def _rejected(log: RejectLog) -> Iterator[str]:
    """The places of all rejects, of which the log holds only the first."""
    if log.complete is None:
        yield from (item.where for item in log.first)
        return
    with log.complete.open(encoding="utf-8") as lines:
        yield from (line.partition("\t")[0] for line in lines)


def _sources(engine: Engine) -> Iterator[str]:
    """Where the articles of an index come from."""
    try:
        for page in count(1):
            found = engine.find(Query(copies=Copies.SHOW, sort=Sort.OLDEST, size=MAX_PAGE_SIZE, page=page), ())
            yield from (match.article.source for match in found.matches)
            if page * MAX_PAGE_SIZE >= found.articles:
                return
    except NoIndex:
        return


def _folder(where: str) -> str:
    """The folder that a file was put into, from the place that is told of it."""
    return where.partition(f"{HELD}/")[2].partition("/")[0]


def _written(room: Path, name: bytes, raw: bytes) -> Path:
    room.mkdir(parents=True)
    path = Path(os.fsdecode(os.fsencode(room) + b"/" + name))
    path.write_bytes(raw)
    return path


def _saved(campaign: Campaign, number: int, name: bytes, raw: bytes) -> Path:
    suffixes = "".join(Path(os.fsdecode(name)).suffixes[-2:]).encode("ascii", "replace").decode()
    campaign.saved.mkdir(parents=True, exist_ok=True)
    path = campaign.saved / f"{campaign.seed}-{number}{suffixes if suffixes.isprintable() else ''}"
    path.write_bytes(raw)
    return path


def _peak(*, reset: bool = False) -> int:
    """The most memory this process has had since the last reset; on a reset what it has now."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    name = "VmRSS:" if reset else "VmHWM:"
    return int(told.partition(name)[2].split()[0]) << 10
