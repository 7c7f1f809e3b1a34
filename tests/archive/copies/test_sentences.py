"""Texts are split into sentences where readers would, without losing a word, in time that grows with their length."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.copies.sentences import LONGEST_SENTENCE, sentences, sentences_of


@pytest.mark.parametrize(
    "text",
    [
        "Menurut H. Zaini dari Jl. Langko No. 5, warga sudah menunggu.",
        "Ia bertemu Prof. Dr. Ir. Budi S. Hartono, M.Si. di kampus.",
        "Biayanya Rp1.450.000 untuk 2,5 hektare, s.d. Desember.",
        "tanpa huruf besar. tanpa akhir kalimat",
        "Naik 3.5 persen pada pukul 14.40 WIB",
    ],
)
def test_full_stops_within_a_sentence_end_none(text: str) -> None:
    assert sentences(text) == (text,)


def test_sentences_end_before_capitals_digits_and_quotation_marks() -> None:
    first, second, third = (
        "Harga naik lagi pekan ini!",
        "“Kami tidak sanggup membelinya,” kata warga.",
        "12 orang sudah melapor ke dinas.",
    )
    assert sentences(f"{first} {second} {third}") == (first, second, third)


def test_a_lost_line_break_ends_a_sentence() -> None:
    assert sentences("Harga naik lagi pekan ini.Warga mengeluh di pasar.") == (
        "Harga naik lagi pekan ini.",
        "Warga mengeluh di pasar.",
    )


def test_a_very_short_sentence_belongs_to_the_one_before_it() -> None:
    assert sentences("Harga beras naik lagi pekan ini. Kata dia. Warga mengeluh di semua pasar.") == (
        "Harga beras naik lagi pekan ini. Kata dia.",
        "Warga mengeluh di semua pasar.",
    )


SAID = "warga desa di tepi sungai besar itu sudah lama mengeluh kepada pemerintah daerah"


def test_a_text_in_small_letters_is_split_at_its_full_stops() -> None:
    parts = tuple(f"{SAID} lewat dr. budi nomor {place}." for place in range(5))
    assert sentences(" ".join(parts)) == parts


def test_a_text_without_full_stops_is_split_before_words_that_begin_a_sentence() -> None:
    parts = (f"Kepala Dinas Dalam Negeri dan {SAID}", f"Di tempat lain {SAID}", f"Menurut Bupati {SAID}", f"Itu {SAID}")
    assert sentences(" ".join(parts)) == parts


def test_a_long_text_without_full_stops_and_capitals_is_split_into_clauses() -> None:
    parts = tuple(f"{SAID}," for _ in range(5))
    assert sentences(" ".join(parts)) == parts


def test_a_text_without_any_mark_is_split_after_so_many_words() -> None:
    words = [f"kata{place}" for place in range(2 * LONGEST_SENTENCE + 3)]
    assert [len(part.split()) for part in sentences(" ".join(words))] == [LONGEST_SENTENCE, LONGEST_SENTENCE, 3]


@given(st.lists(st.text(alphabet='aB. !?”"1,()\n', max_size=80), max_size=4))
def test_no_letter_is_lost_or_moved(paragraphs: list[str]) -> None:
    joined = "".join("".join(paragraphs).split())
    assert "".join("".join(sentences_of(paragraphs)).split()) == joined
    assert all(sentence.strip() for sentence in sentences_of(paragraphs))


@pytest.mark.parametrize(
    "text",
    [
        "." * 150_000,
        "A. " * 50_000,
        "Ya. " * 100_000,
        "Satu dua. " * 15_000,
        "!”" * 75_000,
        "Ab" * 75_000,
        "a, " * 50_000,
    ],
)
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    started = time.process_time()
    sentences(text)
    assert time.process_time() - started < 1
