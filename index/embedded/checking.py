"""Reads a generation back and says what is not as it was written."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from index.embedded import manifest
from index.embedded.checksums import forget
from index.embedded.columnar.segments.consistency import inconsistent_postings
from index.embedded.generation import Generation, damaged_files
from index.embedded.stored_articles import WINDOW
from index.engine import DamagedIndex


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
    """What is wrong with some articles; where they cannot be read together, each is read by itself."""
    ids = generation.columns.ids
    try:
        found = [article.id for article in generation.articles(documents, texts=True)]
    except Exception as error:  # noqa: BLE001  # any error from a damaged file is to be reported
        if len(documents) == 1:
            yield f"article {ids[documents[0]]}: cannot be read back ({error})"
            return
        for document in documents:
            yield from _unreadable(generation, [document])
        return
    for document, article_id in zip(documents, found, strict=True):
        if article_id != ids[document]:
            yield f"article {ids[document]}: another one ({article_id}) is stored in its place"
