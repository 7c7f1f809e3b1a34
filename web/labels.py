"""Labels for readers: names and values of facets, numbers, dates, and the evidence of a date.

All functions return text in the language of the current page.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from archive.article import READ_FROM_TEXT, Article, ArticleDate, DateBasis, Evidence, EvidenceKind, Role
from archive.copies.collation import ParagraphStatus
from archive.copies.relations import Relation
from archive.copies.relatives import Relative
from index.facets import BY_TIME, OF_STORIES
from index.query.date_ranges import first_day
from index.query.tree import ExpansionReason
from web import i18n
from web.i18n import N_, gettext

STATED = frozenset({DateBasis.GIVEN, DateBasis.URL})  # dates stated by the publisher; all others are inferred
_DATE_FORMS = ("yyyy", "MMMM yyyy", "d MMMM yyyy")  # indexed by the number of hyphens in an ISO 8601 date
_SHORT_DATE_FORMS = ("yyyy", "MMM yyyy", "d MMM yyyy")
_FACETS: Final = {
    "year": N_("Tahun"),
    "month": N_("Bulan"),
    "outlet": N_("Media"),
    "bureau": N_("Biro"),
    "section": N_("Rubrik"),
    "agency": N_("Kantor berita"),
    "reporter": N_("Pewarta"),
    "editor": N_("Editor"),
    "place": N_("Tempat"),
    "precision": N_("Ketepatan tanggal"),
    "basis": N_("Dasar tanggal"),
    "versions": N_("Versi beritanya"),
    "outlets": N_("Media yang memuat beritanya"),
    "story": N_("Berita"),
    "day": N_("Hari dalam tahun"),
    "weekday": N_("Hari"),
}
# Labels of the facet values that describe dates. A basis has another wording here than in sentences (_BASES).
_KNOWN_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "precision": {
        "day": N_("hari"),
        "month": N_("bulan"),
        "year": N_("tahun"),
        "unknown": N_("tanpa tanggal"),
    },
    "basis": {
        "given": N_("data artikel"),
        "url": N_("alamat"),
        "dateline": N_("baris tanggal"),
        "cue": N_("isi teks"),
        "copyright": N_("hak cipta"),
        "copies": N_("salinan"),
        "none": N_("tanpa tanggal"),
    },
    "weekday": {
        "monday": N_("Senin"),
        "tuesday": N_("Selasa"),
        "wednesday": N_("Rabu"),
        "thursday": N_("Kamis"),
        "friday": N_("Jumat"),
        "saturday": N_("Sabtu"),
        "sunday": N_("Minggu"),
    },
}
_BASES: Final = {
    None: N_("tidak diketahui"),
    DateBasis.GIVEN: N_("tertulis bersama artikelnya"),
    DateBasis.URL: N_("tertulis di alamat artikelnya"),
    DateBasis.DATELINE: N_("disimpulkan dari baris tempat dan tanggal"),
    DateBasis.CUE: N_("disimpulkan dari isi teks"),
    DateBasis.COPYRIGHT: N_("disimpulkan dari baris hak cipta"),
    DateBasis.COPIES: N_("disimpulkan dari salinannya"),
}
_EVIDENCE: Final = {
    EvidenceKind.GIVEN: N_("“%(words)s” tertulis sebagai tanggal artikel."),
    EvidenceKind.ADDRESS: N_("“%(words)s” tertulis di alamat artikel."),
    EvidenceKind.DAY: N_("“%(words)s” menyebut tanggal dan bulannya."),
    EvidenceKind.WEEKDAY: N_("“%(words)s” menyebut harinya."),
    EvidenceKind.YEAR: N_("“%(words)s” menyebut tahunnya."),
    EvidenceKind.FUTURE: N_("“%(words)s” disebut sebagai hal yang masih akan datang."),
    EvidenceKind.QUOTED: N_("“%(words)s” adalah tanggal sumber yang dikutip."),
    EvidenceKind.COPY: N_("“%(words)s” adalah tanggal salinannya."),
    EvidenceKind.UNREADABLE: N_("“%(words)s” tidak terbaca sebagai tanggal."),
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
_PARAGRAPH_STATUSES: Final = {
    ParagraphStatus.SAME: N_("sama"),
    ParagraphStatus.CHANGED: N_("diubah"),
    ParagraphStatus.CUT: N_("dibuang"),
}
_BECAUSE: Final = {
    ExpansionReason.SHORT_FORM: N_("singkatan"),
    ExpansionReason.LONG_FORM: N_("kepanjangan"),
    ExpansionReason.SPELLING: N_("ejaan lain"),
    ExpansionReason.JOINT: N_("serangkai atau terpisah"),
    ExpansionReason.VALUE: N_("satu-satunya yang berawal demikian"),
    ExpansionReason.SYNONYM: N_("sinonim arsip ini"),
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
    """Return the label of a facet or filter."""
    return gettext(_FACETS[name])


def value_labeller(name: str) -> Callable[[str], str]:
    """Return `value` for one facet; names are labelled as they are, in no time."""
    labelled = name in _KNOWN_VALUES or name in OF_STORIES or name in {"month", "day"}
    return partial(value, name) if labelled else str


def value(name: str, given: str) -> str:
    """Return the label of a facet value; only dates and their descriptions differ from the indexed value."""
    if name == "month":
        return partial_day(given)
    if name == "day":
        return i18n.day(first_day(f"2000-{given}"), "d MMMM")  # of a leap year, for 29 February
    if name in OF_STORIES:
        return given.replace("-", "–")
    label = _KNOWN_VALUES.get(name, {}).get(given)
    return gettext(label) if label else given


def without_value(facet_name: str) -> str:
    """Name what has no value of a facet, everywhere alike: “tanpa media”; without a year is without a date."""
    if facet_name in BY_TIME:
        return gettext("tanpa tanggal")
    return gettext("tanpa %(facet)s", facet=facet("outlet" if facet_name == "outlets" else facet_name).lower())


def month_name(given: str) -> str:
    """Return the short name of a month: 2018-05 → Mei."""
    return i18n.day(first_day(given), "MMM")


def partial_day(given: str) -> str:
    """Format a day, month or year in ISO 8601: 2018-05 → Mei 2018."""
    return i18n.day(first_day(given), _DATE_FORMS[given.count("-")])


def instant(moment: datetime) -> str:
    """Format the date of a timestamp."""
    return i18n.day(moment.astimezone().date(), "d MMMM yyyy")


def day(given: ArticleDate) -> str:
    """Format the date of an article, as precisely as it is known."""
    return partial_day(given.value) if given.value else gettext("tanpa tanggal")


def short_day(given: ArticleDate) -> str:
    """Format the date of an article where there is little room: 31 Mei 2018, 24 Nov 2019."""
    if not given.value:
        return day(given)
    return i18n.day(first_day(given.value), _SHORT_DATE_FORMS[given.value.count("-")])


def inferred(given: ArticleDate) -> bool:
    """Whether a date was inferred from the text instead of stated by the publisher."""
    return given.basis is not None and given.basis not in STATED


def basis(given: ArticleDate) -> str:
    """Describe in a few words where a date comes from."""
    return gettext(_BASES[given.basis])


def disputed_date_rule(given: ArticleDate) -> str:
    """Return the rule by which a date was chosen from contradictory evidence."""
    if given.basis in READ_FROM_TEXT and any(piece.bearing is EvidenceKind.COPY for piece in given.evidence):
        return gettext(
            "Tanggal di teks diikuti, karena tertulis sebagai tanggal halamannya; salinannya bertanggal lain."
        )
    if given.basis is DateBasis.GIVEN:
        return gettext("Tanggal yang tertulis bersama artikel diikuti; yang lain ditunjukkan di sini.")
    if given.basis is DateBasis.URL and any(piece.bearing is EvidenceKind.GIVEN for piece in given.evidence):
        return gettext("Alamat diikuti, karena tanggal yang tertulis menukar hari dengan bulannya.")
    if given.basis is DateBasis.URL:
        return gettext("Tanggal di alamat diikuti; yang lain ditunjukkan di sini.")
    return gettext("Teks diikuti, karena mengutip ucapan yang tidak mungkin dari tanggal yang tertulis.")


def evidence(piece: Evidence) -> str:
    """Describe a piece of evidence for a date in a sentence."""
    return gettext(_EVIDENCE[piece.bearing], words=piece.words)


def role(given: Role) -> str:
    """Return the label of a passage of the original, by its role in the article."""
    return gettext(_ROLES[given])


def paragraph_status(given: ParagraphStatus) -> str:
    """Return the label of what a version did with a paragraph of the base."""
    return gettext(_PARAGRAPH_STATUSES[given])


def expansion_reason(given: ExpansionReason) -> str:
    """Return the label of the reason for which a query was expanded."""
    return gettext(_BECAUSE[given])


def relation(one: Relative) -> str:
    """Return the label of an article's relation to another; "" if the two are only related through a third."""
    if one.relation is Relation.NONE:
        return ""
    return gettext(_EXTENDED if one.relation is Relation.CUT and one.longer else _RELATIONS[one.relation])


def outlets(articles: Iterable[Article]) -> str:
    """List the outlets of some articles with their bureaus, each once."""
    names = (" ".join(filter(None, (article.outlet, article.bureau))) for article in articles)
    return ", ".join(dict.fromkeys(filter(None, names)))
