"""The formats of exported files: what each is called, its media type, and how it is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from index.answers.exporting import coding_sheet, delimited, json_lines, references, spreadsheet, text_archive
from index.answers.exporting.export import Export
from index.answers.exporting.tables import Table

CSV: Final = "text/csv; charset=utf-8"
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `texts` tells whether its files have texts unless asked otherwise; `table`, that it has columns."""

    name: str
    media_type: str
    texts: bool
    table: bool
    write: Callable[[Export], Iterator[bytes]]


_ALL = (
    Format("csv", CSV, texts=True, table=True, write=delimited.write),
    Format("xlsx", WORKBOOK, texts=True, table=True, write=spreadsheet.write),
    Format("jsonl", "application/x-ndjson", texts=True, table=True, write=json_lines.write),
    Format("ris", "application/x-research-info-systems", texts=False, table=False, write=references.write_ris),
    Format("bibtex", "application/x-bibtex; charset=utf-8", texts=False, table=False, write=references.write_bibtex),
    Format("csl-json", "application/vnd.citationstyles.csl+json", texts=False, table=False, write=json_lines.write_csl),
    Format("coding", CSV, texts=True, table=False, write=coding_sheet.write),
    Format("coding.xlsx", WORKBOOK, texts=True, table=False, write=coding_sheet.write_workbook),
    Format("txt.zip", "application/zip", texts=True, table=False, write=text_archive.write),
)
# What writes a table that is no export, by the format.
TABLES: Final[Mapping[str, Callable[[Table], Iterator[bytes]]]] = {
    "csv": delimited.table,
    "xlsx": spreadsheet.table,
}
FORMATS: Final[Mapping[str, Format]] = {one.name: one for one in _ALL}
EXTENSIONS: Final[Mapping[str, str]] = {"bibtex": "bib", "coding": "coding.csv", "csl-json": "csl.json"}


def extension(name: str) -> str:
    """Return the ending of the names of files of a format."""
    return EXTENSIONS.get(name, name)
