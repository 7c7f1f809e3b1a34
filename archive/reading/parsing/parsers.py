"""The parsers of pages and documents, as reading asks them: each costly question costs a parse once.

An answer depends on the bytes of the question, the rules of reading and the libraries that parse, and on nothing else.
So what a costly parser answered is kept between runs, in an `AnswerFile`. Failures are never kept.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Final

from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.containers.decompression import UnreadableFile, UnsuitableFile
from archive.reading.formats import FileFormat
from archive.reading.parsing.ahead import LARGEST_KEPT, Ahead
from archive.reading.parsing.answer_file import NO_ANSWERS, AnswerFile
from archive.reading.parsing.parser_process import DOCUMENTS, FAILED, PAGES, ParserProcess, TooHard
from archive.reading.parsing.questions import Question

# Distributions with a part in the answers that are kept. A test finds those that are missing.
LIBRARIES: Final = (
    *("charset-normalizer", "courlan", "htmldate", "jusText", "lxml", "lxml_html_clean", "numpy", "pypdfium2"),
    *("python-dateutil", "tld", "trafilatura", "urllib3"),
)


@dataclass(frozen=True, slots=True)
class Parsers:
    """The parsers of one run of reading, within the bounds of a record.

    `kept` is what they answered in runs before, `ahead` what they are asked before reading comes to it.
    """

    bounds: RecordBounds = RECORD_BOUNDS
    kept: AnswerFile = NO_ANSWERS
    ahead: Ahead | None = None

    def page(self, page: str) -> dict[str, object]:
        """The fields of a page; raises TooHard, and FailedReading if the process of the parser does not start."""
        (fields,) = self._answer(Question.of_page(page), PAGES)
        return dict(fields)

    def document(self, kind: FileFormat, raw: bytes) -> Iterator[Any]:
        """What the parser of a kind of documents yields. Raises UnreadableFile where it fails."""
        failure: UnreadableFile | None = None
        try:
            for part in self._answer(Question.of(kind, raw), DOCUMENTS):
                if "error" in part:  # the last one; a process whose answers are not taken to their end is replaced
                    failure = (UnsuitableFile if part["judged"] else UnreadableFile)(part["error"])
                else:
                    yield part
        except TooHard as error:
            raise UnsuitableFile(str(error)) from None
        if failure is not None:
            raise failure

    def _answer(self, question: Question, process: ParserProcess) -> Iterator[Any]:
        if not question.is_costly:
            yield from map(json.loads, self._asked(question, process))
            return
        held = self.kept.get(question.key)
        if held is None and self.ahead is not None:
            held = self.ahead.answer(question)
            if held is not None:
                self.kept.add(question.key, held)
        yield from map(json.loads, self._asked_and_kept(question, process) if held is None else held)

    def _asked(self, question: Question, process: ParserProcess) -> Iterator[bytes]:
        return process.answers(question.kind, question.raw, self.bounds.seconds, self.bounds.mebibytes)

    def _asked_and_kept(self, question: Question, process: ParserProcess) -> Iterator[bytes]:
        answer: list[bytes] = []
        size, failed = 0, False
        for part in self._asked(question, process):
            size, failed = size + len(part), failed or part.startswith(FAILED)
            if size <= LARGEST_KEPT:
                answer.append(part)
            yield part
        if size <= LARGEST_KEPT and not failed:
            self.kept.add(question.key, answer)


@dataclass(frozen=True, slots=True)
class NotedQuestions(Parsers):
    """Parsers that answer nothing, and note each costly question to which no answer was kept."""

    noted: list[Question] = field(default_factory=list)

    def page(self, page: str) -> dict[str, object]:
        """Note the question of a page."""
        self._note(Question.of_page(page))
        return {}

    def document(self, kind: FileFormat, raw: bytes) -> Iterator[Any]:
        """Note the question of a document."""
        self._note(Question.of(kind, raw))
        return iter(())

    def taken(self) -> list[Question]:
        """The questions that were noted since they were taken before."""
        noted = list(self.noted)
        self.noted.clear()
        return noted

    def _note(self, question: Question) -> None:
        if question.is_costly and question.key not in self.kept:
            self.noted.append(question)


def version_of_answers(rules: str) -> str:
    """What answers depend on beside the question: the rules of reading, and the libraries that parse."""
    return " ".join((rules, sys.version, *(f"{name} {version(name)}" for name in LIBRARIES)))
