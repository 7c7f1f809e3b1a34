"""Rich text (.rtf) by striprtf, without what tracked changes have deleted."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from archive.reading.documents.document import damaged
from archive.reading.documents.press_exports import articles_of_export, numbered
from archive.reading.documents.titles import title_and_text

PADDING = b"\0 \t\r\n\x1a"  # after the end
DELETED = re.compile(r"\{[^{}]*\\deleted(?![a-z0-9])[^{}]*\}")  # a run of text that a tracked change deletes


def rich_text_article(raw: bytes) -> Iterator[object]:
    """Yield the article in a document; a first line that reads like a headline is its title."""
    if not raw.rstrip(PADDING).endswith(b"}"):
        raise damaged("document")
    text = rtf_to_text(  # type: ignore[no-untyped-call]
        DELETED.sub("", raw.decode("cp1252", "replace")), errors="replace"
    )
    lines = [" ".join(line.split()) for line in text.splitlines()]
    articles = articles_of_export(lines)
    yield from numbered(articles) if articles else [{"fields": title_and_text(lines)}]
