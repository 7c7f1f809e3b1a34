"""Charset detection yields the intended text, and text repair fixes mojibake."""

import io

import pytest
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.decoding import decode, decode_lines, is_binary
from archive.reading.text_repair import HARMLESS, repair_text
from tests import SAMPLES

SENTENCE = "Menteri Susi berkata: “Kapal – 12 buah – ditenggelamkan…” © Antara, kafé"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_comes_back_from_every_usual_encoding(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE
    assert list(decode_lines(io.BufferedReader(io.BytesIO(f"{SENTENCE}\n{SENTENCE}".encode(encoding))))) == [
        SENTENCE + "\n",
        SENTENCE,
    ]


def test_what_is_not_windows_1252_is_detected() -> None:
    sentence = "Президент Индонезии Джоко Видодо прибыл в Москву с официальным визитом. " * 4
    assert decode(sentence.encode("cp1251")) == sentence


def test_a_page_may_declare_its_encoding_but_utf_8_is_believed_first() -> None:
    assert decode("Łódź".encode("iso8859-2"), "iso-8859-2") == "Łódź"
    assert decode("“Łódź”".encode(), "iso-8859-1") == "“Łódź”"
    assert decode("“kafé”".encode("cp1252"), "no-such-encoding") == "“kafé”"
    assert decode("“kafé”".encode("cp1252"), "base64") == "“kafé”"


def test_lines_of_one_file_may_be_in_different_encodings() -> None:
    mixed = "“satu”\n".encode() + "“dua”\n".encode("cp1252") + "“tiga”".encode()
    assert list(decode_lines(io.BufferedReader(io.BytesIO(mixed)))) == ["“satu”\n", "“dua”\n", "“tiga”"]


@pytest.mark.parametrize("head", [b"%PDF-1.4", b"PK\x03\x04zip", b"\x89PNG\r\n", b"abc\0def", bytes(range(1, 256))])
def test_binary_files_are_known(head: bytes) -> None:
    assert is_binary(head)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252"])
def test_text_is_not_binary(encoding: str) -> None:
    assert not is_binary(SENTENCE.encode(encoding))


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("Copyright Â© ANTARA 2018", "Copyright © ANTARA 2018"),
        ("kata â€œdamaiâ€\x9d itu", "kata “damai” itu"),
        ("sebagai ‚Äúone of‚Äù kata", "sebagai “one of” kata"),
        ("ukuran 3 √ó 4,\nlalu ‚Äúkata‚Äù", "ukuran 3 × 4,\nlalu “kata”"),
        ("&quot;Ya,&quot; kata Tom &amp; Jerry", '"Ya," kata Tom & Jerry'),
        ("&amp;quot;Ya&amp;quot;", '"Ya"'),
        ("baris\r\nlain\rlagi\u2028akhir", "baris\nlain\nlagi\nakhir"),
        ("\x93Halo\x94", "“Halo”"),
        ("nol\0 lonceng\x07 \x1b[31mmerah\x1b[0m", "nol lonceng merah"),
        ("setengah \ud83d huruf", "setengah \ufffd huruf"),
        ("\r\n’", "\n’"),
    ],
)
def test_damage_is_mended(damaged: str, whole: str) -> None:
    assert repair_text(damaged) == whole


@pytest.mark.parametrize(
    "sound",
    [
        "‘tunggal’ “ganda”",
        "ﬁlm ｗｉｄｅ",
        "cafe\u0301 café",
        "<p>a &amp; b</p>",
        "R&D; AT&T",
        "à la carte",
        "漢字 عربي",
    ],
)
def test_what_the_writer_meant_stays(sound: str) -> None:
    assert repair_text(sound) == sound


@given(st.text(alphabet=[*map(chr, range(32, 127)), *HARMLESS[5:], "\n", "\t"], max_size=60))
def test_no_damage_consists_of_harmless_characters_alone(text: str) -> None:
    assert not is_bad(text)


@given(st.binary(max_size=300), st.none() | st.text(max_size=12))
def test_any_bytes_give_some_text_that_can_be_stored(raw: bytes, declared: str | None) -> None:
    repair_text(decode(raw, declared)).encode()


@given(st.text() | st.text(alphabet="aÂÃâ€œ™©‚Äú√ \x1b[\x1f\x85\r\n&;amp"))
def test_mended_text_can_be_stored_and_has_no_controls(text: str) -> None:
    whole = repair_text(text)
    whole.encode()
    assert "\r" not in whole
    assert "\0" not in whole


def test_real_articles_keep_all_that_is_sound() -> None:
    for path in SAMPLES.glob("00*.txt"):
        assert repair_text(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8")
