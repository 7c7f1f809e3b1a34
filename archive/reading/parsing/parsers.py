"""The parsers of pages and documents, as reading asks them: each question costs a parse once.

An answer depends on the bytes of the question, the rules of reading and the libraries that parse, and on nothing else.
So what a costly parser answered is kept between runs, in an `AnswerFile`. Failures are never kept.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from typing import Any, Final

from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.formats import FileFormat
from archive.reading.parsing.answer_file import NO_ANSWERS, AnswerFile
from archive.reading.parsing.parser_process import DOCUMENTS, PAGES, ParserProcess

COSTLY: Final = frozenset({FileFormat.PAGE, FileFormat.PDF})  # 20 to 30 ms each, other documents 0.5 to 3
# Distributions with a part in their answers. A test finds those that are missing.
LIBRARIES: Final = (
    *("charset-normalizer", "courlan", "htmldate", "jusText", "lxml", "lxml_html_clean", "numpy", "pypdfium2"),
    *("python-dateutil", "tld", "trafilatura", "urllib3"),
)
LARGEST_KEPT: Final = 1 << 24  # bytes of answers to one question; an export of a thousand articles has a quarter


@dataclass(frozen=True, slots=True)
class Parsers:
    """The parsers of one run of reading, within the bounds of a record, and what they answered in runs before."""

    bounds: RecordBounds = RECORD_BOUNDS
    kept: AnswerFile = NO_ANSWERS

    def page(self, page: str) -> dict[str, object]:
        """The fields of a page; raises TooHard, and FailedReading if the process of the parser does not start."""
        (fields,) = self._answers(FileFormat.PAGE, page.encode("utf-8", "surrogatepass"), PAGES)
        return dict(fields)

    def document(self, kind: FileFormat, raw: bytes) -> Iterator[Any]:
        """What the parser of a kind of documents yields; the last part may be an error. Raises as `page` does."""
        return self._answers(kind, raw, DOCUMENTS)

    def _answers(self, kind: FileFormat, raw: bytes, process: ParserProcess) -> Iterator[Any]:
        kept = self.kept if kind in COSTLY else NO_ANSWERS
        question = blake2b(f"{kind}\n".encode(), digest_size=16)
        question.update(raw)
        key = question.digest()
        if (held := kept.get(key)) is not None:
            yield from map(json.loads, held)
            return
        answer: list[bytes] = []
        size, failed = 0, False
        for part in process.answers(kind, raw, self.bounds.seconds, self.bounds.mebibytes):
            value = json.loads(part)
            size, failed = size + len(part), failed or "error" in value
            if size <= LARGEST_KEPT:
                answer.append(part)
            yield value
        if size <= LARGEST_KEPT and not failed:
            kept.add(key, answer)


def version_of_answers(rules: str) -> str:
    """What answers depend on beside the question: the rules of reading, and the libraries that parse."""
    return " ".join((rules, sys.version, *(f"{name} {version(name)}" for name in LIBRARIES)))
