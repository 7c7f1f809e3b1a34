"""Words typed in all caps: which of them must match in all caps, and which were only typed so.

AS is not as, and PAN is not pan: a word in all caps matches only itself in all caps where the archive usually writes it
so. It also does where the word in lower case is another one and the archive has a meaning for the one in all caps (BIN,
bin). All others, as in a query typed with caps lock, match in any case: KORUPSI is korupsi. A word that the archive
does not have is left as typed.
"""

from dataclasses import replace
from typing import Final

from index.expansion.short_form_finder import ShortFormFinder
from index.query.tree import Node, Word, with_parts

USUAL: Final = 0.5  # share of the articles with a word that have it in all caps, at least
SOMETIMES: Final = 0.05  # the same share for a word that is another one in lower case


def with_meant_capitals(node: Node, finder: ShortFormFinder) -> Node:
    """Let the words of a parsed tree match in any case that were only typed in all caps."""
    if isinstance(node, Word):
        return node if not node.capitals or _are_meant(node.form, finder) else replace(node, capitals=False)
    return with_parts(node, lambda part: with_meant_capitals(part, finder))


def _are_meant(form: str, finder: ShortFormFinder) -> bool:
    articles = finder.vocabulary.articles(form)
    if not articles:
        return True
    share = finder.vocabulary.articles_in_capitals(form) / articles
    if any(meaning.capitals for meaning in finder.meanings(form)):
        return share >= SOMETIMES
    return share >= USUAL
