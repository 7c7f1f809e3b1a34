"""Tables: CSV and TSV, with a header line of column names and recovery from malformed rows, and sheets.

Quotes are parsed strictly: otherwise an unclosed quote would silently absorb the rest of the file into one field. A
malformed row is reported, and parsing resumes with the line after its first. The length of a row and the number of
lines parsed again are bounded, so memory is bounded and time is linear.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from archive.reading.containers.decompression import UnreadableFile
from archive.reading.decoding import OVERLONG, TOO_LONG
from archive.reading.field_names import LONGEST_NAMES, BadRecord, FieldMapper, RawRecord, too_many
from archive.reading.json_records import list_names

DELIMITERS = (",", ";", "\t", "|")
DECLARED_DELIMITER = re.compile(r"\ufeff?\"?sep=(?P<sign>[,;|\t:^])\"?", re.IGNORECASE)  # the first line, for Excel
NUL = "\0"
LONGEST_FIELD = 1 << 26  # characters; Python's default limit of 128 KiB rejects long articles
MOST_LINES = 5_000  # of one row; a longer row has an unclosed quote
MOST_CHARACTERS = 1 << 24  # of one row, not counting its first line
TIMES_READ = 8  # how often a line may be parsed again, on average, before lines are skipped
FEWEST_NAMED = {"\t": 2, ";": 2, ",": 3, "|": 3}  # fields that the head of a table without the name of one has
LONGEST_TITLE = 60  # characters of the title of a column in it
NAMES = FieldMapper()
HEAD_WITHIN = 20  # lines of a table, and rows of a sheet that are not blank; its head line is one of them
LEAST_NAMED_BELOW = 2  # fields that a head line names that is not the first

csv.field_size_limit(LONGEST_FIELD)


def from_lines(lines: Iterator[str], mapper: FieldMapper) -> Iterator[RawRecord | BadRecord]:
    """Parse the articles of a table, one per row; yields a single BadRecord if no column holds the text."""
    lines = _with_newlines(lines)
    head = _head(lines, mapper)
    if isinstance(head, BadRecord):
        yield head
        return
    names = head.names
    for line, cells in _without_remainders(_rows(_Lines(head.rest, head.line), head.delimiter), len(names)):
        if isinstance(cells, BadRecord):
            yield cells
        elif any(NUL in cell for cell in cells):
            yield BadRecord("the row has a NUL byte in it, as damaged files have; correct or remove it", line)
        elif any(cells[len(names) :]):
            yield BadRecord(
                f"the row has {len(cells)} fields where the head line has {len(names)}; are quotes missing?", line
            )
        elif cells:
            yield RawRecord(mapper.fields(names, cells), line)


class _Head(NamedTuple):
    """The head line of a table: its number, its names, the sign between them, and the lines after it."""

    line: int
    names: list[str]
    delimiter: str
    rest: Iterator[str]


def _head(lines: Iterator[str], mapper: FieldMapper) -> _Head | BadRecord:
    """The head line of a table: its first that is not blank, or one below it that names the text."""
    filled = ((at, line) for at, line in enumerate(lines, 1) if line.strip())
    number, header = next(filled, (1, ""))
    declared = DECLARED_DELIMITER.fullmatch(header.strip())
    if declared:
        number, header = next(filled, (number, ""))
    if len(header) > LONGEST_NAMES:
        return BadRecord(f"the head line has more than {LONGEST_NAMES:,} characters; is it a table?", number)
    delimiter = declared["sign"] if declared else _delimiter(header, mapper)
    names = _cells(header, delimiter)
    if reason := too_many(names):
        return BadRecord(reason, number)
    head = _Head(number, names, delimiter, lines)
    if mapper.has("text", names):
        return head
    return _head_below(head, mapper) or BadRecord(
        f"no column is known to hold the text; the columns are {list_names(names)}: use --map text=COLUMN"
    )


def _head_below(first: _Head, mapper: FieldMapper) -> _Head | None:
    """The head line below others, such as the title of a table; None if none of the next lines names the text."""
    ahead = list(islice(first.rest, HEAD_WITHIN))
    for at, line in enumerate(ahead, 1):
        delimiter = _delimiter(line, mapper)
        names = _cells(line, delimiter) if len(line) <= LONGEST_NAMES else []
        if mapper.has("text", names) and mapper.count(names) >= LEAST_NAMED_BELOW and not too_many(names):
            mapper.leave_out({"lines above the head line": first.line + at - 1})
            return _Head(first.line + at, names, delimiter, chain(ahead[at:], first.rest))
    return None


def _delimiter(header: str, mapper: FieldMapper) -> str:
    """The sign between names by which most of them are known."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(header, delimiter, mapper))


def is_table(header: str, row: str) -> bool:
    """Whether two lines begin a table, such as Excel saves as “Unicode text”: the first names the text and more fields.

    Commas and bars also stand in prose and in paths of menus (`Home | News | Media`), so between them more is asked.
    """
    for delimiter, fewest in FEWEST_NAMED.items():
        names = _cells(header.lstrip("\ufeff"), delimiter) if delimiter in header and delimiter in row else []
        if NAMES.has("text", names) and NAMES.count(names) >= fewest and max(map(len, names)) <= LONGEST_TITLE:
            return True
    return False


class _Lines:
    """The lines of a table, with pushback: after a bad row, parsing can resume after its first line."""

    def __init__(self, lines: Iterator[str], header_line: int) -> None:
        self._lines = lines
        self._pushed_back: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self._allowance = MOST_LINES
        self.first = header_line + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._row) >= MOST_LINES or self._size > MOST_CHARACTERS:
            raise csv.Error(f"a quote is not closed within {len(self._row)} lines")
        if self._pushed_back:
            line = self._pushed_back.popleft()
        else:
            line = next(self._lines)
            self._allowance += TIMES_READ
        self._size += len(line) if self._row else 0
        self._row.append(line)
        return line

    def start_row(self) -> None:
        """Start a new row at the next line."""
        self.first += len(self._row)
        self._row.clear()
        self._size = 0

    def push_back(self) -> int:
        """Push back the row's lines after its first; returns how many were skipped instead."""
        rest = self._row[1:]
        if len(rest) > self._allowance:
            return len(rest)
        self._allowance -= len(rest)
        self._pushed_back.extendleft(reversed(rest))
        del self._row[1:]
        return 0


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | BadRecord]]:
    """The rows after the header, each with the number of its first line."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
            lost = lines.push_back()
            after = f"; the {lost} lines after it were given up" if lost else ""
            reason = f"the row cannot be read ({error}); write quotes inside a field twice{after}"
            yield lines.first, BadRecord(reason, lines.first, broken=True)
        else:
            yield lines.first, cells
        lines.start_row()


def _without_remainders(
    rows: Iterable[tuple[int, list[str] | BadRecord]], width: int
) -> Iterator[tuple[int, list[str] | BadRecord]]:
    """Filter rows: those too short right after a bad row are its remainder and are reported once, together."""
    broken = False
    first = last = 0
    for line, cells in rows:
        if broken and not isinstance(cells, BadRecord) and len(cells) < width:
            first, last = first or line, line
            continue
        if first:
            yield first, _remainder(first, last)
        first, broken = 0, isinstance(cells, BadRecord)
        yield line, cells
    if first:
        yield first, _remainder(first, last)


def _remainder(first: int, last: int) -> BadRecord:
    """Report the lines skipped between a bad row and the next complete one."""
    lines = f"lines {first} to {last} are" if last > first else "the line is"
    reason = f"{lines} too short for a row, after one that cannot be read; taken for the rest of it"
    return BadRecord(reason, first, broken=True)


def _fitness(header: str, delimiter: str, mapper: FieldMapper) -> tuple[int, int]:
    names = _cells(header, delimiter)
    return mapper.count(names), len(names)


def _cells(line: str, delimiter: str) -> list[str]:
    reader = csv.reader([line.rstrip("\r\n")], delimiter=delimiter, skipinitialspace=True)
    try:
        return [cell.strip() for cell in next(reader, [])]
    except csv.Error:
        return []


def _with_newlines(lines: Iterable[str]) -> Iterator[str]:
    r"""Lines with \n endings, also from classic Mac OS files, which use \r."""
    for line in lines:
        if line is OVERLONG:
            raise UnreadableFile(TOO_LONG)
        if "\r" in line:
            yield from io.StringIO(line, newline=None)
        else:
            yield line


def from_sheets(parts: Iterable[Mapping[str, Any]], mapper: FieldMapper) -> Iterator[RawRecord | BadRecord]:
    """Parse the articles of a spreadsheet, one per row, from the parts that `documents.spreadsheets` yields.

    Sheets without a head line that names the text are left out; if there are no others, they are told as bad.
    """
    others: list[tuple[BadRecord, int]] = []
    recognised = False
    for sheet, of_sheet in groupby(parts, key=itemgetter("sheet")):
        rows = ((at, row) for part in of_sheet for at, row in enumerate(part["rows"], part["first"]) if any(row))
        first = list(islice(rows, HEAD_WITHIN))
        heads = [(mapper.count(row), -at) for at, (_, row) in enumerate(first) if mapper.has("text", row)]
        if heads:
            recognised = True
            yield from _from_sheet(str(sheet), chain(first[-max(heads)[1] :], rows), mapper)
        elif first:
            others.append((_no_text(str(sheet), first[0][1]), len(first) + sum(1 for _ in rows)))
    for other, count in others:
        if recognised:
            mapper.leave_out({f"rows of the sheet {other.number}": count})
        else:
            yield other


def _no_text(sheet: str, row: Sequence[str]) -> BadRecord:
    listed = list_names(filter(None, row))
    reason = f"no column of the sheet is known to hold the text (it begins: {listed})"
    return BadRecord(f"{reason}; if it holds articles, use --map text=COLUMN", sheet)


def _from_sheet(
    sheet: str, rows: Iterator[tuple[int, list[str]]], mapper: FieldMapper
) -> Iterator[RawRecord | BadRecord]:
    """Parse the rows of a sheet from its head line on."""
    _, names = next(rows)
    if unmapped := too_many(names):
        yield BadRecord(unmapped, sheet)
        return
    for number, row in rows:
        if row != names:  # repeated for printing
            yield RawRecord(mapper.fields(names, row), f"{sheet}:{number}")
