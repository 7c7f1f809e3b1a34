"""Agreement: how far coders agree who filled in copies of one coding sheet.

- Share of agreement: of the units that both of two coders coded, those with the same code.
- Cohen's kappa of two coders: agreement beyond what their own frequencies of codes would give by chance. J. Cohen
  (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20(1).
- Krippendorff's alpha of any number of coders, with units that some left out: 1 minus the observed by the expected
  disagreement, over the coincidences of codes. K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability".
  Units with fewer than two codes tell nothing. It is undefined if there is a single code only.

The formulas are written out here, since the library that has alpha is under a licence that would extend to Kliping.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from itertools import permutations
from pathlib import Path
from typing import Any, Final, cast

from archive.reading.documents.document import BadDocument
from archive.reading.documents.spreadsheets import sheet_rows
from index.answers.exporting.coding_sheet import CODER, READ, REMARKS, UNIT
from index.answers.exporting.spreadsheet import ABOUT

NOT_CODES: Final = frozenset({*READ, CODER, REMARKS})
ZIP: Final = b"PK"  # how a workbook begins
DELIMITERS: Final = ",;\t"  # of spreadsheets in different countries

Codes = Mapping[str, str]  # unit → code
Distance = Callable[[str, str], float]


class Level(StrEnum):
    """What codes are: names, ranks, or numbers."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class BadSheet(ValueError):
    """A file is no coding sheet, or its codes are not of the level asked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as a coder filled it in: the coder, and the codes of each column; units without a code are left out."""

    coder: str
    codes: Mapping[str, Codes]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on a column. `units` are those with two codes or more.

    `same` is the share of agreement and `kappa` Cohen's, None unless there are two coders; all are None where they are
    undefined.
    """

    column: str
    units: int
    same: float | None
    kappa: float | None
    alpha: float | None


def read_sheet(path: Path) -> Sheet:
    """Read a sheet that was filled in, a CSV file or a workbook. Raises BadSheet, and OSError."""
    raw = path.read_bytes()
    lines = (_workbook_lines if raw.startswith(ZIP) else _lines)(path.name, raw)
    begin = next((number for number, line in enumerate(lines) if _is_row(line)), len(lines))
    head = lines[begin] if begin < len(lines) else ""
    delimiter = max(DELIMITERS, key=head.count)
    rows = csv.DictReader(lines[begin:], delimiter=delimiter)
    if UNIT not in (rows.fieldnames or ()):
        raise BadSheet(f"{path.name} is no coding sheet: it has no column {UNIT!r}")
    columns = [name for name in rows.fieldnames or () if name and name not in NOT_CODES]
    codes: dict[str, dict[str, str]] = {column: {} for column in columns}
    coders: list[str] = []
    for row in rows:
        coders += filter(None, [(row.get(CODER) or "").strip()])
        for column in columns:
            if code := (row.get(column) or "").strip():
                codes[column][str(row[UNIT])] = code
    return Sheet(coders[0] if coders else path.name, codes)


def _lines(name: str, raw: bytes) -> list[str]:
    try:
        return raw.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise BadSheet(f"{name} is not in UTF-8; save it as CSV UTF-8") from None


def _workbook_lines(name: str, raw: bytes) -> list[str]:
    """The sheets of a workbook as lines of CSV, without that on where it comes from."""
    lines = StringIO()
    try:
        for part in cast("Iterator[dict[str, Any]]", sheet_rows(raw)):
            if part["sheet"] != ABOUT:
                csv.writer(lines).writerows(part["rows"])
    except BadDocument as error:
        raise BadSheet(f"{name} cannot be read: {error}") from None
    return lines.getvalue().splitlines(keepends=True)


def _is_row(line: str) -> bool:
    """Whether a line is no remark on where a sheet comes from; a spreadsheet may have put it in quotation marks."""
    return bool(line.strip()) and not line.lstrip('"').startswith("#")


def agreements(sheets: Sequence[Sheet], level: Level = Level.NOMINAL) -> list[Agreement]:
    """Compare sheets, column by column of those that all have. Raises BadSheet for codes that are no numbers."""
    columns = [column for column in sheets[0].codes if all(column in sheet.codes for sheet in sheets)]
    return [_agreement(column, [sheet.codes[column] for sheet in sheets], level) for column in columns]


def _agreement(column: str, coded: Sequence[Codes], level: Level) -> Agreement:
    units = sorted({unit for codes in coded for unit in codes})
    values = [[codes[unit] for codes in coded if unit in codes] for unit in units]
    values = [codes for codes in values if len(codes) > 1]
    same = kappa = None
    if len(coded) == 2:  # kappa is of two
        pairs = [(codes[0], codes[1]) for codes in values]
        same = sum(one == other for one, other in pairs) / len(pairs) if pairs else None
        kappa = cohen_kappa(pairs)
    try:
        alpha = krippendorff_alpha(values, level)
    except ValueError as error:
        raise BadSheet(f"the codes of {column!r} are not of the level {level.value}: {error}") from None
    return Agreement(column, len(values), same, kappa, alpha)


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of the codes of two coders; None if it is undefined."""
    if not pairs:
        return None
    size = len(pairs)
    observed = sum(one == other for one, other in pairs) / size
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[code] * second[code] for code in first) / size**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Iterable[Sequence[str]], level: Level = Level.NOMINAL) -> float | None:
    """Krippendorff's alpha of the codes of each unit; None if it is undefined. Raises ValueError for no numbers."""
    coincidences: defaultdict[tuple[str, str], float] = defaultdict(float)
    for codes in units:
        for pair in permutations(codes, 2):
            coincidences[pair] += 1 / (len(codes) - 1)
    totals: defaultdict[str, float] = defaultdict(float)
    for (code, _), count in coincidences.items():
        totals[code] += count
    distance = _distance(level, totals)
    observed = sum(count * distance(*pair) for pair, count in coincidences.items())
    expected = sum(totals[one] * totals[other] * distance(one, other) for one in totals for other in totals)
    if not expected:
        return None
    return 1 - (sum(totals.values()) - 1) * observed / expected


def _distance(level: Level, totals: Mapping[str, float]) -> Distance:
    """The squared difference of two codes."""
    if level is Level.NOMINAL:
        return lambda one, other: float(one != other)
    number = {code: _number(code) for code in totals}
    if level is Level.INTERVAL:
        return lambda one, other: (number[one] - number[other]) ** 2
    ranked = sorted(totals, key=number.__getitem__)

    def ordinal(one: str, other: str) -> float:
        low, high = sorted((ranked.index(one), ranked.index(other)))
        between = sum(totals[code] for code in ranked[low : high + 1])
        return (between - (totals[one] + totals[other]) / 2) ** 2

    return ordinal


def _number(code: str) -> float:
    """The number of a code, with a decimal comma or point. Raises ValueError."""
    found = float(code.replace(",", "."))
    if not math.isfinite(found):
        raise ValueError(f"{code!r} is no number")
    return found
