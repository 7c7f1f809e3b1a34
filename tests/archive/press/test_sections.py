"""Sections have one name under all spellings; a keeper's own are let through; an address tells only known ones."""

from pathlib import Path

import pytest

from archive.article import Article
from archive.intake import article_from_record
from archive.press.sections import SHIPPED, section_of
from archive.record import Record

BODY = "Petani di desa itu memanen padi lebih awal karena hujan deras diperkirakan turun pekan depan."


@pytest.mark.parametrize(
    ("given", "section"),
    [
        ("Olahraga", "Olahraga"),
        ("SPORT", "Olahraga"),
        ("sports", "Olahraga"),
        ("Sepak Bola", "Olahraga"),
        ("sepakbola", "Olahraga"),
        ("superskor", "Olahraga"),
        ("ekonomi-bisnis", "Ekonomi"),
        ("Ekonomi & Bisnis", "Ekonomi"),
        ("showbiz", "Hiburan"),
        ("detikInet", "Teknologi"),
        ("Home > News > Nasional", "Nasional"),
        ("/olahraga/liga-indonesia/", "Olahraga"),
        ("news; bola", "Olahraga"),
        ("Berita", "Berita"),
        ("NEWS", "Berita"),
        ("Kabar Desa Kami", "Kabar Desa Kami"),
        ("kabar-desa", "Kabar Desa"),
        ("PERTANIAN ORGANIK", "Pertanian Organik"),
        ("UMKM", "UMKM"),
        ("", None),
        (" - ", None),
        ("123", None),
        ("home", None),
        ("kata " * 40, None),
        ("dpr-ri", "DPR RI"),
        ("Kompas.com", None),
        ("seni dan budaya desa", "Seni dan Budaya Desa"),
        ("Berita jawa timur", "Daerah"),
        ("Berita Sumut", "Daerah"),
        ("berita olahraga", "Olahraga"),
        ("Berita Duka", "Berita Duka"),
    ],
)
def test_a_given_section_has_one_name_under_all_spellings(given: str, section: str | None) -> None:
    assert section_of(given) == section


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("https://bola.kompas.com/read/2018/06/01/judul", "Olahraga"),
        ("https://www.liputan6.com/showbiz/read/1/judul", "Hiburan"),
        ("https://www.republika.co.id/berita/ekonomi/makro/1/x", "Ekonomi"),
        ("https://web.archive.org/web/2018/https://www.cnnindonesia.com/olahraga/2018/judul", "Olahraga"),
        ("https://www.a.id/2018/06/harga-beras-naik", None),
        ("https://www.a.id/olahraga", None),
        ("bukan alamat", None),
    ],
)
def test_an_address_tells_known_sections_only(url: str, section: str | None) -> None:
    assert section_of(None, None, url) == section


def test_what_is_given_comes_before_the_channel_and_the_address_unless_it_says_nothing() -> None:
    url = "https://bola.kompas.com/read/1"
    assert section_of("Kuliner", "Finance", url) == "Kuliner"
    assert section_of(None, "Finance", url) == "Ekonomi"
    assert section_of("News", None, url) == "Olahraga"
    assert section_of("News", None, None) == "Berita"


def test_an_article_has_the_section_of_its_file_of_its_channel_or_of_its_address() -> None:
    def section(**facts: str) -> str | None:
        made = article_from_record(Record("a", "a.txt", BODY, **facts))
        assert isinstance(made, Article)
        return made.section

    assert section(section="sport") == "Olahraga"
    assert section(outlet="detikFinance") == "Ekonomi"
    assert section(url="https://www.liputan6.com/tekno/read/1/x") == "Teknologi"
    assert section() is None


def test_no_spelling_stands_for_two_sections() -> None:
    lines = [line for line in SHIPPED.read_text("utf-8").splitlines() if "\t" in line and not line.startswith("#")]
    spellings = [one.strip() for line in lines for one in line.partition("\t")[2].split("|")]
    assert sorted({one for one in spellings if spellings.count(one) > 1}) == []
    assert Path(SHIPPED).suffix == ".tsv"
