"""What scrapers, databases and spreadsheets write for a value is read as what it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.fields.html_text import as_text, is_html
from archive.reading.fields.values import value_text


@pytest.mark.parametrize(
    "nothing",
    [
        "nan",
        "NaN",
        "None",
        "null",
        "N/A",
        "-",
        " – ",
        "unknown",
        "admin",
        "NaT",
        "[]",
        "['']",
        "tidak ditemukan",
        "\\N",
    ],
)
def test_words_that_stand_for_nothing_are_empty(nothing: str) -> None:
    assert value_text("outlet", nothing) == value_text("reporter", nothing) == value_text("date", nothing) == ""


def test_an_admin_may_be_in_the_title_and_a_dash_in_the_text() -> None:
    assert value_text("title", "Admin") == "Admin"
    assert value_text("text", "Hasil: 2 - 1") == "Hasil: 2 - 1"
    assert value_text("id", "nan") == "nan"


@pytest.mark.parametrize(
    "written",
    [
        ["Ani Rahma", None, "Budi Santoso"],
        ("Ani Rahma", "Budi Santoso", "Ani Rahma"),
        "['Ani Rahma', 'Budi Santoso']",
        '["Ani Rahma", "Budi Santoso", null]',
        "['Ani Rahma' 'Budi Santoso']",
        "('Ani Rahma', 'Budi Santoso')",
        [{"name": "Ani Rahma"}, {"@type": "Person", "name": "Budi Santoso"}],
        "[{'name': 'Ani Rahma', 'url': 'https://x'}, {'name': 'Budi Santoso'}]",
        [{"first_name": "Ani", "last_name": "Rahma"}, "Budi Santoso"],
    ],
)
def test_names_in_lists_are_all_read(written: object) -> None:
    assert value_text("reporter", written) == "Ani Rahma; Budi Santoso"


@pytest.mark.parametrize(
    "written",
    [
        ["Banjir surut.", "Warga pulang."],
        "['Banjir surut.', 'Warga pulang.']",
        "['Banjir surut.'\n 'Warga pulang.']",
        {"rendered": "<p>Banjir surut.</p><p>Warga pulang.</p>"},
        '{"rendered": "<p>Banjir surut.</p><p>Warga pulang.</p>"}',
        [{"type": "paragraph", "text": "Banjir surut."}, {"type": "paragraph", "text": "Warga pulang."}],
    ],
)
def test_paragraphs_in_lists_are_lines(written: object) -> None:
    assert value_text("text", written) == "Banjir surut.\nWarga pulang."


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("date", {"$date": "2019-08-05T07:30:00Z"}, "2019-08-05T07:30:00Z"),
        ("date", {"$date": {"$numberLong": "1565004600000"}}, "1565004600000"),
        ("date", "{'$date': '2019-08-05'}", "2019-08-05"),
        ("date", ["2019-08-05 14:30:00"], "2019-08-05 14:30:00"),
        ("outlet", {"id": None, "name": "Liputan6.com"}, "Liputan6.com"),
        ("outlet", {"url": "https://www.kompas.com"}, "https://www.kompas.com"),
        ("url", {"@type": "WebPage", "@id": "https://a.id/b"}, "https://a.id/b"),
        ("title", {"rendered": "Harga &#8220;Naik&#8221;"}, "Harga “Naik”"),
        ("id", {"$oid": "5d47f2"}, "5d47f2"),
    ],
)
def test_objects_around_a_value_are_opened(field: str, written: object, said: str) -> None:
    assert value_text(field, written) == said


@pytest.mark.parametrize("written", ["[HOAKS] Air Keruh [Sudah Diperiksa]", "{contoh}", "[Foto] Banjir", "(Bagian 2)"])
def test_signs_around_prose_are_left_as_they_are(written: str) -> None:
    assert value_text("title", written) == written


ANY_VALUE = st.recursive(
    st.none() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
MARKUP = ["<p>", "</p>", "<br>", "<script>", "</script>", "<!--", "-->", "a", "&lt;", "<", ">", '"']


@given(ANY_VALUE)
def test_no_value_breaks_the_reading(value: object) -> None:
    for field in ("text", "date", "reporter", "id"):
        assert isinstance(value_text(field, value), str)
        assert isinstance(value_text(field, repr(value)), str)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Satu &amp; dua</p><p>Tiga<br>empat</p>", "Satu & dua\nTiga\nempat"),
        ("Satu<br/><br />dua", "Satu\ndua"),
        (
            '<div class="a">Lihat <a href="https://x/?a=1&b=2">berita ini</a> hari\n   ini</div>',
            "Lihat berita ini hari ini",
        ),
        ("<p>Isi</p><script>if (a < b) { p('<p>') }</script><style>p{}</style><p>lagi</p>", "Isi\nlagi"),
        ("<!-- wp:paragraph --><p>Stok &lt; 5 ton</p><!-- /wp:paragraph -->", "Stok < 5 ton"),
        ("<ul><li>Satu</li><li>Dua</li></ul>", "Satu\nDua"),
        ("<table><tr><td>Penulis</td><td>: Ani</td></tr></table>", "Penulis : Ani"),
        ("&lt;p&gt;Satu &amp;amp; dua&lt;/p&gt;", "Satu & dua"),
        ('[caption id="a"]<img src="a.jpg"/> Foto: Ani[/caption]<p>Isi</p>', "Foto: Ani\nIsi"),
        ("<em>Harga</em> naik", "Harga naik"),
        ("<P>SATU</P>\r\n<P>DUA</P>", "SATU\nDUA"),
        ("<a title=\"a > b\" href='#'>naik</a>", "naik"),
    ],
)
def test_html_is_read_as_text(html: str, text: str) -> None:
    assert as_text(html) == text


@pytest.mark.parametrize(
    "prose",
    [
        "Suhu < 10 derajat dan angin > 20 knot",
        "Stok <5 ton, harga >Rp 10.000",
        "Gunakan tag <b> untuk huruf tebal.\nBaris kedua.",
        "a <- b -> c <3",
        "Surel <ani@contoh.id> dibalas",
        "P <p0> dan <hari ini>",
        "x < y & y > z; &lt;5 ton",
    ],
)
def test_a_lone_sign_is_no_html(prose: str) -> None:
    assert not is_html(prose)
    assert as_text(prose) == prose


@given(st.lists(st.sampled_from(MARKUP)))
def test_any_html_is_read(parts: list[str]) -> None:
    text = as_text("".join(parts))
    assert text.count("a") <= "".join(parts).count("a")


def test_a_number_too_large_for_a_fraction_is_itself() -> None:
    assert value_text("date", 10**400) == str(10**400)
    assert value_text("date", float("inf")) == ""
