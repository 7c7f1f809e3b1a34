"""An agency is credited where the text says it reports after it, by one rule for all of them."""

import pytest

from archive.article import Article
from archive.intake import article_from_record
from archive.record import Record


def agency(text: str, outlet: str = "Kompas.com") -> str | None:
    made = article_from_record(Record("a", "a", text, outlet=outlet))
    assert isinstance(made, Article)
    return made.agency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harga minyak naik, seperti dikutip dari Reuters, Rabu (11/9/2019).", "Reuters"),
        ("Harga minyak naik, dilansir Antara, Senin.", "ANTARA"),
        ("Mengutip kantor berita Xinhua, pabrik itu dibuka kembali.", "Xinhua"),
        ("Dilansir dari kantor berita AFP, kapal itu karam.", "AFP"),
        ("Kapal itu karam, demikian dilaporkan Associated Press.", "AP"),
        ("Pejabat itu mundur. Seperti dilansir Anadolu Agency, ia sakit.", "Anadolu"),
        ("Seperti dilansir Reuters dan AFP, kapal itu karam.", "Reuters"),
        ("Sungai meluap. (Reuters)", "Reuters"),
    ],
)
def test_a_report_after_an_agency_is_credited_to_it(text: str, name: str) -> None:
    assert agency(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Pejabat itu mengatakan kepada Reuters bahwa ia mundur.",
        "Jarak antara dua desa itu dilaporkan antara satu dan dua kilometer.",
        "Kantor Reuters di London didemo warga.",
        "Polisi Federal Australia (AFP) menangkap buron itu. Seperti diberitakan AFP akan bertindak.",
        "Ia berkirim surat pada AFP (Australian Federal Police). Dikutip AFP, ia ditangkap.",
        "Buron itu ditangkap Polisi Federal Australia (AFP)",
        "Dilansir Bloomberg Technoz, harga saham naik.",
        "Ia bekerja di kantor berita Associated Press (AP)",
    ],
)
def test_what_is_told_to_an_agency_or_of_others_of_its_name_is_not(text: str) -> None:
    assert agency(text) is None


def test_an_agency_is_never_its_own_source() -> None:
    assert agency("Harga naik, dikutip dari Antara, Senin.", outlet="antaranews.com") is None
    assert agency("Harga naik, dikutip dari Antara. Dilansir Reuters, harga turun.", outlet="Tempo") == "ANTARA"
