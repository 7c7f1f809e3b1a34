"""The list of segments of an index, which Whoosh calls its table of contents: JSON, where stock Whoosh pickles.

    _MAIN_<n>.toc         {"commit": n, "segments": [{"id": …, "documents": N, "deleted": [numbers, ascending],
                          "lengths": {field: sum of all lengths}, "derived": whether it has derived fields}, …]}

A pickle can run any code its writer chose, and an index is a folder that colleagues send each other. So nothing in an
index is unpickled: the schema comes from the program, the codec is ours, the rest is names and numbers. Whoosh still
names the file, counts commits and removes files that only an older list names.
"""

import json
from pathlib import Path
from typing import Any

from index.embedded.columnar.adapter.codec import ColumnarCodec
from index.embedded.columnar.format.arrays import DamagedFile
from index.embedded.columnar.segments.segment_files import Segment
from index.embedded.columnar.stock import TOC, FileIndex, FileStorage

NAME = "MAIN"  # Whoosh's default, by which its tools find an index in a folder


class ColumnarIndex(FileIndex):  # type: ignore[misc]  # of unknown type, see `stock`
    """A Whoosh index of columnar segments in a folder; DamagedFile or OSError if it cannot be read."""

    def __init__(self, folder: Path, schema: Any, *, readonly: bool = False) -> None:
        self.storage = FileStorage(str(folder), readonly=readonly)
        self.indexname = NAME
        self._schema = schema

    @classmethod
    def create(cls, folder: Path, schema: Any) -> "ColumnarIndex":
        """Create an index without segments in an empty folder."""
        write(folder, 0, [])
        return cls(folder, schema)

    def _read_toc(self) -> Any:
        """Return Whoosh's table of contents; Whoosh calls this each time it opens the index."""
        commit = self.latest_generation()
        if commit < 0:
            raise DamagedFile(f"{self.storage.folder} has no list of segments")
        path = Path(self.storage.folder) / TOC._filename(NAME, commit)
        return TOC(self._schema, read(path), commit)


def lists_of_segments(folder: Path) -> list[Path]:
    """Return the lists of segments in a folder; Whoosh reads the one of the latest commit."""
    return sorted(folder.glob(f"_{NAME}_*.toc"))


def write(folder: Path, commit: int, segments: list[Segment]) -> None:
    """Write the list of segments of a commit atomically."""
    content = {"commit": commit, "segments": [_entry(segment) for segment in segments]}
    path = folder / TOC._filename(NAME, commit)
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(content) + "\n", encoding="utf-8")
    unfinished.replace(path)


def read(path: Path) -> list[Segment]:
    """Read a list of segments; DamagedFile if it is not one."""
    try:
        return [_segment(entry) for entry in json.loads(path.read_bytes())["segments"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedFile(f"{path.name} is no list of segments ({error})") from error


def _entry(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.segid,
        "documents": segment.doc_count_all(),
        "deleted": sorted(segment.deleted_docs()),
        "lengths": segment._fieldlengths,
        "derived": segment.derived,
    }


def _segment(entry: dict[str, Any]) -> Segment:
    if not entry["id"].isalnum():  # it becomes part of file names
        raise ValueError(f"{entry['id']!r} names no segment")
    deleted = {int(number) for number in entry["deleted"]} or None
    segment = Segment(ColumnarCodec(), NAME, int(entry["documents"]), entry["id"], deleted)
    segment._fieldlengths = {str(field): int(total) for field, total in entry["lengths"].items()}
    segment.derived = bool(entry["derived"])
    return segment
