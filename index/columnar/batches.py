"""Batches on their way into a segment: each in one array file of its own, written by whoever inverted it.

So they wait on the disk and not in memory, go from process to process by their names, and are mapped when they are
merged. The file has what a segment's two files have (see `segments`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from index.columnar import stored, texts
from index.columnar.arrays import ArrayWriter
from index.columnar.segments import Documents, Fields
from index.columnar.sources import Batch, Held, Run

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
        stored.write(writer, batch.blocks)
        writer.attributes.update(fields=list(batch.runs), lengths=list(batch.lengths), count=batch.count)
    return Filed(path, batch.count, path.stat().st_size)


def opened(batches: Sequence[Filed]) -> list[Held]:
    """Batches as sources of a segment."""
    return [_opened(batch.path) for batch in batches]


def _opened(path: Path) -> Held:
    fields, documents = Fields(path), Documents(path)
    return Held(documents.count, fields.runs, documents.lengths, documents.stored)


def _write_run(writer: ArrayWriter, name: str, run: Run) -> None:
    texts.write(writer, f"{name}.terms", run.terms)
    for part in run.postings.__slots__:
        array = getattr(run.postings, part)
        if array is not None:
            writer.add(f"{name}.{part}", array)
