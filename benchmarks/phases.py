"""What each phase of a reindex takes, in seconds by the clock and of all processors.

A phase is that of the report: looking for boilerplate, reading, grouping copies, writing the index. While copies are
grouped, another process writes the last segment; its time counts there, too.
"""

from dataclasses import dataclass
from time import perf_counter

from benchmarks.processor import processor_seconds
from index.reindexing.report import ReindexReport


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock, and those of all processors."""

    seconds: float
    processor_seconds: float


class PhaseClock:
    """Times the phases of a reindex of some process, whose progress it is; `taken` has those that are over."""

    def __init__(self, process: int) -> None:
        self.taken: dict[str, Taken] = {}
        self._process = process
        self._phase = ""
        self._begun = self._now()

    def __call__(self, report: ReindexReport) -> None:
        """Note the phase that a reindex is in."""
        if report.phase != self._phase:
            self.finish()
            self._phase = report.phase

    def finish(self) -> None:
        """End the present phase."""
        now, begun = self._now(), self._begun
        if self._phase:
            self.taken[self._phase] = Taken(
                now.seconds - begun.seconds, now.processor_seconds - begun.processor_seconds
            )
            self._begun = now

    def _now(self) -> Taken:
        return Taken(perf_counter(), processor_seconds(self._process))
