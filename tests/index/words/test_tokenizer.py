"""The tokenizer: what counts as a word, how it is folded, and its offsets in the text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from index.words.tokenizer import forms_and_units, iter_runs, run_tokens, token_spans, tokenize

MIXED = some.text(some.sampled_from("aBné\u0301’'ʼ-‐‑_.,:/ 019Rp$ﬁßİ½ﷺ\u00ad\u200c(\ud800ケ゛"))


def spelt(text: str) -> list[str]:
    return [token.form for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korea Utara", ["korea", "utara"]),
        ("Jum'at, Ma’ruf; Maʼruf", ["jumat", "maruf", "maruf"]),
        ("café CAFE\u0301 Ｔｅｓ ﬁlm", ["cafe", "cafe", "tes", "film"]),
        ("'tawaran' “AS”", ["tawaran", "as"]),
        ("1,5 12.000 3.000.000,50 10.30.", ["1,5", "12.000", "3.000.000,50", "10.30"]),
        ("Rp12.000 rp1,5 US$5", ["rp", "12.000", "rp", "1,5", "us", "5"]),
        ("2018,karena satu,dua", ["2018", "karena", "satu", "dua"]),
        ("Kamis (2/7)", ["kamis", "2", "7"]),
        ("nama_berkas a.b@media.co.id", ["nama", "berkas", "a", "b", "media", "co", "id"]),
        ("Jakarta–Bandung Covid-19", ["jakarta", "bandung", "covid", "19"]),
        ("!!! & ʼ _", []),
    ],
)
def test_words_are_folded_and_punctuation_separates(text: str, expected: list[str]) -> None:
    assert spelt(text) == expected


@pytest.mark.parametrize("name", ["Kim Jong-un", "Kim Jong Un", "Kim Jong-Un", "KIM JONG‑UN", "kim jong‐un"])
def test_a_name_is_one_however_its_hyphen_is_written(name: str) -> None:
    assert spelt(name) == ["kim", "jong", "un"]


def test_parts_of_a_hyphenated_word_remember_the_whole() -> None:
    assert [(token.form, token.unit) for token in tokenize("Anak‑anak antar-Korea KTP-nya besar")] == [
        ("anak", "anak-anak"),
        ("anak", "anak-anak"),
        ("antar", "antar-korea"),
        ("korea", "antar-korea"),
        ("ktp", "ktp-nya"),
        ("nya", "ktp-nya"),
        ("besar", "besar"),
    ]


def test_offsets_point_at_the_word_as_written() -> None:
    text = "Ma’ruf “Jong-un”, Rp12.000_é"
    assert [text[token.start : token.end] for token in tokenize(text)] == ["Ma’ruf", "Jong", "un", "Rp", "12.000", "é"]


@given(some.one_of(some.text(), MIXED))
def test_words_stand_in_order_apart_and_inside_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert token.form
        end = token.end


@given(some.one_of(some.text(), MIXED))
def test_the_quick_way_finds_the_same_words(text: str) -> None:
    assert forms_and_units(text) == [(token.form, token.unit) for token in tokenize(text)]
    assert [part.form for run, _ in iter_runs(text) for part in run_tokens(run)] == spelt(text)


@given(some.one_of(some.text(), MIXED), some.integers(0, 3), some.integers(0, 200), some.integers(0, 9))
def test_some_words_are_found_as_in_the_whole_text(text: str, times: int, first: int, count: int) -> None:
    long = f"{text} kata Rp5 Jong-un " * 40 * times + text
    every = [(token.start, token.end) for token in tokenize(long)]
    assert token_spans(long, first, first + count) == every[first : first + count]


@given(some.one_of(some.text(), MIXED))
@example("RP¼")
def test_a_form_is_a_word_that_folds_to_itself(text: str) -> None:
    for form, unit in forms_and_units(text):
        assert forms_and_units(form) == [(form, form)]
        assert {whole for _, whole in forms_and_units(unit)} == {unit}
