"""JSON: JSON Lines of all columns, and CSL-JSON, an array of references.

The first line of JSON Lines is `{"about": {…}}`, where the file comes from; each further one is a hit.
"""

import json
from collections.abc import Iterator

from index.answers.citing import csl_json
from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import Export
from index.answers.exporting.references import references
from index.answers.exporting.text_encoding import in_chunks

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def write(export: Export) -> Iterator[bytes]:
    """Yield an export as JSON Lines."""
    return in_chunks(_lines(export))


def write_csl(export: Export) -> Iterator[bytes]:
    """Yield an export as CSL-JSON; each item says where it comes from."""
    return in_chunks(_items(export))


def _lines(export: Export) -> Iterator[str]:
    if export.request.introduced:
        yield _encoded({"about": export.provenance.facts()}) + "\n"
    columns = [(name, COLUMNS[name]) for name in export.columns]
    for row in export.rows:
        yield _encoded({name: column(row) for name, column in columns}) + "\n"


def _items(export: Export) -> Iterator[str]:
    note = export.provenance.sentence() if export.request.introduced else ""
    between = "["
    for reference in references(export):
        yield between + "\n" + _encoded(csl_json.item(reference, note))
        between = ","
    yield "[]\n" if between == "[" else "\n]\n"
