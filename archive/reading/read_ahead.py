"""Read-ahead: reads the files of a run some steps ahead of reading itself, to find what the parsers will be asked.

It reads by the same rules, so the questions are the same and in the same order, also those of pages in archives. It
has no answers, so what follows from one is missing: the page in an e-mail.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from archive.reading.containers.decompression import UnreadableFile
from archive.reading.field_names import FieldMapper
from archive.reading.file_discovery import SourceFile, source_files
from archive.reading.file_reading import ReadingRun, read_file
from archive.reading.parsing.ahead import Ahead, Step
from archive.reading.parsing.parsers import NotedQuestions
from archive.reading.progress import ReadingProgress


def read_ahead(paths: Sequence[Path], run: ReadingRun, ahead: Ahead) -> Iterator[Step]:
    """The costly questions that a run will ask, from the file on that is being read."""
    asked = NotedQuestions(run.bounds, run.parsers.kept)
    reading = replace(run, mapper=FieldMapper(), progress=ReadingProgress(), parsers=asked, reading_ahead=True)
    for number, source in enumerate(source_files(paths)):
        if number < ahead.file or not isinstance(source, SourceFile):
            continue
        with suppress(UnreadableFile, OSError):
            for _ in read_file(source.path, reading):
                yield from ((number, question) for question in asked.taken() or (None,))
                if number < ahead.file:
                    break
        yield from ((number, question) for question in (*asked.taken(), None))
