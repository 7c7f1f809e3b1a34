"""Batch files: batches waiting to become a segment, each in an array file written by the process that inverted it.

So they wait on disk and not in memory, pass between processes by file name, and are mapped when they are merged. A
batch file has the arrays of a segment's `.terms` and `.documents` files (see `segment_files`), but with unpacked
postings (see `inversion`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from index.embedded.columnar.format import stored_records, string_lists
from index.embedded.columnar.format.arrays import ArrayFile, ArrayWriter
from index.embedded.columnar.postings.inversion import Postings
from index.embedded.columnar.postings.sources import Batch, FileSource, Run
from index.embedded.columnar.segments.segment_files import SegmentDocuments

SUFFIX = ".batch"


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A batch in a file: its path, its number of documents, and its size in bytes."""

    path: Path
    count: int
    nbytes: int


def write_batch(batch: Batch, folder: Path) -> BatchFile:
    """Write a batch into a new file in a folder."""
    with NamedTemporaryFile(dir=folder, suffix=SUFFIX, delete=False) as file:
        path = Path(file.name)
    with ArrayWriter(path) as writer:
        for name, run in batch.runs.items():
            _write_run(writer, name, run)
        for name, lengths in batch.lengths.items():
            writer.add(f"{name}.lengths", lengths)
        stored_records.write(writer, batch.blocks)
        writer.attributes.update(fields=list(batch.runs), lengths=list(batch.lengths), count=batch.count)
    return BatchFile(path, batch.count, path.stat().st_size)


def remove_all(folder: Path) -> None:
    """Remove the batch files in a folder: those of processes that ended before they handed them on."""
    for path in folder.glob(f"*{SUFFIX}"):
        path.unlink()


def open_batches(batches: Sequence[BatchFile]) -> list[FileSource]:
    """Open batch files as sources of a segment."""
    return [_open_batch(batch.path) for batch in batches]


def _open_batch(path: Path) -> FileSource:
    documents = SegmentDocuments(path)
    names: Sequence[str] = documents.file.attributes["fields"]
    runs = {name: _read_run(documents.file, name) for name in names}
    return FileSource(documents.count, runs, documents.lengths, documents.stored)


def _write_run(writer: ArrayWriter, name: str, run: Run) -> None:
    string_lists.write(writer, f"{name}.terms", run.terms)
    for part in Postings.__slots__:
        array = getattr(run.postings, part)
        if array is not None:
            writer.add(f"{name}.{part}", array)


def _read_run(file: ArrayFile, name: str) -> Run:
    parts = {part: file.get(f"{name}.{part}") for part in Postings.__slots__}
    terms = string_lists.read(file, f"{name}.terms")
    return Run(terms, Postings(**parts))  # type: ignore[arg-type]  # `starts` and `documents` are always there
