"""Planted copies among real articles are found, and instances of one template are not taken for copies."""

from itertools import pairwise
from random import Random

import pytest

from quality import copies
from tests import SHARED_DATA
from tests.archive.copies.planted_copies import EDITS, Edit, version

TEXT = [
    f"Kalimat {number} menyebut 1{number} orang. Lalu datang lagi warga lain di desa itu. " * 12 for number in range(9)
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_every_edit_changes_a_text_and_the_same_way_each_time(edit: Edit) -> None:
    made = [edit(list(TEXT), Random(2), ["Pasar di kota sebelah ramai."]) for _ in range(2)]
    assert made[0] == made[1] != TEXT


def test_versions_differ_from_one_another() -> None:
    made = [version(TEXT, Random(seed), ["Pasar ramai."]) for seed in range(4)]
    assert all(one != other for one, other in pairwise(made))


def test_planted_copies_are_found_and_templates_are_left() -> None:
    if not (SHARED_DATA / "news.jsonl.gz").exists():
        pytest.skip("the shared news articles are not here")
    found = copies.measure(SHARED_DATA, one_in=24)  # `make quality` takes four times as many
    planted, judged = found["planted"], found["judged"]
    assert isinstance(planted, dict)
    assert isinstance(judged, dict)
    assert planted["precision"] >= 0.98
    assert planted["recall"] >= 0.95
    assert judged["stranger_folded"] <= 0.45
    assert judged["template_folded"] <= 0.03
    assert judged["copy_folded"] >= 0.95
