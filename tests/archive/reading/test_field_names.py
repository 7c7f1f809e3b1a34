"""Common field names are recognized, and an explicit mapping covers the rest."""

from collections.abc import Mapping

import pytest

from archive.reading.field_names import FieldMapper, NamesOfFields, UnknownField
from archive.reading.fields.names import FIELDS, NAMES, is_time_of_handling, normalized


def read(found: Mapping[str, object], mapping: NamesOfFields | None = None) -> dict[str, str]:
    return FieldMapper(mapping).fields(tuple(found), tuple(found.values()))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("judul", "title"),
        ("Headline", "title"),
        ("ISI", "text"),
        ("konten", "text"),
        ("Published At", "date"),
        ("publish-date", "date"),
        ("publishedAt", "date"),
        ("tgl", "date"),
        ("sumber_berita", "outlet"),
        ("source", "outlet"),
        ("biro", "bureau"),
        ("Kategori", "section"),
        ("rubrik", "section"),
        ("Kantor Berita", "agency"),
        ("pewarta", "reporter"),
        ("by", "reporter"),
        ("penyunting", "editor"),
        ("lokasi", "place"),
        ("tautan", "url"),
        ("Article-ID", "id"),
        ("created_at", "date"),
        ("waktu_publish", "date"),
        ("tgl_terbit", "date"),
        ("publication time", "date"),
        ("datePublished", "date"),
        ("post_date", "date"),
        ("link_judul", "url"),
        ("hostname", "outlet"),
        ("source_domain", "outlet"),
        ("portal", "outlet"),
        ("author_name", "reporter"),
        ("dc:creator", "reporter"),
        ("isiberita", "text"),
        ("maintext", "text"),
        ("content:encoded", "text"),
        ("articleBody", "text"),
    ],
)
def test_usual_names_are_recognised(name: str, field: str) -> None:
    assert read({name: "x"}) == {field: "x"}


@pytest.mark.parametrize(
    "name",
    [
        "date_download",
        "waktu_scraping",
        "scraped_at",
        "crawl_date",
        "date_modify",
        "updated_at",
        "last-modified",
        "dateModified",
        "filedate",
        "tanggal_akses",
        "collect_date",
        "seendate",
        "diperbarui",
        "post_modified",
        "inserted_at",
    ],
)
def test_a_time_of_scraping_or_changing_is_no_date(name: str) -> None:
    assert read({name: "2024-01-03"}) == {}
    assert is_time_of_handling(name)


def test_no_name_of_a_date_is_one_of_a_time_of_handling() -> None:
    assert [name for name in NAMES["date"] if is_time_of_handling(name)] == []


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Tanggal muat (WIB)", "date"),
        ("Hari, Tanggal", "date"),
        ("newsTime", "date"),
        ("konten_lengkap", "text"),
        ("Content (full)", "text"),
        ("cleaned_content", "text"),
        ("asal media", "outlet"),
        ("nama rubrik", "section"),
        ("sub_category", "section"),
        ("Author(s)", "reporter"),
        ("author/s", "reporter"),
        ("article_authors", "reporter"),
        ("judul_lengkap", "title"),
        ("link_sumber", "url"),
    ],
)
def test_names_that_no_list_has_are_told_by_their_words(name: str, field: str) -> None:
    assert read({name: "Isi."}) == {field: "Isi."}


@pytest.mark.parametrize(
    "name",
    [
        "tanggal_lahir",
        "isi_komentar",
        "waktu_baca",
        "date_id",
        "author_url",
        "judul_foto",
        "isi2",
        "scraped_date",
        "nama",
    ],
)
def test_a_name_with_any_other_word_stands_for_nothing(name: str) -> None:
    assert read({name: "Isi."}) == {}


def test_a_listed_name_comes_before_one_that_is_told_by_its_words_and_a_summary_after_it() -> None:
    assert read({"konten_lengkap": "B.", "isi": "A."})["text"] == "A."
    assert read({"ringkasan": "C.", "konten_lengkap": "B."})["text"] == "B."


def test_an_address_in_place_of_the_source_is_the_address() -> None:
    address = "https://nasional.kompas.com/read/2019/08/05/14300001/harga-naik"
    assert read({"source": address, "source-hostname": "Kompas.com"})["url"] == address
    assert read({"guid": address, "text": "isi"})["url"] == address
    assert "url" not in read({"source": "https://www.kompas.com/"})


def test_the_text_that_is_not_empty_counts() -> None:
    assert read({"text": "", "maintext": "isi", "description": "ringkas"}) == {"text": "isi"}
    assert read({"text": "nan", "isi": "isi"}) == {"text": "isi"}


def test_no_name_stands_for_two_fields() -> None:
    plain = [normalized(name) for names in NAMES.values() for name in names]
    assert len(plain) == len(set(plain))


def test_the_first_name_that_is_not_empty_counts() -> None:
    assert read({"content": "isi", "text": " "}) == {"text": "isi"}
    assert read({"content": "isi", "text": "teks"}) == {"text": "teks"}


def test_values_may_be_lists_and_numbers_and_what_is_nested_is_ignored() -> None:
    found = {"id": 17, "date": 2018, "author": ["Ani", None, "Budi"], "title": {"a": 1}, "place": True, "url": None}
    assert read(found) == {"id": "17", "date": "2018", "reporter": "Ani; Budi"}
    assert read({"text": ["Satu.", "Dua."], "editor": float("nan")}) == {"text": "Satu.\nDua."}


def test_a_mapping_wins_over_recognition() -> None:
    found = {"text": "ringkasan", "story_body": "isi", "title": "judul"}
    assert read(found, {"text": "Story Body"}) == {"text": "isi", "title": "judul"}
    assert read(found, {"title": "text", "text": "story_body"}) == {"text": "isi", "title": "ringkasan"}
    assert "text" not in read({**found, "text_of_day": ""}, {"text": "text_of_day"})


def test_names_of_other_files_are_read_as_if_there_were_no_mapping() -> None:
    assert read({"isi": "isi", "tanggal": "2020"}, {"text": "naskah", "date": "rilis"}) == {
        "text": "isi",
        "date": "2020",
    }


def test_a_field_may_have_several_names_in_a_mapping() -> None:
    mapping = {"date": ("tgl rilis", "dirilis")}
    assert read({"Tgl Rilis": "2020", "date": "1999"}, mapping) == {"date": "2020"}
    assert read({"dirilis": "2021", "date": "1999"}, mapping) == {"date": "2021"}


def test_an_unknown_field_in_a_mapping_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownField, match=r"'headlines'.*title") as raised:
        FieldMapper({"headlines": "x"})
    assert isinstance(raised.value, ValueError)
    assert all(field in str(raised.value) for field in FIELDS)
