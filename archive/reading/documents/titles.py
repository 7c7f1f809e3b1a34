"""The title of a document: its heading, or its first line where that reads like one."""

import re
from collections.abc import Sequence

LONGEST_TITLE = 200  # characters; headlines have 40 to 120
WORDLESS = re.compile(r"[\W\d_]*")
SENTENCE_END = re.compile(r"[.;:,…]['\"”’)]*$")
# A place or an outlet with a dash after it begins the first paragraph: “JAKARTA, KOMPAS.com – …”, “Medan (ANTARA) - …”.
DATELINE = re.compile(r"^[A-Z][\w.,/ ]{2,40}(?:\([^)]{2,30}\))?\s?(?:-{1,2}|[–—])\s")


def title_and_text(lines: Sequence[str]) -> dict[str, str]:
    """The fields of a document without headings: its first line is the title if it reads like one."""
    filled = [line for line in (line.strip() for line in lines) if line]
    if len(filled) > 1 and is_title(filled[0]):
        return {"title": filled[0], "text": "\n".join(filled[1:])}
    return {"text": "\n".join(filled)}


def is_title(line: str) -> bool:
    """Whether a line reads like a headline: short, and no sentence."""
    return (
        len(line) <= LONGEST_TITLE
        and not WORDLESS.fullmatch(line)
        and not SENTENCE_END.search(line)
        and not DATELINE.match(line)
    )
