"""What helps on where a query found nothing, in words for templates/_nothing.html."""

from index.answers.zero_results import DAYS, FORMS, Blamed
from web import labels
from web.i18n import gettext


def wider(blamed: Blamed) -> str:
    """The offer to search without a filter, or without all of them."""
    name, values = blamed.name, blamed.without.words
    if not name:
        return gettext("Cari di seluruh arsip, tanpa saringan")
    if name == FORMS:
        return gettext("Cari lagi dengan semua bentuk dan padanan katanya")
    if name == DAYS:
        return gettext("Cari tanpa batas tanggal")
    said = ", ".join(labels.value(name, value) for value in values)
    return gettext("Cari tanpa saringan %(filter)s: %(values)s", filter=labels.facet(name), values=said)
