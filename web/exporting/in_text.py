"""A citation in running text, as APA 7 has it: who or what, the year, and the paragraph of a quotation."""

from collections.abc import Sequence
from typing import Final

from index.answers.citing.reference import Reference, date_parts
from web.i18n import gettext

MOST_NAMES: Final = 2  # of three authors or more the first alone is named (APA 7, 8.17)
MOST_WORDS: Final = 6  # of a title that stands for the author; longer ones are cut (APA 7, 8.14)


def in_text(reference: Reference, paragraph: int | None) -> str:
    """Return the citation in parentheses, in the language of the page; `paragraph` is left out where it is None."""
    year = date_parts(reference.article.date)[:1]
    parts = [str(year[0]) if year else gettext("t.t.")]
    if paragraph is not None:
        parts.append(gettext("paragraf %(number)s", number=paragraph))
    return f"({_named(reference.article.reporters) or _titled(reference)} {', '.join(parts)})"


def _named(names: Sequence[str]) -> str:
    if not names:
        return ""
    return (gettext("%(name)s dkk.", name=names[0]) if len(names) > MOST_NAMES else " & ".join(names)) + ","


def _titled(reference: Reference) -> str:
    words = reference.title.strip("[]").split()
    title = " ".join(words[:MOST_WORDS]).rstrip(".,:;–—-…")
    return f"[{title}]," if reference.article.title_derived else f"“{title},”"
