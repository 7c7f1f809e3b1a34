"""Common field names are recognized, and an explicit mapping covers the rest."""

from collections.abc import Mapping

import pytest

from archive.reading.field_names import FIELDS, NAMES, FieldMapper, UnknownField


def read(found: Mapping[str, object], mapping: dict[str, str] | None = None) -> dict[str, str]:
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
        ("Kantor Berita", "agency"),
        ("pewarta", "reporter"),
        ("by", "reporter"),
        ("penyunting", "editor"),
        ("lokasi", "place"),
        ("tautan", "url"),
        ("Article-ID", "id"),
    ],
)
def test_usual_names_are_recognised(name: str, field: str) -> None:
    assert read({name: "x"}) == {field: "x"}


def test_no_name_stands_for_two_fields() -> None:
    plain = [name.replace("_", "") for names in NAMES.values() for name in names]
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
    assert "text" not in read(found, {"text": "missing"})


def test_an_unknown_field_in_a_mapping_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownField, match=r"'headlines'.*title") as raised:
        FieldMapper({"headlines": "x"})
    assert isinstance(raised.value, ValueError)
    assert all(field in str(raised.value) for field in FIELDS)
