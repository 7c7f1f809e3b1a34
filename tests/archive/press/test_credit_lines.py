"""Press metadata: datelines, bylines, agencies, copyright notices, initials and outlet names."""

import pytest

from archive.article import Article, Role
from archive.intake import article_from_record
from archive.press.agencies import canonical_agency
from archive.press.bylines import read_names, read_people
from archive.press.credit_lines import read_copyright_notice, read_credits
from archive.press.datelines import read_dateline
from archive.press.outlets import publisher_from_name, publisher_from_url
from archive.press.places import canonical_place
from archive.record import Record

SENTENCE = "Warga kota itu menanam seribu pohon di tepi sungai."


def article(text: str, **fields: str) -> Article:
    made = article_from_record(Record(id="a", where="a.txt", text=text, **fields))
    assert isinstance(made, Article)
    return made


@pytest.mark.parametrize(
    ("head", "place", "outlet", "agency"),
    [
        ("New York (ANTARA News) -", "New York", "ANTARA News", None),
        ("Padang, (ANTARA) -", "Padang", "ANTARA News", None),
        ("Kuala Lumpur, (AntaraKL) -", "Kuala Lumpur", "ANTARA News", None),
        ("Kawasaki, Jepang --(ANTARA/Business Wire)--", "Kawasaki, Jepang", "ANTARA News", "Business Wire"),
        ("Seoul (Reuters/Antara) -", "Seoul", "ANTARA News", "Reuters"),
        ("JAKARTA, KOMPAS.com -", "Jakarta", "Kompas.com", None),
        ("JAKARTA, KOMPAS.com–", "Jakarta", "Kompas.com", None),
        ("TRIBUNNEWS.COM, JAKARTA -", "Jakarta", "Tribunnews.com", None),
        ("TRIBUNJOGJA.COM, SLEMAN -", "Sleman", "Tribunnews.com", None),
        ("TEMPO.CO, Jakarta -", "Jakarta", "Tempo.co", None),
        ("TEMPO.CO , Jakarta -", "Jakarta", "Tempo.co", None),
        ("TEMPO.CO,Jakarta-", "Jakarta", "Tempo.co", None),
        ("REPUBLIKA.CO.ID, JAKARTA --", "Jakarta", "Republika", None),
        ("Singapura, CNN Indonesia - -", "Singapura", "CNN Indonesia", None),
        ("Jakarta, CNN Indonesia --", "Jakarta", "CNN Indonesia", None),
        ("Liputan6.com, Jakarta -", "Jakarta", "Liputan6.com", None),
        ("Suara.com -", None, "Suara.com", None),
        ("jpnn.com - JAKARTA -", "Jakarta", "JPNN", None),
        ("KONTAN.CO.ID - JAKARTA.", "Jakarta", "Kontan", None),
        ("TRIBUN-MEDAN.com –", None, "Tribunnews.com", None),
        ("JAKARTA -", "Jakarta", None, None),
        ("JAKARTA–", "Jakarta", None, None),
        ("KUALA LUMPUR —", "Kuala Lumpur", None, None),
        ("Bandung -", "Bandung", None, None),
    ],
)
def test_a_dateline_gives_place_outlet_and_agency(
    head: str, place: str | None, outlet: str | None, agency: str | None
) -> None:
    made = article(f"{head} {SENTENCE}")
    assert (made.place, made.outlet, made.agency) == (place, outlet, agency)
    assert made.paragraphs == (SENTENCE,)
    assert made.passages[0].role is Role.DATELINE
    assert made.text[: made.passages[0].end] == head


@pytest.mark.parametrize(
    "sentence",
    [
        "- Kondisi keluarga itu selalu menjadi sorotan publik sejak lama.",
        "Perusahaan e - commerce itu mengumumkan pendanaan baru hari ini.",
        "PT Toyota - Astra Motor masih menutup rapat informasi harga.",
        "KPK - lembaga antirasuah itu - memanggil dua saksi baru.",
        "Ruas jalan tol Jakarta - Cikampek masih macet hingga pagi.",
        "Uruguay bermain imbang 0 - 0 lawan Venezuela semalam.",
        "Menteri (Menlu) - yang baru dilantik - terbang ke Jenewa.",
        'Film "Dilan" - karya Pidi Baiq - kembali diputar.',
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(sentence: str) -> None:
    assert read_dateline(sentence, 0, len(sentence)) is None
    assert article(sentence).paragraphs == (sentence,)


def test_a_quotation_before_the_dateline_stays_in_the_body() -> None:
    made = article(f'"Seluruh personel telah ditempatkan," Pangkalpinang (ANTARA) - {SENTENCE}')
    assert made.place == "Pangkalpinang"
    assert made.paragraphs == ('"Seluruh personel telah ditempatkan,"', SENTENCE)


def test_the_report_line_of_tribun_names_its_reporter() -> None:
    made = article(f"Laporan Wartawan Tribunnews.com, Eko Sutriyanto TRIBUNNEWS.COM, JAKARTA - {SENTENCE}")
    assert made.reporters == ("Eko Sutriyanto",)
    assert (made.place, made.paragraphs) == ("Jakarta", (SENTENCE,))


@pytest.mark.parametrize(
    ("footer", "reporters", "editors"),
    [
        ("Pewarta: -\nEditor: Priyambodo RH", (), ("Priyambodo RH",)),
        ("Pewarta : Lia Santosa", ("Lia Santosa",), ()),
        ("Pewarta: Lia Santosa Editor: Sri Muryono", ("Lia Santosa",), ("Sri Muryono",)),
        ("Penulis: Ani Nur MREditor: Bentang Febrylian", ("Ani Nur MR",), ("Bentang Febrylian",)),
        ("(Reporter: Lydia Tesaloni | Editor: Handoyo)", ("Lydia Tesaloni",), ("Handoyo",)),
        ("Reporter: BUDI SANTOSO, Citra Dewi & Eko dan Fajar", ("Budi Santoso", "Citra Dewi", "Eko", "Fajar"), ()),
        ("Oleh Genta Tenri Mawangi", ("Genta Tenri Mawangi",), ()),
        ("(Ditulis oleh Vania Astagina)", ("Vania Astagina",), ()),
        ("Editor: Sri Muryono COPYRIGHT © ANTARA 2019", (), ("Sri Muryono",)),
        ("Pewarta: SITI ZULAIKHA BINTI HASAN", ("Siti Zulaikha Binti Hasan",), ()),
        ("Reporter: Ahmad bin Said, Robin van Persie", ("Ahmad bin Said", "Robin van Persie"), ()),
        ("Pewarta: Lia Santosa.\nEditor: syaputra", ("Lia Santosa",), ("Syaputra",)),
    ],
)
def test_bylines_are_read_and_leave_the_body(footer: str, reporters: tuple[str, ...], editors: tuple[str, ...]) -> None:
    made = article(f"{SENTENCE}\n{footer}")
    assert (made.reporters, made.editors) == (reporters, editors)
    assert made.paragraphs == (SENTENCE,)


def test_credits_that_run_on_behind_the_last_sentence_are_cut_off() -> None:
    notice = "Copyright © ANTARA 2025 Dilarang keras mengambil konten tanpa izin tertulis."
    made = article(f"Jakarta (ANTARA) - {SENTENCE} Pewarta: Lia Santosa Editor: Sri Muryono {notice}")
    assert made.paragraphs == (SENTENCE,)
    assert (made.reporters, made.editors, made.date.value) == (("Lia Santosa",), ("Sri Muryono",), "2025")


@pytest.mark.parametrize(
    "sentence",
    [
        "Oleh karena itu warga diminta bersabar.",
        "Editor film itu bekerja siang dan malam.",
        "Sumber air di desa itu mengering.",
        "Copyright adalah hak yang dilindungi undang-undang.",
        "Reporter: saya melihat sendiri kejadian itu, kata warga.",
        "Oleh: warga setempat jembatan itu diperbaiki.",
        "Sumber: air bersih warga mengering sejak Juli.",
        "Editor: tugasnya memeriksa naskah sebelum terbit.",
        "Penulis: Andi berkata kepada wartawan bahwa bukunya laku.",
    ],
)
def test_prose_that_begins_like_a_credit_stays_body(sentence: str) -> None:
    assert article(f"{SENTENCE}\n{sentence}").paragraphs == (SENTENCE, sentence)


@pytest.mark.parametrize(
    "initials", ["(T.L007/S024)", "(hs)", "(*)", "[ant]", "(M054)", "(Uu. SYS / G003/M016)", "(kid/asa)"]
)
def test_wire_initials_leave_the_body(initials: str) -> None:
    for text in (f"{SENTENCE} {initials}", f"{SENTENCE}\n{initials}"):
        made = article(text)
        assert made.paragraphs == (SENTENCE,)
        assert made.passages[-1].role is Role.INITIALS


def test_an_abbreviation_explained_in_brackets_is_no_initials() -> None:
    text = "Ia diperiksa Komisi Pemberantasan Korupsi (KPK)"
    assert read_credits(text, 0, len(text)) == ()


@pytest.mark.parametrize(
    ("footer", "agency"),
    [
        ("Sumber: Reuters", "Reuters"),
        ("Sumber : AFP", "AFP"),
        ("(Antara)", "ANTARA"),
        ("Sumber: KABESA", "KABESA"),
        ("Sumber: BMKG", None),
        ("SUMBER: SELEBARAN", None),
        ("Sumber: Badan Pusat Statistik", None),
        ("Sumber: https://archive.ph/p14xc", None),
        ("Sumber: Facebook", None),
    ],
)
def test_a_source_line_names_the_agency_only_if_it_is_one(footer: str, agency: str | None) -> None:
    made = article(f"{SENTENCE}\n{footer}", outlet="kompas.com")
    assert made.agency == agency
    assert made.passages[-1].role is Role.SOURCE


def test_a_closing_credit_names_the_agency_and_stays_in_the_body() -> None:
    made = article("Sungai itu meluap, demikian Reuters melaporkan.", outlet="ANTARA")
    assert made.agency == "Reuters"
    assert len(made.paragraphs) == 1


def test_antara_is_the_agency_of_others_but_never_its_own() -> None:
    text = f"Jakarta (ANTARA) - {SENTENCE}"
    assert (article(text).outlet, article(text).agency) == ("ANTARA News", None)
    other = article(text, outlet="republika.co.id")
    assert (other.outlet, other.agency) == ("Republika", "ANTARA")


@pytest.mark.parametrize("footer", ["© KABESA 2021", "Sumber: KABESA", "Copyright (c) KABESA News 2021"])
def test_a_credit_nobody_knows_counts_where_the_text_signs_with_the_same_name(footer: str) -> None:
    made = article(f"Kendari (KABESA) - {SENTENCE}\n{footer}")
    assert (made.place, made.outlet, made.agency) == ("Kendari", "KABESA", None)
    assert made.paragraphs == (SENTENCE,)


def test_an_unknown_credit_alone_is_an_abbreviation() -> None:
    sentence = f"Komisi Antirasuah (KABESA) - {SENTENCE}"
    assert article(sentence).paragraphs == (sentence,)
    office = f"Badan Meteorologi (BMKG) - {SENTENCE}"
    assert article(f"{office}\nSumber: BMKG").paragraphs == (office,)


def test_a_reporter_who_is_a_wire_service_is_the_agency() -> None:
    for made in (article(SENTENCE, reporter="Reuters"), article(f"{SENTENCE}\nPewarta: Reuters")):
        assert (made.reporters, made.agency) == ((), "Reuters")
    assert article(SENTENCE, reporter="PR Wire").agency == "PR Wire"


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("WASHINGTON DC, KOMPAS.com -", "Washington DC"),
        ("Bandarlampung (ANTARA) -", "Bandar Lampung"),
        ("PALANGKARAYA, KOMPAS.com -", "Palangka Raya"),
        ("TEMPO, CO. Jakarta -", "Jakarta"),
        ("Posmetro,co.id,INDRAMAYU –", "Indramayu"),
    ],
)
def test_one_place_has_one_spelling(head: str, place: str) -> None:
    made = article(f"{head} {SENTENCE}")
    assert (made.place, made.paragraphs) == (place, (SENTENCE,))
    assert article(SENTENCE, place=place.upper()).place == place


def test_a_place_glued_to_the_first_word_is_cut_off_it() -> None:
    made = article("Liputan6.com, JakartaKancil – Dongeng itu diputar kembali di bioskop.")
    assert (made.place, made.paragraphs) == ("Jakarta", ("Kancil – Dongeng itu diputar kembali di bioskop.",))


@pytest.mark.parametrize(
    ("value", "outlet", "bureau", "year"),
    [
        ("ANTARA 2018", "ANTARA News", None, 2018),
        ("ANTARA News Kalimantan Selatan 2020", "ANTARA News", "Kalimantan Selatan", 2020),
        ("2019 Kompas.com", "Kompas.com", None, 2019),
        ("ANTARA", "ANTARA News", None, None),
    ],
)
def test_a_copyright_line_gives_outlet_bureau_and_year(
    value: str, outlet: str, bureau: str | None, year: int | None
) -> None:
    notice = read_copyright_notice(value)
    assert notice.publisher is not None
    assert (notice.publisher.outlet, notice.publisher.bureau, notice.year) == (outlet, bureau, year)


@pytest.mark.parametrize(
    ("spelling", "outlet", "bureau"),
    [
        ("antaranews.com", "ANTARA News", None),
        ("kalsel.antaranews.com", "ANTARA News", "Kalimantan Selatan"),
        ("KOMPAS.com", "Kompas.com", None),
        ("bola.kompas.com", "Kompas.com", None),
        ("jogja.tribunnews.com", "Tribunnews.com", "Yogyakarta"),
        ("www.detik.com", "detikcom", None),
        ("liputan6", "Liputan6.com", None),
        ("www.harianlokal.co.id", "harianlokal.co.id", None),
        ("Majalah Kita", "Majalah Kita", None),
    ],
)
def test_one_outlet_has_one_name(spelling: str, outlet: str, bureau: str | None) -> None:
    publisher = publisher_from_name(spelling)
    assert publisher is not None
    assert (publisher.outlet, publisher.bureau) == (outlet, bureau)


def test_an_address_tells_its_outlet() -> None:
    publisher = publisher_from_url("https://kalsel.antaranews.com/berita/1/judul")
    assert publisher is not None
    assert (publisher.outlet, publisher.bureau) == ("ANTARA News", "Kalimantan Selatan")
    assert publisher_from_url("bukan alamat") is None


def test_agencies_are_known_by_their_spellings() -> None:
    assert canonical_agency("XINHUA-OANA") == "Xinhua"
    assert canonical_agency("Tetangga") is None


@pytest.mark.parametrize(
    "nobody", [None, "", "-", " - ", "Penulis tidak ditemukan", "Liputan6.com", "12345", "Tim Redaksi", "#Berani"]
)
def test_nobody_is_nobody(nobody: str | None) -> None:
    assert read_names(nobody) == ()


def test_names_lose_desks_labels_and_spare_white_space() -> None:
    assert read_names("Rangga  Rahadiansyah -detikOto") == ("Rangga Rahadiansyah",)
    assert read_names("Penulis : IKA NINGRUM") == ("Ika Ningrum",)
    assert read_names("Ani Wijaya,\n\n   Budi Santoso\n\nTim Redaksi") == ("Ani Wijaya", "Budi Santoso")


@pytest.mark.parametrize(
    ("byline", "reporters", "editors"),
    [
        ("Pewarta: Ani Rahma, Editor: Budi Santoso", ("Ani Rahma",), ("Budi Santoso",)),
        ("Pewarta : Ani Rahma Editor : Budi Santoso", ("Ani Rahma",), ("Budi Santoso",)),
        ("Ani Rahma, Editor: Budi Santoso", ("Ani Rahma",), ("Budi Santoso",)),
        ("By Ani Rahma", ("Ani Rahma",), ()),
        ("Oleh: Ani Rahma", ("Ani Rahma",), ()),
        ("Pewarta Ani Rahma", ("Ani Rahma",), ()),
        ("Penulis Contoh", ("Penulis Contoh",), ()),
        ("Ani Rahma Editor", ("Ani Rahma",), ()),
        ("Rep: Ani Rahma/ Red: Budi Santoso", ("Ani Rahma",), ("Budi Santoso",)),
        ("Red: Budi Santoso", (), ("Budi Santoso",)),
        ("Laporan Wartawan Tribun Jabar, Ani Rahma", ("Ani Rahma",), ()),
        ("Ditulis oleh: Ani Rahma", ("Ani Rahma",), ()),
        ("Written by Ani Rahma", ("Ani Rahma",), ()),
        ("Jurnalis : Ani Rahma", ("Ani Rahma",), ()),
        ("Kontributor Ani Rahma", ("Ani Rahma",), ()),
        ("Ani Rahma <ani@kabar.id>", ("Ani Rahma",), ()),
        ("Ani Rahma - Tribunnews.com", ("Ani Rahma",), ()),
        ("Ani Rahma-detikNews", ("Ani Rahma",), ()),
        ("Ani rahma; Budi Santoso", ("Ani Rahma", "Budi Santoso"), ()),
        ("Robin van Persie", ("Robin van Persie",), ()),
    ],
)
def test_who_reported_and_who_edited_are_told_apart(
    byline: str, reporters: tuple[str, ...], editors: tuple[str, ...]
) -> None:
    assert read_people(byline) == (reporters, editors)


@pytest.mark.parametrize(
    "nobody",
    [
        *(
            "Kompas Cyber Media",
            "MNC Media",
            "Tim detikcom",
            "Tim News",
            "Pemeriksa Fakta Junior",
            "Advertorial",
            "admin",
        ),
        *("Redaksi Tempo", "Kompas.com", "developer", "webmaster", "PT Contoh Abadi", "Humas Pemkot", "Kemendagri"),
        *(
            "Tim Cek Fakta",
            "Antara News Agency",
            "The Conversation",
            "ABC Australia",
            "Kontributor Bandung",
            "Kontributor Jawa Barat",
            "Agregasi Antara",
            "Editor",
            "Fotografer: Citra Dewi",
            "Republika Online",
        ),
    ],
)
def test_desks_companies_and_accounts_are_no_persons(nobody: str) -> None:
    assert read_names(nobody) == ()
    assert read_names(f"{nobody}, Ani Rahma") == ("Ani Rahma",)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("AKARTA", "Jakarta"),
        ("Jakart", "Jakarta"),
        ("Com, Jakarta", "Jakarta"),
        ("CO. Jakarta", "Jakarta"),
        ("Jakarta", "Jakarta"),
        ("Alor", "Alor"),
        ("Colombo", "Colombo"),
        ("Serang, Banten", "Serang, Banten"),
    ],
)
def test_a_place_is_whole(words: str, place: str) -> None:
    assert canonical_place(words) == place
