"""Word documents and rich text become one article each, as its readers see it."""

from pathlib import Path

import pytest
from hypothesis import given

from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected
from tests.damaged_bytes import any_damage, damaged
from tests.office_files import compound_file, docx, odt, paragraph, zip_file

TEXT = ("JAKARTA - Harga cabai naik sejak pagi.", "Pedagang mengeluh.")
PLAIN = docx("".join(map(paragraph, TEXT)))
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\author Juru Ketik}{\title Document1}}"
HEAD = '<w:style w:styleId="Judul1"><w:name w:val="heading 1"/></w:style>'


def outcome(path: Path, raw: bytes, log: SourceLog | None = None) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw)
    found = list(read([path], log=log))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


def article(path: Path, raw: bytes) -> Record:
    found, rejected = outcome(path, raw)
    assert rejected == []
    (one,) = found
    assert (one.reporter, one.date, one.outlet) == (None, None, None)  # what the properties say of the typist
    return one


def test_a_heading_is_the_title(tmp_path: Path) -> None:
    body = paragraph("Harga cabai naik.", "Judul1") + "".join(map(paragraph, TEXT))
    found = article(tmp_path / "a.docx", docx(body, HEAD))
    assert (found.former_id, found.title, found.text) == ("a", "Harga cabai naik.", "\n".join(TEXT))


@pytest.mark.parametrize(
    ("first", "is_title"),
    [
        ("Harga Cabai Naik, Pedagang Mengeluh", True),
        ("“Tak Ada Jalan Pulang”", True),
        ("Harga cabai naik sejak pagi, kata pedagang.", False),
        ("JAKARTA, KOMPAS.com - Harga cabai naik", False),
        ("Medan (ANTARA) – Harga cabai naik", False),
        ("kata " * 60, False),
        ("* * *", False),
    ],
)
def test_a_first_line_is_the_title_if_it_reads_like_one(tmp_path: Path, first: str, is_title: bool) -> None:
    found = article(tmp_path / "a.docx", docx(paragraph(first) + paragraph("") + "".join(map(paragraph, TEXT))))
    assert found.title == (first if is_title else None)
    assert found.text == "\n".join(TEXT if is_title else (first.strip(), *TEXT))


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('Harga ')}<w:del w:author='x'><w:r><w:delText>turun</w:delText></w:r></w:del>"
        f"<w:ins w:author='x'>{run.format('naik')}</w:ins><w:moveFrom>{run.format('pindah')}</w:moveFrom>"
        f"<w:moveTo>{run.format(' tajam')}</w:moveTo>{run.format('.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run.format('Pedagang ')}</w:p>{paragraph('mengeluh.')}"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('hapus')}</w:tc><w:tc/></w:tr></w:tbl>"
    )
    assert article(tmp_path / "a.docx", docx(body)).text == "Harga naik tajam.\nPedagang mengeluh."


def test_tables_boxes_and_fields_are_text(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Beras", "12.000"))
    inner = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    box = f"<w:txbxContent>{paragraph('Isi kotak.')}</w:txbxContent>"
    choice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = (
        f"<w:p><w:r><w:t>Satu.</w:t><w:br/><w:t>Dua</w:t><w:tab/><w:t>tiga.</w:t>{choice}</w:r></w:p>"
        f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc>{paragraph('Tata letak.')}{inner}</w:tc></w:tr></w:tbl>"
        f"<w:sdt><w:sdtContent>{paragraph('Kendali.')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t>Tautan.</w:t></w:r></w:hyperlink></w:p>"
    )
    assert article(tmp_path / "a.docx", docx(body)).text == (
        "Satu.\nDua tiga.\nIsi kotak.\nBeras\t12.000\nTata letak.\nBeras\t12.000\nKendali.\nTautan."
    )


def test_a_document_is_told_by_what_it_holds(tmp_path: Path) -> None:
    assert article(tmp_path / "a.zip", PLAIN).text == "\n".join(TEXT)
    assert article(tmp_path / "b.txt", RTF + rb"\pard Isi satu.\par}").text == "Isi satu."
    assert article(tmp_path / "c.docx", docx(paragraph("Isi."), part="word/document2.xml")).text == "Isi."
    assert article(tmp_path / "d.zip", zip_file({"a.docx": PLAIN})).former_id == "d:a.docx"


def test_rich_text_is_read_with_its_encodings(tmp_path: Path) -> None:
    raw = RTF + (
        rb"\pard\b Judul berita\b0\par Isi \u8220?kutip\u8221? caf\'e9.\par {\deleted lama }{\revised baru}\line dua"
        rb"\par \trowd A\cell B\cell\row {\header kepala}{\footer kaki}}" + b"\0\n"
    )
    found = article(tmp_path / "a.rtf", raw)
    assert found.title == "Judul berita"
    assert found.text.split("\n")[:3] == ["Isi “kutip” café.", "baru", "dua"]


def test_an_open_document_gives_its_heading_its_paragraphs_and_its_tables(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:p>Dihapus.</text:p></text:changed-region></text:tracked-changes>"
        '<text:p/><text:h text:outline-level="1">Harga cabai naik</text:h>'
        "<text:p>JAKARTA - Harga<text:s text:c='2'/>cabai <text:span>naik</text:span> sejak pagi."
        "<text:note><text:note-body><text:p>Catatan kaki.</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>Pedagang<text:line-break/>mengeluh.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Cabai</text:p></table:table-cell>"
        "<table:table-cell><text:p>Rp 9.500</text:p></table:table-cell></table:table-row></table:table>"
        "<office:annotation><text:p>Komentar.</text:p></office:annotation>"
    )
    found = article(tmp_path / "a.odt", odt(body))
    assert found.title == "Harga cabai naik"
    assert found.text == "JAKARTA - Harga cabai naik sejak pagi.\nPedagang\nmengeluh.\nCabai\tRp 9.500"


def test_an_open_document_knows_the_styles_of_titles(tmp_path: Path) -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    found = article(
        tmp_path / "a.odt", odt('<text:p text:style-name="P1">Judul.</text:p><text:p>Isi.</text:p>', styles)
    )
    assert (found.title, found.text) == ("Judul.", "Isi.")


def test_a_page_named_like_a_word_document_is_a_page(tmp_path: Path) -> None:
    page = f"<html><body><h1>Harga cabai naik tajam</h1><p>{'Isi panjang sekali sejak pagi. ' * 20}</p></body></html>"
    assert article(tmp_path / "a.doc", page.encode()).title == "Harga cabai naik tajam"


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.docx", PLAIN[:-40], "cut short"),
        ("a.docx", zip_file({"word/document.xml": "<w:document"}), "damaged"),
        ("a.docx", zip_file({"word/document.xml": "<x/>"}), "damaged"),
        ("a.docx", zip_file({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x><body>" + "<p>" * 400}), "damaged"),
        ("a.docx", compound_file("EncryptedPackage", b"x"), "password"),
        ("a.doc", compound_file("WordDocument", b"x"), "save it as .docx"),
        ("a.doc", compound_file("WordDocument", b"x")[:4096], "an old Office that is damaged"),
        ("a.ppt", compound_file("PowerPoint Document", b"x"), "a presentation"),
        ("a.doc", compound_file("__properties_version1.0", b"x"), "save it as .eml"),
        ("a.odt", odt("<text:p>Isi.</text:p>", manifest="<encryption-data/>"), "password"),
        ("a.odt", odt("<text:p>Isi.")[:-200], "damaged"),
        ("a.odt", odt("<text:p>Isi."), "damaged"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4aaaa", "pack it as .zip"),
        ("a.rar", b"Rar!\x1a\x07\x01\0aaaa", "pack it as .zip"),
        ("a.rtf", RTF + rb"\pard Isi satu", "cut short"),
        ("a.rtf", b"Bukan RTF.", "no rich text"),
        ("a.docx", docx(""), "no text"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_the_remedy(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    found, rejected = outcome(tmp_path / name, raw)
    assert (found, len(rejected)) == ([], 1)
    assert words in rejected[0].reason


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "rahasia").write_text("rahasia")
    entity = f'<!DOCTYPE d [<!ENTITY a SYSTEM "file://{tmp_path}/rahasia">]>'
    body = "<d xmlns='x'><body><p><r><t>Isi &a;.</t></r></p></body></d>"
    found, rejected = outcome(tmp_path / "a.docx", zip_file({"word/document.xml": entity + body}))
    assert found or rejected
    assert all("rahasia" not in one.text for one in found)


@any_damage
@given(damaged(("a.docx", PLAIN), ("a.rtf", RTF + rb"\pard Isi satu.\par}")))
def test_whatever_is_damaged_something_is_told(tmp_path: Path, made: tuple[str, bytes]) -> None:
    found, rejected = outcome(tmp_path / made[0], made[1])
    assert found or rejected
