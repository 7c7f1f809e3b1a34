"""The rules that decide the relation of two texts give the intended relation in each case."""

import random

import numpy as np
import pytest

from archive.copies.comparing.pair_comparison import overlap
from archive.copies.comparing.pair_evidence import EVIDENCE
from archive.copies.fingerprints import fingerprint
from archive.copies.relations import RELATIONS, SAME_STORY, ComparedPairs, Relation, relations

WORDS = ("harga", "warga", "kota", "besar", "jalan", "air", "hutan", "kebun", "pasar", "sekolah", "guru", "desa")
SCHEDULE = (
    "Jadwal Piala Dunia hari ini, {day}, di stadion utama: {home} bertemu {away} pada laga pertama penyisihan grup "
    "yang disiarkan langsung. Penonton dapat menyaksikan pertandingan itu di layar lebar alun-alun kota, dan panitia "
    "meminta mereka datang lebih awal karena jalan menuju tempat itu ditutup sejak sore. Tiket dijual di loket resmi."
)


def text(seed: object, count: int) -> str:
    chosen = random.Random(str(seed))
    return " ".join(chosen.choice(WORDS) + "".join(chosen.choices("aeiou", k=4)) for _ in range(count))


def between(left: str, right: str) -> Relation:
    one, other = fingerprint([left]), fingerprint([right])
    evidence = overlap(one.words, other.words).reshape(1)
    pair = ComparedPairs(np.array([0]), np.array([1]), np.array([one.size, other.size]), evidence)
    return RELATIONS[int(relations(pair)[0])]


def counted(shared: int, left: int, right: int) -> Relation:
    evidence = np.zeros(1, EVIDENCE)
    evidence["shared"] = shared
    evidence["opening"] = evidence["beginning"] = 100
    pair = ComparedPairs(np.array([0]), np.array([1]), np.array([left, right]), evidence)
    return RELATIONS[int(relations(pair)[0])]


@pytest.mark.parametrize(
    ("shared", "left", "right", "expected"),
    [
        (100, 100, 100, Relation.IDENTICAL),
        (80, 80, 100, Relation.EDITED),
        (8, 9, 9, Relation.EDITED),
        (60, 100, 100, Relation.EDITED),
        (59, 100, 100, Relation.PASSAGES),
        (60, 100, 200, Relation.CUT),
        (60, 100, 240, Relation.PASSAGES),
        (60, 61, 241, Relation.PASSAGES),
        (100, 101, 900, Relation.CUT),
        (30, 300, 300, Relation.PASSAGES),
        (29, 30, 60, Relation.NONE),
        (0, 3, 4, Relation.NONE),
    ],
)
def test_how_much_is_shared_decides(shared: int, left: int, right: int, expected: Relation) -> None:
    assert counted(shared, left, right) is counted(shared, right, left) is expected


def test_only_identical_edited_and_cut_texts_make_a_story() -> None:
    assert set(SAME_STORY) == {Relation.IDENTICAL, Relation.EDITED, Relation.CUT}


def test_a_schedule_of_another_day_is_no_copy() -> None:
    wednesday = SCHEDULE.format(day="Rabu", home="Brasil", away="Serbia")
    assert between(wednesday, SCHEDULE.format(day="Jumat", home="Portugal", away="Spanyol")) is Relation.TEMPLATE


def test_a_schedule_told_in_other_words_is_a_copy() -> None:
    wednesday = SCHEDULE.format(day="Rabu", home="Brasil", away="Serbia")
    assert between(wednesday, wednesday.replace("lebih awal", "sebelum malam")) is Relation.EDITED


def test_prices_of_another_day_are_no_copy() -> None:
    form = text("form", 40) + " harga {} naik dari {} menjadi {} dan dibeli {} per gram, sebelumnya {} "
    form += text("end", 40)
    assert between(form.format(1, 22, 33, 44, 55), form.format(6, 77, 88, 99, 10)) is Relation.TEMPLATE


def test_one_number_brought_up_to_date_leaves_a_copy() -> None:
    story = text("story", 60) + " korban tewas {} orang " + text("more", 60)
    assert between(story.format(12), story.format(14)) is Relation.EDITED


def test_the_weather_of_another_town_is_no_copy() -> None:
    form = " ".join(f"{text(place, 12)} {{}} {{}} {{}}" for place in range(9))
    chances = map(random.Random, (1, 2))
    towns, others = (["".join(chance.choices("AEIOU", k=9)) for _ in range(27)] for chance in chances)
    assert between(form.format(*towns), form.format(*others)) is Relation.TEMPLATE


def test_a_paragraph_of_others_in_a_long_text_is_no_copy_of_a_short_one() -> None:
    paragraph = text("paragraph", 50)
    assert between(paragraph, f"{text('long', 300)} {paragraph}") is Relation.PASSAGES


def test_words_differ_by_kind_whatever_their_case() -> None:
    left, right = "a b c d e f g Rabu 12 x y z p q r s", "a b c d e f g kamis 13 x y z p q r s"
    found = overlap(*(fingerprint([words]).words for words in (left, right)))
    assert [int(found[name]) for name in ("changed", "numbers", "days", "varied")] == [2, 1, 1, 2]


def test_where_texts_agree_is_told_in_parts() -> None:
    left, right = text("one", 128), text("other", 64)
    half = " ".join([*left.split()[:64], *right.split()])
    found = overlap(*(fingerprint([words]).words for words in (left, half)))
    parts = int(found["left_parts"])
    assert parts & 0x3FFFFFFF == 0x3FFFFFFF
    assert parts >> 32 == 0
