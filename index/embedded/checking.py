"""Reads a generation back and says what is not as it was written."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from index.embedded import manifest
from index.embedded.checksums import forget
from index.embedded.columnar.segments.consistency import inconsistent_postings
from index.embedded.generation import Generation, damaged_files
from index.embedded.stored_articles import WINDOW
from index.engine import DamagedIndex
from index.storage.reading_back import read_back


def check(folder: Path) -> Iterator[str]:
    """Read a whole generation back and yield a sentence for each damaged file or inconsistency."""
    forget()
    try:
        damages = list(damaged_files(folder, manifest.read(folder)))
        yield from damages
        if not damages:
            yield from problems(Generation(folder))
    except DamagedIndex as error:
        yield str(error)


def problems(generation: Generation) -> Iterator[str]:
    """Read everything of an opened generation back and yield a sentence for each inconsistency."""
    columns = generation.columns
    described = manifest.describe(columns).info
    if described.id != generation.info.id:
        yield f"the columns say the index is {described.id}, the manifest {generation.info.id}"
    yield from columns.file.damage()
    yield from generation.vocabulary.file.damage()
    for reader, _ in generation.leaves:
        for file in (*reader._terms.fields.files, reader._perdoc.documents.file):  # private, as in `segment_terms`
            yield from file.damage()
        yield from inconsistent_postings(reader._terms.fields, reader.doc_count_all())
    documents = columns.everything
    for start in range(0, len(documents), WINDOW):
        yield from _unreadable(generation, documents[start : start + WINDOW].tolist())


def _unreadable(generation: Generation, documents: Sequence[int]) -> Iterator[str]:
    """What is wrong with some articles."""
    ids = generation.columns.ids
    # Any error from a damaged file is to be reported.
    for document, found in read_back(documents, lambda some: _ids(generation, some), Exception):
        if isinstance(found, Exception):
            yield f"article {ids[document]}: cannot be read back ({found})"
        elif found != ids[document]:
            yield f"article {ids[document]}: another one ({found}) is stored in its place"


def _ids(generation: Generation, documents: Sequence[int]) -> list[str]:
    """The ids of some articles, by the articles as they are stored, with their texts."""
    return [article.id for article in generation.articles(documents, texts=True)]
