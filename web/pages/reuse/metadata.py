"""Metadata of an article in the head of its page: for Zotero, for Dublin Core, and for schema.org.

Zotero takes `z:itemType` for the type. `citation_journal_title` would make it a journal article, so it is not there.
"""

from collections.abc import Iterator
from typing import Final

from index.answers.citing.reference import Reference

LONGEST_ABSTRACT: Final = 300  # characters


def tags(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the names and contents of meta elements."""
    article = reference.article
    yield from (("z:itemType", "newspaperArticle"), ("citation_title", reference.title))
    yield from (("citation_author", name) for name in article.reporters)
    yield from (("citation_language", "id"), ("DC.type", "newspaperArticle"), ("DC.title", reference.title))
    yield from (("DC.creator", name) for name in article.reporters)
    yield from (("DC.language", "id"), ("DC.identifier", reference.held.address or article.id))
    if date := _date(reference):
        yield from (("citation_date", date), ("DC.date", date))
    if reference.container:
        yield "DC.publisher", reference.container
    if reference.held.address:
        yield "citation_public_url", reference.held.address
    if reference.original:
        yield "DC.source", reference.original
    if article.paragraphs:
        yield "description", _shortened(article.paragraphs[0])


def linked_data(reference: Reference) -> dict[str, object]:
    """Return the article as a NewsArticle of schema.org; an uncertain date is not told as one of publication."""
    article, held = reference.article, reference.held
    outlet = {"@type": "NewsMediaOrganization", "name": reference.container}
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "identifier": article.id,
        "inLanguage": "id",
        "author": [{"@type": "Person", "name": name} for name in article.reporters],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "publisher": outlet if reference.container else None,
        "datePublished": "" if reference.date_mark else article.date.value,
        "locationCreated": article.place,
        "url": held.address,
        "sameAs": reference.original,
        "archivedAt": held.address,
        "wordCount": article.words,
    }
    return {name: fact for name, fact in facts.items() if fact}


def _date(reference: Reference) -> str:
    return " ".join(filter(None, (reference.article.date.value, reference.date_mark)))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_ABSTRACT else text[: LONGEST_ABSTRACT - 1] + "…"
