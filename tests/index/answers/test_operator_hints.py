"""Operator hints: small words between words that may be meant as operators."""

import pytest

from index.answers.hints.operator_hints import operator_hint
from index.query.language import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("korupsi atau suap", "korupsi OR suap"),
        ("kasus korupsi or suap di kpk", "kasus (korupsi OR suap) di kpk"),
        ("beras atau jagung atau kedelai naik", "(beras OR jagung OR kedelai) naik"),
        ('"kim jong un" atau (trump OR pompeo)', '"kim jong un" OR (trump OR pompeo)'),
        ("hidup dan mati", "hidup mati"),
        ("harga near beras naik", '"harga beras"~~10 naik'),
        ("Singapura OR (beras atau jagung)", "Singapura OR (beras OR jagung)"),
        ('"kim un" near trump', None),
        ("atau korupsi", None),
        ("korupsi atau", None),
        ("korupsi OR suap", None),
        ("judul:(dan)", None),
        ('"hidup atau mati"', None),
    ],
)
def test_a_small_operator_between_words_is_offered_as_one(text: str, expected: str | None) -> None:
    hint = operator_hint(text)
    assert (hint.text if hint else None) == expected
    assert hint is None or parse(hint.text)
