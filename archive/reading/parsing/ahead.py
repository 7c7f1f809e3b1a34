"""Parsing ahead: what reading will ask next is parsed on all cores, while reading takes the answers in its order.

The questions come from a second reading of the same files, some steps ahead (`archive.reading.read_ahead`). Few are in
flight. One that fails ahead, or whose answer is large, is asked again when reading comes to it, alone: what is rejected
depends neither on the number of cores nor on what is parsed beside it.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Final

from archive.reading.bounds import RecordBounds
from archive.reading.containers.decompression import FailedReading
from archive.reading.parsing.parser_process import FAILED, ParserProcess, TooHard
from archive.reading.parsing.questions import Question

LARGEST_KEPT: Final = 1 << 24  # bytes of an answer; an export of a thousand articles has a quarter
PROCESSES: Final = 8  # reading itself takes a tenth of the time of parsing, so it keeps no more of them busy
QUESTIONS_PER_PROCESS: Final = 4  # in flight: one is parsed, others wait, since answers are taken in order
BYTES_IN_FLIGHT: Final = 1 << 26  # of questions, beyond which none is added; usual ones have 100 kB
FEW: Final = 16  # fewer questions are not worth the start of several processes, a second each
STEPS: Final = 64  # that the read-ahead goes on at once where it meets no new question
END: Final = (0, None)  # of the steps of the read-ahead
_PROCESSES: Final = [ParserProcess() for _ in range(PROCESSES)]  # started when they are needed


@dataclass(slots=True)
class _Asked:
    """A question in flight, the number of its file, and its answer, once it is given to a process."""

    question: Question
    file: int
    future: Future[list[bytes] | None] | None = None


Step = tuple[int, Question | None]  # of the read-ahead: the number of a file, and a question that it asks, if any


class Ahead:
    """Answers that are parsed ahead by some processes. `file` is the number of the file that is being read."""

    def __init__(self, bounds: RecordBounds, processes: int) -> None:
        self.file = 0
        self._bounds = bounds
        self._processes = _PROCESSES[: min(processes, PROCESSES)]
        self._free: SimpleQueue[ParserProcess] = SimpleQueue()
        for process in self._processes:
            self._free.put(process)
        self._threads = ThreadPoolExecutor(len(self._processes), "parsing ahead")
        self._ahead: Iterator[Step] = iter(())
        self._flight: deque[_Asked] = deque()
        self._begun = False
        self._bytes = 0

    def follow(self, ahead: Iterator[Step]) -> None:
        """Take the questions from here, in the order in which they will be asked."""
        self._ahead = ahead

    def answer(self, question: Question) -> list[bytes] | None:
        """The parts of an answer that reading has come to; None if it must be asked for."""
        self._go_on()
        if not self._is_in_flight(question):
            return None
        found = self._next()
        while found.question.key != question.key:  # what was passed over is not asked for any more
            found = self._next()
        self._go_on()
        return found.future.result() if found.future is not None else None

    def close(self) -> None:
        """End the processes, and close the files that are read ahead."""
        self._ahead = iter(())
        self._flight.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()
        self._threads.shutdown()
        for process in self._processes:
            process.close()

    def _is_in_flight(self, question: Question) -> bool:
        return any(asked.question.key == question.key for asked in self._flight)

    def _next(self) -> "_Asked":
        found = self._flight.popleft()
        self._bytes -= len(found.question.raw)
        return found

    def _go_on(self) -> None:
        """Let the read-ahead go on until enough is in flight; what files asked that were read is passed over."""
        while self._flight and self._flight[0].file < self.file:
            self._next()
        steps = 0
        most = max(FEW, QUESTIONS_PER_PROCESS * len(self._processes))
        while steps < STEPS and len(self._flight) < most and self._bytes < BYTES_IN_FLIGHT:
            steps += 1
            file, question = next(self._ahead, END)
            if question is not None and not self._is_in_flight(question):
                self._flight.append(_Asked(question, file))
                self._bytes += len(question.raw)
        self._begun = self._begun or len(self._flight) >= FEW or self._bytes >= BYTES_IN_FLIGHT
        for asked in self._flight if self._begun else ():
            if asked.future is None:
                asked.future = self._threads.submit(self._parse, asked.question)

    def _parse(self, question: Question) -> list[bytes] | None:
        """Parse in one of the processes; None if that fails or gives too much."""
        process = self._free.get()
        try:
            parts, size = [], 0
            for part in process.answers(question.kind, question.raw, self._bounds.seconds, self._bounds.mebibytes):
                size += len(part)
                if size > LARGEST_KEPT or part.startswith(FAILED):
                    return None
                parts.append(part)
        except (TooHard, FailedReading, MemoryError, OSError):
            return None
        else:
            return parts
        finally:
            self._free.put(process)
