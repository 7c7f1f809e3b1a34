"""Tables: CSV and TSV with a head line of column names.

Quotes are read strictly: one that is never closed would otherwise take all the rest of a file into a single field
without a word. A bad row is named, and reading goes on with the next line.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from archive.fields import Draft, Flaw, Recognition
from archive.json_records import shown

DELIMITERS = (",", ";", "\t")
LONGEST_FIELD = 1 << 26  # characters; Python's own limit of 128 KiB cuts off long reads

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
    for line, cells in _rows(lines, delimiter, head_at):
        if isinstance(cells, Flaw):
            yield cells
        elif any(cells[len(names) :]):
            yield Flaw(
                f"the row has {len(cells)} fields where the head line has {len(names)}; are quotes missing?", line
            )
        elif cells:
            yield Draft(recognition.fields(names, cells), line)


def _rows(lines: Iterable[str], delimiter: str, head_at: int) -> Iterator[tuple[int, list[str] | Flaw]]:
    """The rows after the head line, with the line each begins at."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        line = head_at + reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Flaw(f"the row cannot be read ({error}); write quotes inside a field twice", line)


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
