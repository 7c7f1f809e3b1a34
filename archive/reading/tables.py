"""Tables: CSV and TSV with a head line of column names.

Quotes are read strictly: one that is never closed would otherwise take all the rest of a file into a single field
without a word. A bad row is named, and reading begins again with the line after its first; how far a row may reach
and how much may be read again is bounded, so that no file is held in memory or takes more than linear time.
"""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator

from archive.reading.field_names import Draft, Flaw, Recognition
from archive.reading.json_records import shown

DELIMITERS = (",", ";", "\t")
LONGEST_FIELD = 1 << 26  # characters; Python's own limit of 128 KiB cuts off long reads
MOST_LINES = 5_000  # of one row; a longer one has a quote that is not closed
MOST_CHARACTERS = 1 << 24  # of one row's lines after the first
TIMES_READ = 8  # how often lines are read again on average before the lines of a bad row are given up

csv.field_size_limit(LONGEST_FIELD)


def from_lines(lines: Iterator[str], recognition: Recognition) -> Iterator[Draft | Flaw]:
    """The articles of a table's rows, or one flaw if no column holds a text."""
    lines = _ended_by_newlines(lines)
    head_at, head = next(((at, line) for at, line in enumerate(lines, 1) if line.strip()), (1, ""))
    delimiter = max(DELIMITERS, key=lambda delimiter: _fitness(head, delimiter, recognition))
    names = _cells(head, delimiter)
    if not recognition.has("text", names):
        yield Flaw(f"no column is known to hold the text; the columns are {shown(names)}: use --map text=COLUMN")
        return
    for line, cells in _whole_rows(_rows(_Lines(lines, head_at), delimiter), len(names)):
        if isinstance(cells, Flaw):
            yield cells
        elif any(cells[len(names) :]):
            yield Flaw(
                f"the row has {len(cells)} fields where the head line has {len(names)}; are quotes missing?", line
            )
        elif cells:
            yield Draft(recognition.fields(names, cells), line)


class _Lines:
    """Lines of a table with those of the row being read, to begin again behind the first of them."""

    def __init__(self, lines: Iterator[str], head_at: int) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self._allowance = MOST_LINES
        self.first = head_at + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._row) >= MOST_LINES or self._size > MOST_CHARACTERS:
            raise csv.Error(f"a quote is not closed within {len(self._row)} lines")
        if self._again:
            line = self._again.popleft()
        else:
            line = next(self._lines)
            self._allowance += TIMES_READ
        self._size += len(line) if self._row else 0
        self._row.append(line)
        return line

    def go_on(self) -> None:
        """Take what comes next for a new row."""
        self.first += len(self._row)
        self._row.clear()
        self._size = 0

    def begin_again(self) -> int:
        """Give back the row's lines after its first; returns how many had to be given up instead."""
        rest = self._row[1:]
        if len(rest) > self._allowance:
            return len(rest)
        self._allowance -= len(rest)
        self._again.extendleft(reversed(rest))
        del self._row[1:]
        return 0


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | Flaw]]:
    """The rows after the head line, with the line each begins at."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
            lost = lines.begin_again()
            after = f"; the {lost} lines after it were given up" if lost else ""
            reason = f"the row cannot be read ({error}); write quotes inside a field twice{after}"
            yield lines.first, Flaw(reason, lines.first)
        else:
            yield lines.first, cells
        lines.go_on()


def _whole_rows(rows: Iterable[tuple[int, list[str] | Flaw]], width: int) -> Iterator[tuple[int, list[str] | Flaw]]:
    """The rows, but after a bad one none that is too short: it is the rest of the bad one, and named as one place."""
    broken = False
    first = last = 0
    for line, cells in rows:
        if broken and not isinstance(cells, Flaw) and len(cells) < width:
            first, last = first or line, line
            continue
        if first:
            yield first, _leftover(first, last)
        first, broken = 0, isinstance(cells, Flaw)
        yield line, cells
    if first:
        yield first, _leftover(first, last)


def _leftover(first: int, last: int) -> Flaw:
    """Name the lines that were passed over between a bad row and the next whole one."""
    lines = f"lines {first} to {last} are" if last > first else "the line is"
    return Flaw(f"{lines} too short for a row, after one that cannot be read; taken for the rest of it", first)


def _fitness(head: str, delimiter: str, recognition: Recognition) -> tuple[int, int]:
    names = _cells(head, delimiter)
    return recognition.count(names), len(names)


def _cells(line: str, delimiter: str) -> list[str]:
    reader = csv.reader([line.rstrip("\r\n")], delimiter=delimiter, skipinitialspace=True)
    try:
        return [cell.strip() for cell in next(reader, [])]
    except csv.Error:
        return []


def _ended_by_newlines(lines: Iterable[str]) -> Iterator[str]:
    r"""Lines that end in \n alone, also those of old Macintosh files, which end in \r."""
    for line in lines:
        if "\r" in line:
            yield from io.StringIO(line, newline=None)
        else:
            yield line
