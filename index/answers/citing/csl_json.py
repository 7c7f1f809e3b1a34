"""CSL-JSON: one item of a reference, for citeproc, Zotero and pandoc."""

from typing import Any

from index.answers.citing.reference import Reference, date_parts


def item(reference: Reference, note: str = "") -> dict[str, Any]:
    """Return an item; facts that are absent are left out, as the format asks. `note` is a further remark."""
    article, held = reference.article, reference.held
    accessed = [held.accessed.year, held.accessed.month, held.accessed.day]
    facts: dict[str, Any] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": reference.title,
        "container-title": reference.container,
        "section": article.section,
        "author": [{"literal": name} for name in article.reporters],
        "issued": _issued(reference),
        "URL": reference.url,
        "accessed": {"date-parts": [accessed]} if reference.url else None,
        "language": "id",
        "archive": held.archive,
        "archive_location": reference.located(),
        "annote": "; ".join(filter(None, (reference.original, note))),
        "abstract": reference.text,
    }
    return {name: fact for name, fact in facts.items() if fact}


def _issued(reference: Reference) -> dict[str, Any] | None:
    parts = date_parts(reference.article.date)
    if not parts:
        return None
    return {"date-parts": [parts], "circa": True} if reference.date_mark else {"date-parts": [parts]}
