"""The short form of every attack: a few cases of each, the same ones in each run."""

import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache

import pytest

from tests import ROOT

pytestmark = pytest.mark.long

SEED = 1
MOST_SECONDS = 900  # far more than it takes, for a machine that is busy with other things
ROW = re.compile(r"^\| (.+?) +\| +([\d,]+) \| (.+?) +\| +([\d,]+|skipped) \|", re.MULTILINE)
TRIED = {
    "kills and power cuts": ("articles lost or index not whole", "next reindex fails", "leftovers"),
    "damages to index files": ("wrong answer or error other than 503", "unnoticed by verify", "not mended by reindex"),
    "hostile queries": ("5xx", "over 1 s", "ill-formed answer", "page and API disagree"),
    "hostile files": ("over 5 s or 1 GiB", "traceback", "file neither read nor told", "id given twice"),
    "reindexes of 50 hostile files": (
        "over 60 s or 1 GiB",
        "traceback",
        "file neither read nor told",
        "index not clean",
    ),
    "injected pages and answers": ("broken out", "5xx", "headers missing or added"),
    "injected commands": ("control characters printed",),
    "injected pages in Chromium": ("executed",),
    "requests beside 200 slow clients": ("not served", "late"),
}


@cache
def table() -> tuple[str, Mapping[tuple[str, str], tuple[int, int]]]:
    """What the command printed, and for each row how many cases it tried and how many failed."""
    words = [sys.executable, "-m", "tests.attack", "--short", "--seed", str(SEED)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    rows = {
        (tried, kind): (int(count.replace(",", "")), int(failed.replace(",", "").replace("skipped", "0")))
        for tried, count, kind, failed in ROW.findall(told.stdout)
        if tried != "what was tried"
    }
    failed = any(failed for _, failed in rows.values())
    assert told.returncode == (1 if failed else 0), told.stdout + told.stderr
    return told.stdout, rows


@pytest.mark.parametrize(("tried", "kind"), [(tried, kind) for tried, kinds in TRIED.items() for kind in kinds])
def test_nothing_fails(tried: str, kind: str) -> None:
    printed, rows = table()
    assert (tried, kind) in rows, printed
    count, failed = rows[tried, kind]
    if not count:
        pytest.skip(f"{tried}: not tried here")
    assert not failed, [line for line in printed.splitlines() if line.startswith(f"{tried}, {kind}")]


def test_the_table_is_of_these_rows_and_says_how_to_repeat_it() -> None:
    printed, rows = table()
    assert set(rows) == {(tried, kind) for tried, kinds in TRIED.items() for kind in kinds}
    assert f"seed {SEED};" in printed
