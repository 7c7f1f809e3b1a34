"""A table and where it comes from, as every format of tables is given it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.answers.exporting.columns import Value

Cell = Value | float


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written.

    Attributes:
        name: What its rows are, in a word; the name of its sheet in a workbook.
        facts: Name → fact, on where it comes from.
        columns: The names of its columns.
        rows: The cells of each row, read as they are written.
        count: The number of rows, which a workbook has to know before the first one.
        made: The day, in UTC.
    """

    name: str
    facts: Mapping[str, str | int]
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    count: int
    made: date
