"""E-mails and pages saved in one file: the article and what is attached, and nothing of the envelope."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given

from archive.reading.records import read
from archive.record import Record, Rejected
from tests.archive.reading.test_records import PAGE
from tests.damaged_bytes import any_damage, damaged
from tests.office_files import docx, paragraph


def mail(text: str = "Isi surat.\n\nParagraf kedua.", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Budi <budi@example.org>", "arsip@example.org"
    message["Subject"] = "Harga cabai naik – lagi"
    message["Date"] = "Mon, 06 Aug 2018 17:40:00 +0700"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def mhtml(page: str = PAGE, location: str = "https://www.antaranews.com/berita/1/kapal") -> bytes:
    body = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {0}\r\nSubject: Kapal\r\n"
        "Date: Tue, 01 Jan 2030 00:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n\r\n------b\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {0}\r\n"
        "\r\n{1}\r\n"
        "------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://x/y.png\r\n"
        "\r\niVBORw0KGgo=\r\n------b--\r\n"
    )
    return body.format(location, page).encode()


def outcome(path: Path, raw: bytes) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw)
    found = list(read([path]))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


@pytest.mark.parametrize("html", ["", "<html><body><p>Isi surat.</p></body></html>"])
def test_an_e_mail_is_an_article(tmp_path: Path, html: str) -> None:
    ((one,), rejected) = outcome(tmp_path / "a.eml", mail(html=html).as_bytes())
    assert rejected == []
    assert (one.former_id, one.title, one.date) == ("a", "Harga cabai naik – lagi", "Mon, 06 Aug 2018 17:40:00 +0700")
    assert (one.text.strip(), one.reporter, one.outlet) == ("Isi surat.\n\nParagraf kedua.", None, None)


def test_what_is_attached_is_read_like_a_file(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(docx(paragraph("Isi lampiran.")), maintype="application", subtype="x", filename="b.docx")
    message.add_attachment("judul,isi\nSatu,Isi satu.\n", subtype="csv", filename="c.csv")
    message.add_attachment(b"x", maintype="application", subtype="x", filename="../d.txt")
    found, rejected = outcome(tmp_path / "a.eml", message.as_bytes())
    assert [one.former_id for one in found] == ["a", "a:b.docx", "a:c.csv:2"]
    assert [one.where for one in rejected] == [f"{tmp_path}/a.eml:../d.txt"]


def test_a_saved_page_is_read_as_a_page(tmp_path: Path) -> None:
    for name in ("a.mhtml", "a.mht", "a.eml"):
        ((one,), rejected) = outcome(tmp_path / name, mhtml())
        assert rejected == []
        assert (one.title, one.outlet, one.date) == ("Kapal tenggelam", "ANTARA News", "2018-05-31")
        assert one.url == "https://www.antaranews.com/berita/1/kapal"
        assert one.text.startswith("Jakarta (ANTARA)")


def test_the_day_of_saving_is_no_date_and_the_address_is_that_of_the_page(tmp_path: Path) -> None:
    page = "<html><head><title>Judul</title></head><body><article>" + "<p>Kapal feri berangkat dari Merak.</p>" * 9
    ((one,), _) = outcome(tmp_path / "a.mhtml", mhtml(page, "https://kabesa.example/1"))
    assert (one.date, one.url) == (None, "https://kabesa.example/1")


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.mhtml", mhtml()[:-60], "cut short"),
        ("a.eml", b"bukan surat", "no e-mail"),
        ("a.eml", b"Subject: kosong\n\n", "no article"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    _, rejected = outcome(tmp_path / name, raw)
    assert [words in one.reason for one in rejected] == [True]


@any_damage
@given(damaged(("a.eml", mail(html="<p>x</p>").as_bytes()), ("a.eml", mhtml("<p>Isi.</p>"))))
def test_whatever_is_damaged_something_is_told(tmp_path: Path, made: tuple[str, bytes]) -> None:
    found, rejected = outcome(tmp_path / made[0], made[1])
    assert found or rejected
