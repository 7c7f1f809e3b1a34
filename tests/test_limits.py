"""docs/reference/limits.md names every limit on input with its value."""

import re
from dataclasses import astuple
from importlib import import_module
from pathlib import Path

from archive.reading.bounds import RECORD_BOUNDS
from index.reindexing.work_limits import WorkLimits
from tests import ROOT
from web import create_app

PAGE = (ROOT / "docs" / "reference" / "limits.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([\w.]+)\.(\w+)` \| ([\d,]+) ([^|]+?) \| ", PAGE, re.MULTILINE)
NO_LIMITS = {  # of what is read, but marks by which it is told what it is
    "LONGEST_REASON",
    "LONGEST_SHOWN",
    "LONGEST_COMMENT",
    "LARGEST_WHOLE",
    "LONGEST_TITLE",
    "LONGEST_PLACEHOLDER",
    "LONGEST_EXAMPLE",
    "LONGEST_HEAD",
    "LONGEST_BYLINE",
    "LONGEST_DAY_LINE",
    "LONGEST_INVITATION",
    "LONGEST_SITE",
    "MOST_BESIDE",
    "MOST_LINKED",
    "MOST_OF_IT",
    "MOST_AFTER",
    "MOST_BEFORE",
    "MOST_BLANKS",
    "MOST_PROSE",
}
LIMITING = re.compile(r"^((?:LONGEST|LARGEST|MOST)_\w+)(?:: Final)? = ", re.MULTILINE)


def test_every_limit_is_documented_as_it_is() -> None:
    assert len(ROWS) > 30
    for module, name, number, unit in ROWS:
        value = getattr(import_module(module), name)
        bytes_ = unit == "MiB"
        assert value == int(number.replace(",", "")) << (20 if bytes_ else 0), f"{module}.{name}"


def test_no_limit_of_reading_and_reindexing_is_missing() -> None:
    listed = {f"{module}.{name}" for module, name, *_ in ROWS}
    for folder in ("archive/reading", "index/reindexing"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for name in LIMITING.findall(path.read_text("utf-8")):
                assert f"{module}.{name}" in listed or name in NO_LIMITS, f"{module}.{name}"


def test_the_settings_are_the_limits(tmp_path: Path) -> None:
    config = create_app({"KLIPING_INDEX": tmp_path / "index"}).config
    assert config["KLIPING_LONGEST_ARTICLE"] == RECORD_BOUNDS.longest_text
    work = config["KLIPING_RECORD_SECONDS"], config["KLIPING_RECORD_MEMORY"]
    assert work == (RECORD_BOUNDS.seconds, RECORD_BOUNDS.mebibytes)
    assert work == (WorkLimits().seconds, WorkLimits().mebibytes)
    names = ("MEMBERS", "UNPACKED", "NESTING", "RATIO")
    assert tuple(config[f"KLIPING_CONTAINER_{name}"] for name in names) == astuple(RECORD_BOUNDS.container)
