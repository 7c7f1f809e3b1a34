"""Web page extraction: the article in a saved HTML page, without menus, teasers and comments.

trafilatura extracts text and metadata. Dates that it would guess from the page's wording are disabled: `archive.dating`
infers dates from the text and records its evidence.
"""

import logging
from collections.abc import Mapping
from typing import Final

from trafilatura import bare_extraction
from trafilatura.settings import Document

for library in ("trafilatura", "htmldate", "courlan", "justext"):  # they quote the page, which may be hostile
    logging.getLogger(library).addHandler(logging.NullHandler())
    logging.getLogger(library).propagate = False

DATE_EXTRACTION: Final[Mapping[str, object]] = {
    "original_date": True,
    "extensive_search": False,
    "outputformat": "%Y-%m-%d",
}


def extract_fields(page: str) -> dict[str, object]:
    """Extract the fields a page has. Each paragraph is a line, and the headline is not repeated in the text."""
    try:
        found = bare_extraction(
            page, include_comments=False, with_metadata=True, date_extraction_params=dict(DATE_EXTRACTION)
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # it documents no exceptions, and one odd page must not stop a run
        return {}
    if not isinstance(found, Document):  # None if it finds nothing
        return {}
    text = str(found.text or "")
    headline, _, rest = text.partition("\n")
    return {
        "text": rest if rest and headline.strip() == str(found.title or "").strip() else text,
        "title": found.title,
        "date": found.date,
        "outlet": found.sitename,
        "reporter": found.author,
        "url": found.url,
    }
