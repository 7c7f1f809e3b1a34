"""How fast whole results are exported, and in how much memory: `python -m benchmarks.exporting --index DIR`.

Each format is written once in a process of its own, to nowhere. Processor seconds are told beside seconds, since other
work on the machine lengthens the latter alone.
"""

import argparse
import gc
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.memory import resident_of
from index.answers.exporting.export import ExportRequest, Setting, open_export
from index.answers.exporting.formats import FORMATS
from index.answers.exporting.provenance import Publication
from index.opening import open_engine
from index.query.request import Copies, Query

LOOKED_AT = 1 << 20  # bytes written between two looks at the memory
GC_THRESHOLD = 20_000  # as in a server


@dataclass(frozen=True, slots=True)
class Exported:
    """The cost of an export; `grown` is by how many bytes the memory of the process grew, without mapped files."""

    rows: int
    size: int
    seconds: float
    processor_seconds: float
    grown: int


def export(index: Path, format_: str, text: str, *, texts: bool) -> Exported:
    """Export a result once."""
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    setting = Setting(Publication("Kliping", "", "Kliping"), datetime.now(UTC).date(), "/article/{}".format)
    reader = open_engine(index).snapshot()
    opened = open_export(reader, ExportRequest(Query(text, copies=Copies.SHOW), texts=texts), setting)
    before = most = resident_of(os.getpid()).own
    start, start_processor = perf_counter(), process_time()
    size = seen = 0
    for part in FORMATS[format_].write(opened):
        size += len(part)
        if size - seen >= LOOKED_AT:
            most, seen = max(most, resident_of(os.getpid()).own), size
    seconds, processor = perf_counter() - start, process_time() - start_processor
    return Exported(opened.provenance.rows, size, seconds, processor, most - before)


def main() -> None:
    """Measure every format, with and without texts, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--query", default="")
    given = parser.parse_args()
    heads = f"{'rows':>8} {'MB':>7} {'rows/s':>9} {'rows/s of processor':>20} {'MiB grown':>10}"
    print(f"{'format':10} {'texts':6} {heads}")
    for name, format_ in FORMATS.items():
        for texts in (True, False) if format_.table else (format_.texts,):
            with get_context("spawn").Pool(1) as pool:
                told = pool.apply(export, (given.index, name, given.query), {"texts": texts})
            rates = told.rows / told.seconds, told.rows / told.processor_seconds
            figures = f"{told.size / 1e6:7.0f} {rates[0]:9.0f} {rates[1]:20.0f} {told.grown / 2**20:10.0f}"
            print(f"{name:10} {'on' if texts else 'off':6} {told.rows:8} {figures}")


if __name__ == "__main__":
    main()
