"""Exported references: RIS and BibTeX files, and what all formats of references share.

RIS has no place for remarks on the file, so each of its records says where it comes from.
"""

from collections.abc import Iterator

from index.answers.citing import bibtex, ris
from index.answers.citing.reference import Holding, Reference
from index.answers.exporting.columns import body
from index.answers.exporting.export import Export
from index.answers.exporting.text_encoding import in_chunks


def write_ris(export: Export) -> Iterator[bytes]:
    """Yield an export as RIS."""
    note = export.provenance.sentence() if export.request.introduced else ""
    return in_chunks(ris.record(reference, note) for reference in references(export))


def write_bibtex(export: Export) -> Iterator[bytes]:
    """Yield an export as BibTeX."""
    return in_chunks(_entries(export))


def references(export: Export) -> Iterator[Reference]:
    """Yield the articles of an export as references."""
    about = export.provenance
    archive, index, today = about.publication.archive, about.answer.index.id, about.exported
    for row in export.rows:
        article = row.match.article
        address = row.address if row.address.startswith("http") else ""
        text = body(article) if export.request.texts else ""
        yield Reference(article, Holding(archive, index, address, today), text)


def _entries(export: Export) -> Iterator[str]:
    if export.request.introduced:
        for name, fact in export.provenance.facts().items():
            yield f"% {name}: {' '.join(str(fact).split())}\n".replace("@", "(at)")  # "@" would begin an entry
        yield "\n"
    for reference in references(export):
        yield bibtex.record(reference)
