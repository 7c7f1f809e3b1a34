"""All that a taken result was asked for, part by part: what stands above it, so that its numbers are of this query.

The results page shows the forms and expansions of a word beside its chip, each as a switch. Here nothing is switched,
so those that the reader chose are told as parts of their own.
"""

from collections.abc import Iterator

from index.query.request import Copies, Query
from index.query.tree import Node
from web import app_engine
from web.i18n import gettext
from web.pages.chips import Chip, chips


def query_chips(query: Query, tree: Node) -> tuple[Chip, ...]:
    """Return the parts of a query: words, filters, days, and what was switched on and off."""
    return (*chips(query, tree, reader=app_engine.reader()), *_switched(query))


def _switched(query: Query) -> Iterator[Chip]:
    if query.on:
        yield _part(query, gettext("Ikut dicari"), ", ".join(query.on))
    if query.off:
        yield _part(query, gettext("Tidak dicari"), ", ".join(query.off))
    if not query.expand:
        yield _part(query, gettext("Tidak dicari"), gettext("singkatan, kepanjangan, dan ejaan lain"))
    if query.copies is Copies.LOOSE:
        yield _part(query, gettext("Ikut dilipat"), gettext("teks berpola sama dan rangkuman"))


def _part(query: Query, kind: str, text: str) -> Chip:
    return Chip(kind, text, negative=False, rest=query)
