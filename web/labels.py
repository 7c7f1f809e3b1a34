"""How values are put before a reader: facets and their values, numbers, days, and what a date rests on.

Everything here answers in the language of the page being made.
"""

from collections.abc import Iterable
from datetime import datetime

from archive.article import Article, ArticleDate, Basis, Bearing, Evidence, Role
from archive.collation import Fate
from archive.pairing import Relative
from archive.relations import Relation
from index.dateranges import first_day
from index.tree import Because
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
        "precision": gettext("Ketepatan tanggal"),
        "basis": gettext("Dasar tanggal"),
        "story": gettext("Berita"),
    }[name]


def value(name: str, given: str) -> str:
    """A value of a facet as readers write it; months and what is said of dates differ from what the index holds."""
    if name == "month":
        return partial_day(given)
    if name == "precision":
        return _precision(given)
    return _short_basis(given) if name == "basis" else given


def _precision(given: str) -> str:
    return {
        "day": gettext("hari"),
        "month": gettext("bulan"),
        "year": gettext("tahun"),
        "unknown": gettext("tidak diketahui"),
    }.get(given, given)


def _short_basis(given: str) -> str:
    """A basis as a value beside others, without the sentence `basis` makes of it."""
    return {
        "given": gettext("data artikel"),
        "url": gettext("alamat"),
        "dateline": gettext("baris tanggal"),
        "cue": gettext("isi teks"),
        "copyright": gettext("hak cipta"),
        "copies": gettext("salinan"),
        "none": gettext("tanpa dasar"),
    }.get(given, given)


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


def chosen_because(given: ArticleDate) -> str:
    """The rule by which one of several dates was taken, where the evidence disagrees."""
    if given.basis is Basis.GIVEN:
        return gettext("Tanggal yang tertulis bersama artikel diikuti; yang lain ditunjukkan di sini.")
    if given.basis is Basis.URL and any(piece.bearing is Bearing.GIVEN for piece in given.evidence):
        return gettext("Alamat diikuti, karena tanggal yang tertulis menukar hari dengan bulannya.")
    if given.basis is Basis.URL:
        return gettext("Tanggal di alamat diikuti; yang lain ditunjukkan di sini.")
    return gettext("Teks diikuti, karena mengutip ucapan yang tidak mungkin dari tanggal yang tertulis.")


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
        Bearing.COPY: gettext("“%(words)s” adalah tanggal salinannya.", words=quoted),
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
        Role.BOILERPLATE: gettext("tempelan halaman"),
    }[given]


def fate(given: Fate) -> str:
    """What became of a paragraph in a version."""
    return {Fate.SAME: gettext("sama"), Fate.CHANGED: gettext("diubah"), Fate.CUT: gettext("dibuang")}[given]


def because(given: Because) -> str:
    """Why something was searched beside what was typed."""
    return {
        Because.SHORT_FORM: gettext("singkatan"),
        Because.LONG_FORM: gettext("kepanjangan"),
        Because.SPELLING: gettext("ejaan lain"),
    }[given]


def relation(one: Relative) -> str:
    """What an article is to another one; "" where the two have next to nothing in common but a third."""
    return {
        Relation.NONE: "",
        Relation.IDENTICAL: gettext("identik"),
        Relation.EDITED: gettext("disunting"),
        Relation.CUT: gettext("diperluas") if one.longer else gettext("dipotong"),
        Relation.TEMPLATE: gettext("berpola sama"),
        Relation.ROUND_UP: gettext("rangkuman"),
        Relation.PASSAGES: gettext("sebagian sama"),
    }[one.relation]


def outlets(articles: Iterable[Article]) -> str:
    """The outlets of some articles, each named once, with their bureaus."""
    names = (" ".join(filter(None, (article.outlet, article.bureau))) for article in articles)
    return ", ".join(dict.fromkeys(filter(None, names)))
