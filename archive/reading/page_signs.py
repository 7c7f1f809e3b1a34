"""What shows that a file is a web page, and which encoding the page declares; neither needs a parser."""

import re

DECLARED_ENCODING = re.compile(rb"""<meta[^>]{0,200}charset\s*+=\s*+["']?+\s*+([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
DECLARATION_WITHIN = 4096  # bytes; browsers search the first 1024, but some pages declare it later
FIRST_TAG = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+<(?:!doctype\s++html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
ANY_TAG = re.compile(r"<[!/]?[A-Za-z]")


def declared_encoding(page: bytes) -> str | None:
    """The encoding declared in a page, if any."""
    found = DECLARED_ENCODING.search(page, 0, DECLARATION_WITHIN)
    return found[1].decode("ascii") if found else None
