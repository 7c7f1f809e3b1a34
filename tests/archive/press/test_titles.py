"""Titles are those of the articles: without the site's name and page numbers, and never derived from an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.press.titles import clean_title, derive_title

PLAIN = "Menteri Tinjau Gudang Beras"


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        (f"{PLAIN} Halaman all - Kompas.com", "Kompas.com"),
        (f"{PLAIN} Halaman 2 - Kompas.com", "Kompas.com"),
        (f"{PLAIN} | Republika Online", "Republika"),
        (f"{PLAIN} |Republika Online", "Republika"),
        (f"KapanLagi.com: {PLAIN}", "KapanLagi"),
        (f"{PLAIN} - News Liputan6.com", "Liputan6.com"),
        (f"{PLAIN} : Okezone News", "Okezone"),
        (f"{PLAIN} : Okezone Economy", "Okezone"),
        (f"{PLAIN} :: Sindonews", "Sindonews"),
        (f"detikNews - {PLAIN}", "detikcom"),
        (f"{PLAIN} - Nasional - Tempo.co", "Tempo.co"),
        (f"{PLAIN} – Tirto.ID", "Tirto.id"),
        (f"{PLAIN} - ANTARA News", "ANTARA News"),
        (f"{PLAIN} - Tribunjabar.id", "Tribunnews.com"),
        (f"{PLAIN} - Halaman 3", "Kompas.com"),
        (f"{PLAIN} (Halaman 2 dari 3)", None),
        (f"{PLAIN} » Suara.com", None),
        (f"{PLAIN} - kompas.com", None),
    ],
)
def test_the_sites_name_and_the_page_are_taken_off(title: str, outlet: str | None) -> None:
    assert clean_title(title, outlet) == PLAIN


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Persija - Persib Imbang", "Kompas.com"),
        ("Wawancara dengan Pemimpin Redaksi Tempo", "Tempo.co"),
        ("Menteri Tinjau Gudang - Kompas", "Tempo.co"),
        ("Beras: Menteri Tinjau Gudang", "Republika"),
        ("Tempo: Menteri Tinjau Gudang", "Tempo.co"),
        ("Jakarta - Menteri Tinjau Gudang", "Tempo.co"),
        ("Menteri Tinjau Gudang - Nasional", "Tempo.co"),
        ("Buka Halaman 3 Buku Itu", "Kompas.com"),
        ("Kompas.com", "Kompas.com"),
        ("Banjir di Jawa Tengah - Jakarta", None),
    ],
)
def test_other_titles_stay_as_they_are(title: str, outlet: str | None) -> None:
    assert clean_title(title, outlet) == title


@given(st.text(), st.sampled_from([None, "Kompas.com", "Tempo.co"]))
def test_a_title_never_becomes_empty(title: str, outlet: str | None) -> None:
    assert clean_title(title, outlet) or not title


@pytest.mark.parametrize(
    ("bodies", "title"),
    [
        (("https://ekonomi.kompas.com/read/1 Harga beras naik lagi. Warga mengeluh.",), "Harga beras naik lagi"),
        (("https://ekonomi.kompas.com/read/1", "Harga beras naik lagi."), "Harga beras naik lagi"),
        (("Disadur dari artikel Cek Fakta Tempo.", "Harga beras naik lagi."), "Harga beras naik lagi"),
        (("Disadur dari artikel Periksa Fakta AFP. Harga beras naik lagi.",), "Harga beras naik lagi"),
        (("Artikel ini telah tayang di Kompas.com.", "Sumber: Antara", "Harga beras naik."), "Harga beras naik"),
        (("www.contoh.id/a", "***", "Harga beras naik."), "Harga beras naik"),
        (("https://contoh.id/2019/harga-beras-naik-lagi.html",), "Harga beras naik lagi"),
        (("Dikutip dari Antara, harga beras naik.",), "Dikutip dari Antara, harga beras naik"),
    ],
)
def test_a_derived_title_says_something_of_the_article(bodies: tuple[str, ...], title: str) -> None:
    assert derive_title(bodies) == title
