"""Old and variant spellings lead to each other, and no word is confused with another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.meanings.spellings import spelling_variants

PAIRS = [
    ("soeharto", "suharto"),
    ("soekarno", "sukarno"),
    ("soekarnoputri", "sukarnoputri"),
    ("aktifitas", "aktivitas"),
    ("praktek", "praktik"),
    ("nasehat", "nasihat"),
    ("ijin", "izin"),
    ("nopember", "november"),
    ("pebruari", "februari"),
    ("propinsi", "provinsi"),
    ("cina", "tiongkok"),
    ("hoax", "hoaks"),
    ("afghanistan", "afganistan"),
    ("staff", "staf"),
    ("djakarta", "jakarta"),
    ("tjahjono", "cahyono"),
    ("widjaja", "wijaya"),
    ("rahardjo", "raharjo"),
    ("sjamsoeddin", "syamsuddin"),
    ("soesatyo", "susatyo"),
    ("tjahyono", "cahyono"),
]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_an_old_spelling_and_todays_name_each_other(old: str, new: str) -> None:
    assert new in spelling_variants(old)
    assert old in spelling_variants(new)


@pytest.mark.parametrize("word", ["saja", "raja", "gajah", "jarum", "cahaya", "kuman", "gus", "goes", "joel", "anak"])
def test_words_that_rules_would_confuse_keep_their_meaning(word: str) -> None:
    confused = {"saya", "raya", "gadjah", "djarum", "tjahaja", "koeman", "goes", "gus", "jul"}
    assert not confused & set(spelling_variants(word))


@given(st.text(alphabet="acdejnosuy", max_size=12))
def test_no_spelling_is_the_word_itself_and_none_comes_twice(word: str) -> None:
    found = spelling_variants(word)
    assert word not in found
    assert len(set(found)) == len(found)


def test_shipped_variants_know_one_another() -> None:
    assert set(spelling_variants("salat")) >= {"shalat", "sholat"}
    assert set(spelling_variants("sholat")) >= {"salat", "shalat"}
