"""Plain-text citations that identify the article, its permanent URL and the index it was read from."""

from archive.article import Article
from index.engine import IndexInfo
from web import labels
from web.i18n import gettext


def citation(article: Article, address: str, index: IndexInfo) -> str:
    """Format reporters, title, outlet and date, then the URL and the index; unknown facts are left out."""
    outlet = " ".join(filter(None, (article.outlet, article.bureau and f"({article.bureau})")))
    published = ", ".join(filter(None, (outlet, _day(article))))
    title = f"[{article.title}]" if article.title_derived else f"“{article.title}”"
    parts = (", ".join(article.reporters), title, published)
    kept = gettext("Diakses dari %(address)s (indeks %(index)s)", address=address, index=index.id)
    return ". ".join([*filter(None, parts), kept]) + "."


def _day(article: Article) -> str:
    day = labels.day(article.date)
    if labels.inferred(article.date):
        return gettext("%(day)s (tanggal disimpulkan)", day=day)
    return gettext("%(day)s (tanggal dipersoalkan)", day=day) if article.date.disputed else day
