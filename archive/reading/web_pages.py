"""Web pages: the article in a saved page, without the menus, teasers and comments around it.

trafilatura finds text and metadata. A date it can only guess from the page's wording is not asked for: dating an
article from its words is another part's work, which shows its evidence.
"""

import re
from collections.abc import Mapping
from typing import Final

from trafilatura import bare_extraction
from trafilatura.settings import Document

DATING: Final[Mapping[str, object]] = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
DECLARED_ENCODING = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
DECLARATION_REACH = 4096  # bytes; browsers look at the first 1024, pages are sloppier
FIRST_TAG = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
ANY_TAG = re.compile(r"<[!/]?[A-Za-z]")


def declared_encoding(page: bytes) -> str | None:
    """The encoding a page says it has."""
    found = DECLARED_ENCODING.search(page, 0, DECLARATION_REACH)
    return found[1].decode("ascii") if found else None


def fields(page: str) -> dict[str, object]:
    """Our fields as far as the page has them; paragraphs are lines, and a headline does not stand in the text again."""
    try:
        found = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=dict(DATING))
    except Exception:  # noqa: BLE001  # it promises no set of errors, and one odd page must not end a run
        return {}
    if not isinstance(found, Document):  # None where it finds nothing
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
