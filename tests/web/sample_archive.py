"""A small archive for the tests of web/: a few articles that together have everything a page can show."""

from datetime import UTC, date, datetime
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from archive.article import Article, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind, Passage, Role
from archive.copies.fingerprints import fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.stories import STORIES, Stories
from tests.contract.memory_engine import MemoryEngine
from web import create_app
from web.config import ROOT

KALSEL = "001_b58239e9010add9e"
STORY = KALSEL
_BIEGUN = (
    "Utusan khusus Amerika Serikat untuk Korea Utara (Korut) mengunjungi Korea Selatan pekan depan demi perundingan.",
    "Deputi Menteri Luar Negeri Stephen Biegun memimpin negosiasi tingkat kerja dengan Korut.",
    "Masih ada waktu bagi kedua belah pihak untuk berunding kembali dan “membuat kemajuan besar”, kata Biegun.",
)
_POMPEO = (
    "Menteri Luar Negeri Amerika Serikat Mike Pompeo dan pejabat tinggi Korut memasuki pertemuan hari kedua di "
    "New York, Kamis. Keduanya bertemu lagi untuk membahas perundingan denuklirisasi dengan Kim Jong-un."
)
INFERRED = ArticleDate(
    date(2020, 7, 2),
    DatePrecision.DAY,
    DateBasis.CUE,
    (
        Evidence("Kamis (2/7)", EvidenceKind.DAY),
        Evidence("© ANTARA 2020", EvidenceKind.YEAR),
        Evidence("Selasa (7/7)", EvidenceKind.FUTURE),
    ),
)


def given(year: int, month: int, day: int) -> ArticleDate:
    """A date stated by the publisher."""
    words = f"{year}-{month:02}-{day:02}"
    return ArticleDate(
        date(year, month, day), DatePrecision.DAY, DateBasis.GIVEN, (Evidence(words, EvidenceKind.GIVEN),)
    )


def written(*parts: tuple[str, Role]) -> tuple[str, tuple[Passage, ...]]:
    """An original text made of parts separated by blank lines, with its passages."""
    text, passages = "", []
    for words, role in parts:
        start = len(text)
        text += words + ("" if role is Role.DATELINE else "\n\n")
        passages.append(Passage(start, start + len(words), role))
    return text, tuple(passages)


def article(id_: str, title: str, body: tuple[str, ...], **facts: object) -> Article:
    """An article whose whole text is body."""
    text, passages = written(*((paragraph, Role.BODY) for paragraph in body))
    return Article(id_, title, False, text, passages, f"{id_}.txt", id_, **facts)  # type: ignore[arg-type]  # by name


def articles() -> list[Article]:
    """One story in three copies, a short seed from New York, two unrelated articles, forty weather reports."""
    text, passages = written(
        *((paragraph, Role.BODY) for paragraph in _BIEGUN),
        *((paragraph, Role.REPEATED) for paragraph in _BIEGUN[1:]),
        ("Sumber: Reuters", Role.SOURCE),
        ("COPYRIGHT © ANTARA News Kalimantan Selatan 2020", Role.COPYRIGHT),
    )
    title = _BIEGUN[0][:78]
    facts = {"outlet": "ANTARA News", "bureau": "Kalimantan Selatan", "agency": "Reuters", "date": INFERRED}
    kalsel = Article(KALSEL, title, True, text, passages, "001.txt", "k", **facts)  # type: ignore[arg-type]  # by name
    shorter = (_BIEGUN[0].replace("Amerika Serikat", "AS"), *_BIEGUN[1:])
    longer = (*_BIEGUN, "Warga Indonesia di Seoul diminta tetap tenang oleh kedutaan.")
    tempo = article("tempo/1", "Utusan AS ke Seoul", shorter, outlet="Tempo.co", date=given(2020, 7, 3))
    jogja = article("jogja 2?#ü", "Biegun ke Korea", longer, outlet="ANTARA", bureau="Jogja", date=given(2020, 7, 4))
    return [kalsel, tempo, jogja, _new_york(), *_strangers(), *(_weather(number) for number in range(40))]


def _new_york() -> Article:
    text, passages = written(
        ("New York (ANTARA News) - ", Role.DATELINE),
        (_POMPEO, Role.BODY),
        ("Pewarta: -\nEditor: Priyambodo RH", Role.BYLINE),
    )
    day = ArticleDate(
        date(2018, 5, 31), DatePrecision.DAY, DateBasis.CUE, (Evidence("Rabu malam (30/5)", EvidenceKind.DAY),)
    )
    title = "Pompeo dan pejabat tinggi Korut bertemu lagi di New York"
    facts = {"outlet": "ANTARA News", "editors": ("Priyambodo RH",), "place": "New York", "date": day}
    return Article("000_ee651f1e8b72a640", title, False, text, passages, "000.txt", "n", **facts)  # type: ignore[arg-type]  # by name


def _strangers() -> list[Article]:
    hostile = article(
        "hostile",
        '<script>alert("judul")</script> & rekan',
        ('Isi <img src=x onerror="alert(1)"> tentang perundingan.',),
        outlet='<b>"Media"</b>',
        reporters=("Ani & Budi",),
        url="javascript:alert(1)",
    )
    month = ArticleDate(
        date(2019, 3, 1), DatePrecision.MONTH, DateBasis.URL, (Evidence("/2019/03/", EvidenceKind.ADDRESS),)
    )
    long = article(
        "longs",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
        ("Perundingan " + "a" * 300,),
        outlet="Republika",
        date=month,
        url="https://example.org/2019/03/" + "a" * 120,
    )
    return [hostile, long]


def _weather(number: int) -> Article:
    outlets = ("Kompas.com", "Tempo.co", "Republika", "Detik", "Suara", "Jawa Pos", "Bisnis", "Tirto", "Kumparan")
    body = (f"Hujan turun di {number} kecamatan, kata petugas. Banjir surut pada hari ke-{number % 7 + 1}.",)
    year, month = 2015 + number % 9, number % 12 + 1
    facts = {"outlet": outlets[number % len(outlets)], "place": f"Kota {number % 11}", "date": given(year, month, 9)}
    return article(f"cuaca-{number}", f"Cuaca hari ke-{number}: hujan dan banjir surut", body, **facts)


@cache
def relatives() -> Stories:
    """The stories and relations of the articles."""
    fingerprints = NearDuplicateDetector()
    for one in articles():
        fingerprints.add(one.id, fingerprint(one.paragraphs))
    return fingerprints.group(lambda _: ())


def engine() -> MemoryEngine:
    """An engine with the archive."""
    held = MemoryEngine()
    with held.build() as build:
        for one in articles():
            build.add(one)
        stories = relatives()
        stories.save(build.companion_file(STORIES))
        build.set_stories(stories.story_ids, stories.loose_group_ids)
    held.built = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    held.since = dict.fromkeys(held.since, int(held.built.timestamp()))  # two archives answer the same at any second
    return held


def app() -> Flask:
    """The app with this archive."""
    compile_translations()
    given: dict[str, object] = {"TESTING": True, "KLIPING_LANGUAGE": "id", "KLIPING_TITLE": "Kliping"}
    return create_app(given, engine=engine())


def compile_translations() -> None:
    """Compile the catalogues that are not compiled or have changed since."""
    for catalog in (ROOT / "web" / "translations").glob("*/LC_MESSAGES/messages.po"):
        compiled = catalog.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalog.stat().st_mtime:
            with catalog.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source, locale=catalog.parts[-3]))
