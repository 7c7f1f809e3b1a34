"""PDF files: the text layer as its readers read it, one article a file."""

import re
from pathlib import Path

import pytest
from hypothesis import given

from archive.reading.documents import pdf as pdf_module
from archive.reading.documents.document import BadDocument
from archive.reading.records import read
from archive.record import Record, Rejected
from tests.damaged_bytes import any_damage, damaged
from tests.pdf_files import Text, column, pdf

BODY = [
    "Hujan deras turun di Bandung sejak pagi hari ini",
    "dan membuat beberapa jalan di pusat kota tergenang",
    "sampai sore.",
]
SECOND = ["Warga diminta tetap tinggal di rumah sampai air", "surut, kata wali kota kepada wartawan."]
ONE_PAGE = pdf([[*column(BODY, 50, 700), *column(SECOND, 50, 650)]])


def outcome(path: Path, raw: bytes) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw)
    found = list(read([path]))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


def article(path: Path, *pages: list[Text], title: str = "") -> Record:
    found, rejected = outcome(path / "a.pdf", pdf(pages, title))
    assert rejected == []
    (one,) = found
    assert (one.former_id, one.reporter, one.date) == ("a", None, None)
    return one


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    found = article(tmp_path, [*column(BODY, 50, 700), *column(SECOND, 50, 650)])
    assert found.text == " ".join(BODY) + "\n" + " ".join(SECOND)


def test_indents_and_short_lines_part_paragraphs(tmp_path: Path) -> None:
    lines = [*BODY, *SECOND]
    indented = [Text(62 if line == SECOND[0] else 50, 700 - 12 * at, line) for at, line in enumerate(lines)]
    assert article(tmp_path, indented).text == " ".join(BODY) + "\n" + " ".join(SECOND)
    assert article(tmp_path, column(lines, 50, 700)).text == " ".join(BODY) + "\n" + " ".join(SECOND)


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["Kolom kiri dimulai di sini dan", "berlanjut ke baris kedua lalu ke", "baris ketiga di kolom kiri, dan"]
    right = ["kolom kanan melanjutkan kalimat", "itu sampai selesai di baris ini."]
    head = [Text(50, 740, "Judul di Atas Dua Kolom Panjang Sekali", 18)]
    foot = [Text(50, 600, "Keterangan di bawah kedua kolom yang membentang dari kiri sampai ke kanan halaman ini.")]
    for order in (lambda parts: parts, reversed):
        parts = [*column(left, 50, 700), *column(right, 250, 700)]
        found = article(tmp_path, [*head, *order(parts), *foot])
        assert found.title == "Judul di Atas Dua Kolom Panjang Sekali"
        assert found.text.split("\n") == [" ".join([*left, *right]), foot[0].text]


def test_an_article_goes_on_over_pages_without_their_edges(tmp_path: Path) -> None:
    pages = [
        [Text(50, 780, "8/6/2018   Harian Kabesa"), *column(part, 50, 700), *foot(number)]
        for number, part in enumerate((BODY[:1], BODY[1:], SECOND), 1)
    ]
    found = article(tmp_path, *pages)
    assert found.text == " ".join(BODY) + "\n" + " ".join(SECOND)
    assert found.url == "https://kabesa.example/berita/2018/hujan"


def foot(number: int) -> list[Text]:
    return [Text(50, 20, "https://kabesa.example/berita/2018/hujan"), Text(500, 20, f"{number}/3")]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Rapat pemerin-", "tah daerah."], "Rapat pemerintah daerah."),
        (["Bermain anak-", "anak di sana."], "Bermain anak-anak di sana."),
        (["Bermain anak-", "anaknya di sana."], "Bermain anak-anaknya di sana."),
        (["Mereka berlari-", "lari di sana."], "Mereka berlari-lari di sana."),
        (["Membeli sayur-", "mayur di sana."], "Membeli sayur-mayur di sana."),
        (["Berjalan bolak-", "balik di sana."], "Berjalan bolak-balik di sana."),
        (["Warga tolong-", "menolong di sana."], "Warga tolong-menolong di sana."),
        (["Menurut perundang-", "undangan itu."], "Menurut perundang-undangan itu."),
        (["Hal itu digembar-", "gemborkan."], "Hal itu digembar-gemborkan."),
        (["Mereka seperti kekanak-", "kanakan."], "Mereka seperti kekanak-kanakan."),
        (["Para santriwan-", "santriwati hadir."], "Para santriwan-santriwati hadir."),
        (["Ia lang-", "sung pulang."], "Ia langsung pulang."),
        (["Surat ke pada warga di-", "berikan ke-", "pada pada."], "Surat ke pada warga diberikan kepada pada."),
        (["Itu tan-", "tangan besar."], "Itu tantangan besar."),
        (["Hujan terus-", "menerus di sana."], "Hujan terus-menerus di sana."),
        (["Para pen-", "duduk di sana."], "Para penduduk di sana."),
        (["Satu pelabu-", "han di sana."], "Satu pelabuhan di sana."),
        (["Lomba se-", "Indonesia itu."], "Lomba se-Indonesia itu."),
        (["Kaum non-", "blok dan non-blok."], "Kaum non-blok dan non-blok."),
        (["Satu PMI-", "nya di sana."], "Satu PMI-nya di sana."),
        (["Berita - ", "tanpa sela."], "Berita - tanpa sela."),
    ],
)
def test_divided_words_are_joined_where_the_hyphen_is_none_of_theirs(
    tmp_path: Path, lines: list[str], joined: str
) -> None:
    assert article(tmp_path, column([*lines, "Kalimat lain di sini."], 50, 700)).text.startswith(joined)


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("Hujan Deras di Bandung", "Hujan Deras di Bandung"),
        ("Microsoft Word - berita.docx", None),
        ("berita_final.indd", None),
        ("untitled", None),
        ("Document1", None),
        ("", None),
    ],
)
def test_the_files_own_title_is_used_if_it_looks_like_one(tmp_path: Path, own: str, title: str | None) -> None:
    assert article(tmp_path, [*column(BODY, 50, 700), *column(SECOND, 50, 650)], title=own).title == title
    larger = [Text(50, 740, "Judul Besar di Atas", 16), *column(BODY, 50, 700)]
    assert article(tmp_path, larger, title=own).title == "Judul Besar di Atas"


def test_pictures_without_a_text_layer_are_rejected_with_the_remedy(tmp_path: Path) -> None:
    found, rejected = outcome(tmp_path / "a.pdf", pdf([[], []], image=True))
    assert found == []
    assert "no text layer" in rejected[0].reason
    assert "ocrmypdf" in rejected[0].reason
    found, rejected = outcome(tmp_path / "a.pdf", pdf([column(BODY, 50, 700), []], image=True))
    assert len(found) == 1
    assert "page 2" in rejected[0].reason


ENCRYPTED = re.sub(
    rb"/Info 5 0 R",
    b"/Info 5 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    ONE_PAGE,
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (ONE_PAGE[:200], "damaged"),
        (b"%PDF-1.4\nbukan", "damaged"),
        (ENCRYPTED, "password"),
        (b"Bukan PDF.", "no PDF file"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_the_remedy(tmp_path: Path, raw: bytes, words: str) -> None:
    found, rejected = outcome(tmp_path / "a.pdf", raw)
    assert (found, len(rejected)) == ([], 1)
    assert words in rejected[0].reason


def test_a_file_with_too_many_pages_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 1)
    with pytest.raises(BadDocument, match="more than 1 pages"):
        list(pdf_module.pdf_article(pdf([[], []])))


@any_damage
@given(damaged(("a.pdf", ONE_PAGE)))
def test_whatever_is_damaged_something_is_told(tmp_path: Path, made: tuple[str, bytes]) -> None:
    found, rejected = outcome(tmp_path / made[0], made[1])
    assert found or rejected
