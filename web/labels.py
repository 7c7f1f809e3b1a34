"""How values are put before a reader: facets and their values, numbers, days, and what a date rests on.

Everything here answers in the language of the page being made.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from archive.article import Article, ArticleDate, Basis, Bearing, Evidence, Role
from archive.copies.collation import Fate
from archive.copies.relations import Relation
from archive.copies.relatives import Relative
from index.query.date_ranges import first_day
from index.query.tree import Because
from web import i18n
from web.i18n import N_, gettext

STATED = frozenset({Basis.GIVEN, Basis.URL})  # dates told by whoever published the article; all others are inferred
_DATE_FORMS = ("yyyy", "MMMM yyyy", "d MMMM yyyy")  # by how many hyphens a date in ISO 8601 has
_FACETS: Final = {
    "year": N_("Tahun"),
    "month": N_("Bulan"),
    "outlet": N_("Media"),
    "bureau": N_("Biro"),
    "agency": N_("Kantor berita"),
    "reporter": N_("Pewarta"),
    "editor": N_("Editor"),
    "place": N_("Tempat"),
    "precision": N_("Ketepatan tanggal"),
    "basis": N_("Dasar tanggal"),
    "story": N_("Berita"),
}
# The values of facets that say something of dates; of bases as values beside others, not in sentences.
_KNOWN_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "precision": {
        "day": N_("hari"),
        "month": N_("bulan"),
        "year": N_("tahun"),
        "unknown": N_("tidak diketahui"),
    },
    "basis": {
        "given": N_("data artikel"),
        "url": N_("alamat"),
        "dateline": N_("baris tanggal"),
        "cue": N_("isi teks"),
        "copyright": N_("hak cipta"),
        "copies": N_("salinan"),
        "none": N_("tanpa dasar"),
    },
}
_BASES: Final = {
    None: N_("tidak diketahui"),
    Basis.GIVEN: N_("tertulis bersama artikelnya"),
    Basis.URL: N_("tertulis di alamat artikelnya"),
    Basis.DATELINE: N_("disimpulkan dari baris tempat dan tanggal"),
    Basis.CUE: N_("disimpulkan dari isi teks"),
    Basis.COPYRIGHT: N_("disimpulkan dari baris hak cipta"),
    Basis.COPIES: N_("disimpulkan dari salinannya"),
}
_EVIDENCE: Final = {
    Bearing.GIVEN: N_("“%(words)s” tertulis sebagai tanggal artikel."),
    Bearing.ADDRESS: N_("“%(words)s” tertulis di alamat artikel."),
    Bearing.DAY: N_("“%(words)s” menyebut tanggal dan bulannya."),
    Bearing.WEEKDAY: N_("“%(words)s” menyebut harinya."),
    Bearing.YEAR: N_("“%(words)s” menyebut tahunnya."),
    Bearing.FUTURE: N_("“%(words)s” disebut sebagai hal yang masih akan datang."),
    Bearing.COPY: N_("“%(words)s” adalah tanggal salinannya."),
    Bearing.UNREADABLE: N_("“%(words)s” tidak terbaca sebagai tanggal."),
}
_ROLES: Final = {
    Role.BODY: N_("isi"),
    Role.DATELINE: N_("baris tempat"),
    Role.BYLINE: N_("baris penulis"),
    Role.SOURCE: N_("baris sumber"),
    Role.COPYRIGHT: N_("baris hak cipta"),
    Role.INITIALS: N_("inisial redaksi"),
    Role.REPEATED: N_("paragraf berulang"),
    Role.BOILERPLATE: N_("tempelan halaman"),
}
_FATES: Final = {Fate.SAME: N_("sama"), Fate.CHANGED: N_("diubah"), Fate.CUT: N_("dibuang")}
_BECAUSE: Final = {
    Because.SHORT_FORM: N_("singkatan"),
    Because.LONG_FORM: N_("kepanjangan"),
    Because.SPELLING: N_("ejaan lain"),
}
_RELATIONS: Final = {
    Relation.IDENTICAL: N_("identik"),
    Relation.EDITED: N_("disunting"),
    Relation.CUT: N_("dipotong"),
    Relation.TEMPLATE: N_("berpola sama"),
    Relation.ROUND_UP: N_("rangkuman"),
    Relation.PASSAGES: N_("sebagian sama"),
}
_EXTENDED: Final = N_("diperluas")


def number(count: int) -> str:
    """1076 → 1.076."""
    return i18n.number(count)


def milliseconds(seconds: float) -> str:
    """0.00314 → 3,1."""
    return i18n.number(round(seconds * 1000, 1))


def facet(name: str) -> str:
    """What a facet or filter is called."""
    return gettext(_FACETS[name])


def value(name: str, given: str) -> str:
    """A value of a facet as readers write it; months and what is said of dates differ from what the index holds."""
    if name == "month":
        return partial_day(given)
    said = _KNOWN_VALUES.get(name, {}).get(given)
    return gettext(said) if said else given


def month_name(given: str) -> str:
    """The short name of a month: 2018-05 → Mei."""
    return i18n.day(first_day(given), "MMM")


def partial_day(given: str) -> str:
    """A day, month or year in ISO 8601 as readers write it: 2018-05 → Mei 2018."""
    return i18n.day(first_day(given), _DATE_FORMS[given.count("-")])


def instant(moment: datetime) -> str:
    """The day of an instant."""
    return i18n.day(moment.date(), "d MMMM yyyy")


def day(given: ArticleDate) -> str:
    """The date of an article, as far as it is known."""
    return partial_day(given.value) if given.value else gettext("tanpa tanggal")


def inferred(given: ArticleDate) -> bool:
    """Whether a date was derived from the text rather than told by its publisher."""
    return given.basis is not None and given.basis not in STATED


def basis(given: ArticleDate) -> str:
    """In a few words, where a date comes from."""
    return gettext(_BASES[given.basis])


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
    return gettext(_EVIDENCE[piece.bearing], words=piece.words)


def role(given: Role) -> str:
    """Why a passage of the original does not stand in the article's body."""
    return gettext(_ROLES[given])


def fate(given: Fate) -> str:
    """What became of a paragraph in a version."""
    return gettext(_FATES[given])


def because(given: Because) -> str:
    """Why something was searched beside what was typed."""
    return gettext(_BECAUSE[given])


def relation(one: Relative) -> str:
    """What an article is to another one; "" where the two have next to nothing in common but a third."""
    if one.relation is Relation.NONE:
        return ""
    return gettext(_EXTENDED if one.relation is Relation.CUT and one.longer else _RELATIONS[one.relation])


def outlets(articles: Iterable[Article]) -> str:
    """The outlets of some articles, each named once, with their bureaus."""
    names = (" ".join(filter(None, (article.outlet, article.bureau))) for article in articles)
    return ", ".join(dict.fromkeys(filter(None, names)))
