"""Coding sheets: a sample of a result to be read and coded by people, as a table with empty columns for their codes.

Coders fill copies of one sheet in; `agreement` compares them.
"""

from collections.abc import Iterator
from typing import Final

from index.answers.exporting import delimited
from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import Export

READ: Final = ("id", "outlet", "date", "title", "text", "address")
UNIT: Final = "id"
CODER: Final = "coder"
REMARKS: Final = "remarks"
DEFAULT_CODES: Final = ("code",)


def write(export: Export) -> Iterator[bytes]:
    """Yield a sheet: what is read of each article, and empty columns for the coder, the codes and remarks."""
    codes = export.request.codes or DEFAULT_CODES
    empty = [""] * (len(codes) + 2)
    rows = ([*(COLUMNS[name](row) for name in READ), *empty] for row in export.rows)
    facts = export.provenance.facts() if export.request.introduced else {}
    return delimited.table(facts, (*READ, CODER, *codes, REMARKS), rows)
