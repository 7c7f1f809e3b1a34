"""How values are put before a reader: facets and their values, numbers, days, and what a date rests on.

Everything here answers in the language of the page being made.
"""

from datetime import datetime

from archive.article import Article, ArticleDate, Basis, Bearing, Evidence, Role
from index.dateranges import first_day
from web import words
from web.words import gettext

STATED = frozenset({Basis.GIVEN, Basis.URL})  # dates told by whoever published the article; all others are inferred
_DATE_FORMS = ("yyyy", "MMMM yyyy", "d MMMM yyyy")  # by how many hyphens a date in ISO 8601 has


def number(count: int) -> str:
    """1076 → 1.076."""
    return words.number(count)


def milliseconds(seconds: float) -> str:
    """0.00314 → 3,1."""
    return words.number(round(seconds * 1000, 1))


def facet(name: str) -> str:
    """What a facet or filter is called."""
    return {
        "year": gettext("Tahun"),
        "month": gettext("Bulan"),
        "outlet": gettext("Media"),
        "bureau": gettext("Biro"),
        "agency": gettext("Kantor berita"),
        "reporter": gettext("Pewarta"),
        "editor": gettext("Editor"),
        "place": gettext("Tempat"),
        "story": gettext("Berita"),
    }[name]


def value(name: str, given: str) -> str:
    """A value of a facet as readers write it; only months differ from what the index holds."""
    return partial_day(given) if name == "month" else given


def month_name(given: str) -> str:
    """The short name of a month: 2018-05 → Mei."""
    return words.day(first_day(given), "MMM")


def partial_day(given: str) -> str:
    """A day, month or year in ISO 8601 as readers write it: 2018-05 → Mei 2018."""
    return words.day(first_day(given), _DATE_FORMS[given.count("-")])


def instant(moment: datetime) -> str:
    """The day of an instant."""
    return words.day(moment.date(), "d MMMM yyyy")


def day(given: ArticleDate) -> str:
    """The date of an article, as far as it is known."""
    return partial_day(given.value) if given.value else gettext("tanpa tanggal")


def inferred(given: ArticleDate) -> bool:
    """Whether a date was derived from the text rather than told by its publisher."""
    return given.basis is not None and given.basis not in STATED


def basis(given: ArticleDate) -> str:
    """In a few words, where a date comes from."""
    if given.basis is None:
        return gettext("tidak diketahui")
    return {
        Basis.GIVEN: gettext("tertulis bersama artikelnya"),
        Basis.URL: gettext("tertulis di alamat artikelnya"),
        Basis.DATELINE: gettext("disimpulkan dari baris tempat dan tanggal"),
        Basis.CUE: gettext("disimpulkan dari isi teks"),
        Basis.COPYRIGHT: gettext("disimpulkan dari baris hak cipta"),
        Basis.COPIES: gettext("disimpulkan dari salinannya"),
    }[given.basis]


def evidence(piece: Evidence) -> str:
    """What a piece of evidence says about a date, in a sentence."""
    quoted = piece.words
    return {
        Bearing.GIVEN: gettext("“%(words)s” tertulis sebagai tanggal artikel.", words=quoted),
        Bearing.ADDRESS: gettext("“%(words)s” tertulis di alamat artikel.", words=quoted),
        Bearing.DAY: gettext("“%(words)s” menyebut tanggal dan bulannya.", words=quoted),
        Bearing.WEEKDAY: gettext("“%(words)s” menyebut harinya.", words=quoted),
        Bearing.YEAR: gettext("“%(words)s” menyebut tahunnya.", words=quoted),
        Bearing.FUTURE: gettext("“%(words)s” disebut sebagai hal yang masih akan datang.", words=quoted),
        Bearing.UNREADABLE: gettext("“%(words)s” tidak terbaca sebagai tanggal.", words=quoted),
    }[piece.bearing]


def role(given: Role) -> str:
    """Why a passage of the original does not stand in the article's body."""
    return {
        Role.BODY: gettext("isi"),
        Role.DATELINE: gettext("baris tempat"),
        Role.BYLINE: gettext("baris penulis"),
        Role.SOURCE: gettext("baris sumber"),
        Role.COPYRIGHT: gettext("baris hak cipta"),
        Role.INITIALS: gettext("inisial redaksi"),
        Role.REPEATED: gettext("paragraf berulang"),
    }[given]


def outlets(articles: tuple[Article, ...]) -> str:
    """The outlets of some articles, each named once, with their bureaus."""
    names = (" ".join(filter(None, (article.outlet, article.bureau))) for article in articles)
    return ", ".join(dict.fromkeys(filter(None, names)))
