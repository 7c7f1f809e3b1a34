"""Labels for the zero-results page, templates/_nothing.html."""

from index.answers.zero_results import DAYS, FAR, FORMS, BlockingFilter
from web import labels
from web.i18n import gettext


def wider_search_label(blamed: BlockingFilter) -> str:
    """Return the label of the link that repeats the search without a filter, or without all filters."""
    name, values = blamed.name, blamed.without.words
    if not name:
        return gettext("Cari di seluruh arsip, tanpa saringan")
    if name == FORMS:
        return gettext("Cari lagi dengan semua bentuk dan padanan katanya")
    if name == FAR:
        return gettext("Cari juga kata yang seakar: %(values)s", values=", ".join(values))
    if name == DAYS:
        return gettext("Cari tanpa batas tanggal")
    labelled = ", ".join(labels.value(name, value) for value in values)
    return gettext("Cari tanpa saringan %(filter)s: %(values)s", filter=labels.facet(name), values=labelled)
