"""Bounded facts: an article as answers show it, with facts of monstrous length cut.

A title of a hundred kilobytes would make a list of hits unreadable and a page of megabytes. A cut fact ends in "…". The
text of an article is not a fact and stays whole. An article with facts of usual length is returned as it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from archive.article import Article, Evidence

LONGEST_FACT: Final = 1_000  # characters: ten times a long headline
MOST_PEOPLE: Final = 50  # reporters, and editors; a credit line names a handful
SINGLE: Final = ("title", "outlet", "bureau", "section", "agency", "place", "url", "source")
SEVERAL: Final = ("reporters", "editors")


def bounded(article: Article) -> Article:
    """Return an article with facts that can be shown."""
    changes: dict[str, Any] = dict(_changes(article))
    evidence = article.date.evidence
    if any(len(piece.words) > LONGEST_FACT for piece in evidence):
        pieces = tuple(Evidence(shortened(piece.words), piece.bearing) for piece in evidence)
        changes["date"] = replace(article.date, evidence=pieces)
    return replace(article, **changes) if changes else article


def shortened(text: str) -> str:
    """Return a text cut to LONGEST_FACT characters."""
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"


def _changes(article: Article) -> Iterator[tuple[str, object]]:
    for name in SINGLE:
        value: str | None = getattr(article, name)
        if value is not None and len(value) > LONGEST_FACT:
            yield name, shortened(value)
    for name in SEVERAL:
        people: tuple[str, ...] = getattr(article, name)
        if len(people) > MOST_PEOPLE or any(len(person) > LONGEST_FACT for person in people):
            kept = tuple(map(shortened, people[:MOST_PEOPLE]))
            yield name, kept if len(people) <= MOST_PEOPLE else (*kept, "…")
