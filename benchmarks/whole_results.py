"""Jobs that go through a whole index: the workbench's questions, exports, reading it back, comparing two indexes.

Times are the processor's, which other work on the machine disturbs least.
"""

from dataclasses import dataclass
from pathlib import Path
from time import process_time

from benchmarks.exporting import export
from benchmarks.jobs import listings_of
from benchmarks.memory import peak_bytes, resident_bytes
from benchmarks.workbench import QUERIES, questions, seconds
from index.opening import open_engine


@dataclass(frozen=True, slots=True)
class Answered:
    """A question about a query: milliseconds of the first answer, and of the next ones; None where it was refused."""

    query: str
    question: str
    first_ms: float | None
    then_ms: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of the workbench, and the resident bytes of the process that answered them all."""

    answers: list[Answered]
    resident: int
    peak: int


@dataclass(frozen=True, slots=True)
class Exported:
    """An export of everything as CSV: rows a second of processor time, and by how many bytes its memory grew."""

    texts: bool
    rows: int
    rate: float
    grown: int


@dataclass(frozen=True, slots=True)
class Verified:
    """Everything was read back: seconds, peak bytes, and the faults found."""

    seconds: float
    peak: int
    faults: int


@dataclass(frozen=True, slots=True)
class Differing:
    """An index was compared with the one before: articles that came, seconds, and peak bytes."""

    came: int
    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Ask the questions of the workbench."""

    index: Path

    def run(self) -> Asked:
        """Ask each several times."""
        reader = open_engine(self.index).snapshot()
        answers = []
        for text in QUERIES:
            for asked in questions(reader, text):
                try:
                    first, then = (part * 1e3 for part in seconds(asked.ask))
                except ValueError:  # too many places, for one
                    answers.append(Answered(text, asked.name, None, None))
                else:
                    answers.append(Answered(text, asked.name, first, then))
        return Asked(answers, resident_bytes(), peak_bytes())


@dataclass(frozen=True, slots=True)
class Exporting:
    """Export the whole archive as CSV, to nowhere."""

    index: Path
    texts: bool

    def run(self) -> Exported:
        """Export once."""
        told = export(self.index, "csv", "", texts=self.texts)
        return Exported(self.texts, told.rows, told.rows / told.processor_seconds, told.grown)


@dataclass(frozen=True, slots=True)
class Verifying:
    """Read everything back, as `flask verify` does."""

    index: Path

    def run(self) -> Verified:
        """Read once."""
        start = process_time()
        faults = len(list(open_engine(self.index).check()))
        return Verified(process_time() - start, peak_bytes(), faults)


@dataclass(frozen=True, slots=True)
class Comparing:
    """Compare the index with the one before, as `flask diff-index` does."""

    index: Path

    def run(self) -> Differing:
        """Compare once."""
        start = process_time()
        listings, reader = listings_of(self.index), open_engine(self.index).snapshot()
        found = listings.changes(listings.listed()[0].id, reader.info().id, reader)
        return Differing(len(found.came), process_time() - start, peak_bytes())
