"""Factiva's exports with a code before each part of an article: `HD`, `BY`, `WC`, `PD`, `SN`, `LP`, `TD`.

A code stands alone on a line or before its value; what follows up to the next code belongs to it. `HD` begins an
article, or `SE` where that stands before it, and `AN` or a `Document …` line ends it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

CODES: Final = frozenset(
    "SE HD CR BY WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN ART CLM ATC DLN".split()  # noqa: SIM905
)
_LINE = re.compile(r"(?P<code>[A-Z]{2,3})(?:(?:\t|\s{2,}|\s(?=\S))(?P<value>\S.*)|\s*)")
_FIELDS: Final = {"HD": "title", "BY": "reporter", "PD": "date", "SN": "outlet", "SE": "section", "DLN": "place"}
_REQUIRED: Final = frozenset({"HD", "PD", "SN"})
_TEXT: Final = ("LP", "TD")


def tagged_articles(lines: Sequence[str]) -> list[dict[str, str]]:
    """The fields of each article; none if the lines are not all of such articles."""
    found = [_fields(part) for part in _articles(lines)]
    return found if all(found) else []


def _articles(lines: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """The parts of each article by their codes."""
    article: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        words, told = line, _LINE.fullmatch(line)
        code = told["code"] if told and told["code"] in CODES else ""
        if code in {"HD", "SE"} and "HD" in article:
            yield article
            article = {}
        if code and code not in article and (article or code in {"HD", "SE"}):
            current = article.setdefault(code, [])
            words = (told["value"] or "") if told else ""
        if current is not None and words:
            current.append(words)
    if article:
        yield article


def _fields(article: dict[str, list[str]]) -> dict[str, str]:
    """Our fields of an article; {} where one of its marks is missing."""
    if not article.keys() >= _REQUIRED or article.keys().isdisjoint(_TEXT):
        return {}
    fields = {ours: " ".join(article[code]) for code, ours in _FIELDS.items() if article.get(code)}
    return fields | {"text": "\n".join(line for code in _TEXT for line in article.get(code, ()))}
