"""RIS: one record of a reference, of the type NEWS, which Zotero, Mendeley and EndNote read as a newspaper article."""

from collections.abc import Iterator

from index.answers.citing.reference import Reference, date_parts, one_line


def record(reference: Reference, note: str = "") -> str:
    """Return a record; `note` is a further note."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _lines(reference, note)) + "ER  - \r\n\r\n"


def _lines(reference: Reference, note: str) -> Iterator[tuple[str, str]]:
    article, held = reference.article, reference.held
    yield from (("TY", "NEWS"), ("ID", article.id), ("TI", reference.title))
    yield from (("AU", name) for name in article.reporters)
    yield from (("ED", name) for name in article.editors)
    if reference.container:
        yield "T2", reference.container
    if article.section:
        yield "SE", article.section
    if parts := date_parts(article.date):
        year, month, day = (*(f"{part:02}" for part in parts), "", "")[:3]
        yield "PY", f"{parts[0]:04}"
        yield "DA", f"{year:>04}/{month}/{day}/{reference.date_mark.strip('[]')}"
    if reference.url:
        yield "UR", reference.url
    if reference.original and reference.original != reference.url:
        yield "L2", reference.original
    yield from (("LA", "id"), ("DB", held.archive), ("AN", article.id), ("Y2", held.accessed.strftime("%Y/%m/%d/")))
    notes = (reference.date_mark.strip("[]"), f"{held.archive}, {reference.located()}", note)
    yield from (("N1", text) for text in notes if text)
    if reference.text:
        yield "AB", reference.text
