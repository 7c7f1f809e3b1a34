"""Batches on their way into a segment: each in one array file of its own, written by whoever inverted it.

So they wait on the disk and not in memory, go from process to process by their names, and are mapped when they are
merged. The file has what a segment's two files have (see `segments`), but plain postings (see `postings`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from index.embedded.columnar.format import stored_records, string_lists
from index.embedded.columnar.format.arrays import ArrayFile, ArrayWriter
from index.embedded.columnar.postings.inversion import Postings
from index.embedded.columnar.postings.sources import Batch, Held, Run
from index.embedded.columnar.segments.segment_files import Documents

SUFFIX = ".batch"


@dataclass(frozen=True, slots=True)
class Filed:
    """A batch in a file: where, how many documents, and how many bytes."""

    path: Path
    count: int
    nbytes: int


def filed(batch: Batch, folder: Path) -> Filed:
    """Write a batch into a file of its own in a folder."""
    with NamedTemporaryFile(dir=folder, suffix=SUFFIX, delete=False) as file:
        path = Path(file.name)
    with ArrayWriter(path) as writer:
        for name, run in batch.runs.items():
            _write_run(writer, name, run)
        for name, lengths in batch.lengths.items():
            writer.add(f"{name}.lengths", lengths)
        stored_records.write(writer, batch.blocks)
        writer.attributes.update(fields=list(batch.runs), lengths=list(batch.lengths), count=batch.count)
    return Filed(path, batch.count, path.stat().st_size)


def opened(batches: Sequence[Filed]) -> list[Held]:
    """Batches as sources of a segment."""
    return [_opened(batch.path) for batch in batches]


def _opened(path: Path) -> Held:
    documents = Documents(path)
    names: Sequence[str] = documents.file.attributes["fields"]
    runs = {name: _read_run(documents.file, name) for name in names}
    return Held(documents.count, runs, documents.lengths, documents.stored)


def _write_run(writer: ArrayWriter, name: str, run: Run) -> None:
    string_lists.write(writer, f"{name}.terms", run.terms)
    for part in Postings.__slots__:
        array = getattr(run.postings, part)
        if array is not None:
            writer.add(f"{name}.{part}", array)


def _read_run(file: ArrayFile, name: str) -> Run:
    parts = {part: file.get(f"{name}.{part}") for part in Postings.__slots__}
    return Run(string_lists.read(file, f"{name}.terms"), Postings(**parts))  # type: ignore[arg-type]  # the first two are there
