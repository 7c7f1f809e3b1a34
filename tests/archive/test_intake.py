"""Ingestion: fields take precedence over the text, and no input is lost."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind, Role
from archive.intake import VERSION, article_from_record
from archive.press.titles import derive_title
from archive.record import Record, Rejected
from tests import SAMPLES

BODY = "Warga kota itu menanam seribu pohon di tepi sungai."

anything = st.text(st.characters(exclude_categories=()))
records = st.builds(
    Record,
    id=anything,
    where=anything,
    text=st.one_of(
        anything,
        st.lists(st.sampled_from([BODY, "Pewarta: A\n", "(", "© 2018", "Rabu (30/5)", "\n", "-"])).map("".join),
    ),
    **{
        field: st.none()
        | anything
        | st.sampled_from(["-", "http://[", "//", "2018-05-31T10:00Z", "ANTARA", "31/31/31"])
        for field in ("title", "date", "outlet", "bureau", "agency", "reporter", "editor", "place", "url")
    },
)
names = st.sampled_from(["Lia Santosa", "Budi Harto", "Priyambodo RH", "M. Riezko Prasetyo", "Sri Muryono"])
places = st.sampled_from(["Jakarta", "New York", "Banda Aceh", "Kawasaki, Jepang"])


def article(record: Record) -> Article:
    made = article_from_record(record)
    assert isinstance(made, Article)
    return made


def sample(name: str) -> Article:
    path = SAMPLES / f"{name}.txt"
    return article(Record(id=name, where=str(path), text=path.read_text(encoding="utf-8")))


def test_the_summit_article_tells_its_facts() -> None:
    made = sample("000_ee651f1e8b72a640")
    assert (made.place, made.outlet, made.bureau, made.agency) == ("New York", "ANTARA News", None, None)
    assert (made.reporters, made.editors) == ((), ("Priyambodo RH",))
    assert made.date == ArticleDate(
        date(2018, 5, 31),
        DatePrecision.DAY,
        DateBasis.CUE,
        (
            Evidence("Rabu malam (30/5)", EvidenceKind.DAY),
            Evidence("Kamis", EvidenceKind.WEEKDAY),
            Evidence("Copyright © ANTARA 2018", EvidenceKind.YEAR),
        ),
    )
    assert [passage.role for passage in made.passages].count(Role.BODY) == 13
    assert made.paragraphs[0].startswith("Menteri Luar Negeri Amerika Serikat (AS)")


def test_the_envoy_article_is_read_once_though_it_stands_twice() -> None:
    made = sample("001_b58239e9010add9e")
    assert (made.place, made.outlet, made.bureau) == (None, "ANTARA News", "Kalimantan Selatan")
    assert (made.agency, made.reporters, made.editors) == ("Reuters", (), ())
    assert (made.date.value, made.date.precision, made.date.basis) == ("2020-07-02", DatePrecision.DAY, DateBasis.CUE)
    assert Evidence("Kamis (2/7)", EvidenceKind.DAY) in made.date.evidence
    assert Evidence("Selasa (7/7)", EvidenceKind.FUTURE) in made.date.evidence
    closing = [Role.SOURCE, Role.COPYRIGHT]
    assert [p.role for p in made.passages] == [Role.BODY] * 15 + closing + [Role.REPEATED] * 14 + closing


@given(records)
def test_any_record_becomes_an_article_or_is_rejected_with_a_reason(record: Record) -> None:
    made = article_from_record(record)
    if isinstance(made, Rejected):
        assert made.reason
        return
    assert made.text == record.text
    assert made.paragraphs
    assert made.title
    assert len(made.date.evidence) <= 6
    assert made.digest == record.digest(VERSION)


@given(places, names, names, st.integers(1990, 2025), st.booleans())
def test_a_made_article_gives_back_its_facts(place: str, reporter: str, editor: str, year: int, run_on: bool) -> None:
    between = " " if run_on else "\n"
    footer = between.join((f"Pewarta: {reporter}", f"Editor: {editor}", f"Copyright © ANTARA {year}"))
    made = article(Record("a", "a.txt", f"{place} (ANTARA) - {BODY}\n{BODY[:-1]} lagi.{between}{footer}"))
    assert (made.place, made.reporters, made.editors) == (place, (reporter,), (editor,))
    assert (made.date.value, made.date.basis) == (str(year), DateBasis.COPYRIGHT)
    assert made.paragraphs == (BODY, f"{BODY[:-1]} lagi.")


@pytest.mark.parametrize("text", ["", " \n\t ", "Pewarta: -\nEditor: Sri\n", "---\n***"])
def test_a_text_without_a_body_is_rejected(text: str) -> None:
    made = article_from_record(Record("a", "folder/a.txt", text))
    assert isinstance(made, Rejected)
    assert made.where == "folder/a.txt"
    assert made.reason.startswith("no text")


def test_given_facts_win_over_what_the_text_says() -> None:
    text = f"Padang (ANTARA) - {BODY}\nPewarta: Lia Santosa\nEditor: Sri Muryono\nCopyright © ANTARA 2018"
    given_facts = Record(
        "a", "a.txt", text, title="Judul &amp; isi", outlet="kompas.com", bureau="Solo", agency="afp",
        reporter="Budi Harto", editor="Citra Dewi", place="Klaten", date="1 Mei 2019",
    )  # fmt: skip
    made = article(given_facts)
    assert (made.title, made.title_derived) == ("Judul & isi", False)
    assert (made.outlet, made.bureau, made.agency, made.place) == ("Kompas.com", "Solo", "AFP", "Klaten")
    assert (made.reporters, made.editors, made.date.value) == (("Budi Harto",), ("Citra Dewi",), "2019-05-01")


def test_the_address_names_outlet_and_bureau_where_no_field_does() -> None:
    made = article(Record("a", "a.txt", BODY, url="https://kalsel.antaranews.com/berita/1/x"))
    assert (made.outlet, made.bureau) == ("ANTARA News", "Kalimantan Selatan")


def test_a_bureau_of_another_outlet_is_not_taken_over() -> None:
    made = article(Record("a", "a.txt", f"{BODY}\n© ANTARA News Bengkulu 2019", outlet="Republika"))
    assert (made.outlet, made.bureau) == ("Republika", None)


def test_moving_a_file_changes_no_article_but_a_new_date_does() -> None:
    record = Record("a", "a.txt", BODY, date="2019-05-01")
    assert article(replace(record, where="b/a.txt")).digest == article(record).digest
    assert article(replace(record, date="2019-05-02")).digest != article(record).digest


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Harga naik. Warga resah.", "Harga naik"),
        ("Harga naik Rp 1.000 per kilogram. Warga resah.", "Harga naik Rp 1.000 per kilogram"),
        ("Menurut Dr. H. Amin dari PT. Maju, UU No. 12 berlaku. Warga resah.",
         "Menurut Dr. H. Amin dari PT. Maju, UU No. 12 berlaku"),
        ("Siapa yang datang? Semua orang.", "Siapa yang datang?"),
        ("tanpa titik", "tanpa titik"),
    ],
)  # fmt: skip
def test_a_missing_title_is_the_first_sentence(body: str, title: str) -> None:
    assert derive_title((body,)) == title
    made = article(Record("a", "a.txt", body, title="  "))
    assert (made.title, made.title_derived) == (title, True)


@given(st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text)))
def test_a_derived_title_is_short_and_never_empty(body: str) -> None:
    assert 0 < len(derive_title((body,))) <= 91


def test_a_long_title_is_cut_at_a_word_and_says_so() -> None:
    title = derive_title(("kata yang panjang " * 20,))
    assert title.endswith(("panjang…", "yang…", "kata…"))
    assert len(title) <= 91


def test_a_timestamp_of_a_feed_dates_its_article() -> None:
    made = article(Record("a", "a.txt", BODY, date="1568073600000"))
    assert (made.date.value, made.date.basis) == ("2019-09-10", DateBasis.GIVEN)


def test_prose_behind_a_label_stays_in_the_body() -> None:
    made = article(Record("a", "a.txt", f"{BODY}\nReporter: saya melihat sendiri kejadian itu, kata warga."))
    assert made.reporters == ()
    assert len(made.paragraphs) == 2


@pytest.mark.parametrize(
    ("outlet", "last", "reporters"),
    [
        ("Tempo.co", "ANI RAHMA", ("Ani Rahma",)),
        ("Tempo.co", "ANI RAHMA | BUDI SANTOSO A.S. | REUTERS", ("Ani Rahma", "Budi Santoso A.S")),
        ("Tempo.co", "THE SUN", ()),
        ("Tempo.co", "TIMES OF INDIA | CNN", ()),
        ("Tempo.co", "Demikian kata ANI RAHMA", ()),
        ("Kompas.com", "ANI RAHMA", ()),
    ],
)
def test_names_in_capitals_at_the_end_sign_an_article_of_tempo(
    outlet: str, last: str, reporters: tuple[str, ...]
) -> None:
    made = article_from_record(Record("a", "a", f"Harga gula naik sejak pekan lalu.\n{last}", outlet=outlet))
    assert isinstance(made, Article)
    assert made.reporters == reporters


@pytest.mark.parametrize(
    ("text", "outlet", "place"),
    [
        ("TRIBUNSOLO.COM - Pasar itu dibuka lagi.", "Tribunnews.com", None),
        ("SOLO, KOMPAS.com-Pasar itu dibuka lagi.", "Kompas.com", "Solo"),
        ("TEMPO.CO,Jakarta-Pasar itu dibuka lagi.", "Tempo.co", "Jakarta"),
        ("Metrotvnews.com, Jakarta: Pasar itu dibuka lagi.", "Metro TV", "Jakarta"),
        ("Liwa (Lampost.co): Pasar itu dibuka lagi.", "Lampung Post", "Liwa"),
        (
            "Laporan Wartawan TribunSolo.com, Adi Surya TRIBUNSOLO.COM, SOLO - Pasar itu dibuka.",
            "Tribunnews.com",
            "Solo",
        ),
        ("TribunTravel.com/Ani Susanti TRIBUNNEWS.COM - Pasar itu dibuka lagi.", "Tribunnews.com", None),
        ("Kompas.com-lah yang pertama menulisnya.", None, None),
        ("Ketua KPK (Tempo): Pasar itu dibuka lagi.", None, None),
        ("Ia membaca kabar itu. Menurut TRIBUNNEWS.COM - yang dikutip banyak orang - pasar dibuka.", None, None),
    ],
)
def test_a_dateline_names_the_outlet_without_a_place_a_blank_or_behind_a_byline(
    text: str, outlet: str | None, place: str | None
) -> None:
    made = article_from_record(Record("a", "a", text))
    assert isinstance(made, Article)
    assert (made.outlet, made.place) == (outlet, place)


def test_a_place_on_a_line_of_its_own_is_the_dateline() -> None:
    made = article_from_record(Record("a", "a", "Jakarta\n\nHarga gula naik sejak pekan lalu.", outlet="detikcom"))
    assert isinstance(made, Article)
    assert (made.place, made.paragraphs) == ("Jakarta", ("Harga gula naik sejak pekan lalu.",))
    alone = article_from_record(Record("a", "a", "Jakarta"))
    assert isinstance(alone, Article)
    assert (alone.place, alone.paragraphs) == (None, ("Jakarta",))


@pytest.mark.parametrize(
    ("text", "place", "body"),
    [
        ("Liputan6.com, Jakarta Harga gula naik.", "Jakarta", "Harga gula naik."),
        ("Liputan6.com, JakartaHarga gula naik.", "Jakarta", "Harga gula naik."),
        ("Liputan6.com, Banda Aceh Gula naik.", "Banda Aceh", "Gula naik."),
        ("Liputan6.com, Jakarta-Harga gula naik.", "Jakarta", "Harga gula naik."),
        ("Liputan6.com, Jakarta “Gula naik,” katanya.", "Jakarta", "“Gula naik,” katanya."),
        ("JAKARTA, KOMPAS.com\nHarga gula naik.", "Jakarta", "Harga gula naik."),
        ("KOMPAS.com\nHarga gula naik.", None, "Harga gula naik."),
        ("Liputan6.com, Kaliwangi naik.", None, "Liputan6.com, Kaliwangi naik."),
        ("Tokoku.com, Jakarta Harga gula naik.", None, "Tokoku.com, Jakarta Harga gula naik."),
        ("Liputan6.com, Jakarta memberitakan gula.", None, "Liputan6.com, Jakarta memberitakan gula."),
    ],
)
def test_a_dateline_of_an_outlet_with_its_domain_needs_no_dash(text: str, place: str | None, body: str) -> None:
    made = article_from_record(Record("a", "a", text))
    assert isinstance(made, Article)
    assert (made.place, made.paragraphs) == (place, (body,))


def test_who_checked_facts_is_the_reporter() -> None:
    text = "Hasil Periksa Fakta Ani Rahma (Universitas Contoh).\nFaktanya, harga gula tidak naik sejak pekan lalu."
    made = article_from_record(Record("a", "a", text))
    assert isinstance(made, Article)
    assert (made.reporters, made.paragraphs) == (("Ani Rahma",), ("Faktanya, harga gula tidak naik sejak pekan lalu.",))


def test_the_numbers_of_pages_at_the_end_of_a_text_are_no_body() -> None:
    made = article_from_record(Record("a", "a", "Harga gula naik, kata pedagang. View in Single Page 1 2"))
    assert isinstance(made, Article)
    assert made.paragraphs == ("Harga gula naik, kata pedagang.",)
