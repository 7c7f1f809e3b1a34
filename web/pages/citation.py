"""Citing an article in plain words, so that a footnote leads back to this article in this index."""

from archive.article import Article
from index.engine import IndexInfo
from web import labels
from web.i18n import gettext


def citation(article: Article, address: str, index: IndexInfo) -> str:
    """Who, what, where, when; then where it is kept. Facts nobody states are left out."""
    outlet = " ".join(filter(None, (article.outlet, article.bureau and f"({article.bureau})")))
    published = ", ".join(filter(None, (outlet, _day(article))))
    parts = (", ".join(article.reporters), f"“{article.title}”", published)
    kept = gettext("Diakses dari %(address)s (indeks %(index)s)", address=address, index=index.id)
    return ". ".join([*filter(None, parts), kept]) + "."


def _day(article: Article) -> str:
    if not labels.inferred(article.date):
        return labels.day(article.date)
    return gettext("%(day)s (tanggal disimpulkan)", day=labels.day(article.date))
