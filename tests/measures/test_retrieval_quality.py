"""The retrieval measure: the rank of the first relevant passage, for questions searched as an OR of their words."""

import json
from pathlib import Path

import pytest

from index.query.language import parse
from quality.figures import Figures
from quality.retrieval import COLLECTIONS, any_word, is_kept_aside, measure

PASSAGES = {
    "p1": "Ibu kota Jawa Barat ialah Bandung.",
    "p2": "Bandung dan Bogor, Bogor dan Bandung.",
    "p3": "Beras mahal.",
}


def write(folder: Path, questions: dict[str, tuple[str, str]]) -> None:
    for name in COLLECTIONS:
        held = folder / "retrieval" / name
        held.mkdir(parents=True)
        rows = [json.dumps({"id": id_, "text": text}) for id_, text in PASSAGES.items()]
        (held / "docs.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        asked = [json.dumps({"id": id_, "text": text}) for id_, (text, _) in questions.items()]
        (held / "queries.jsonl").write_text("\n".join(asked) + "\n", encoding="utf-8")
        judged = [f"{id_}\t0\t{answer}\t1" for id_, (_, answer) in questions.items()]
        (held / "qrels.tsv").write_text("\n".join(judged) + "\n", encoding="utf-8")


def figures(folder: Path) -> Figures:
    found = measure(folder)["facqa"]
    assert isinstance(found, dict)
    return found


def test_the_figure_is_the_mean_of_one_by_the_place_of_the_answer(tmp_path: Path) -> None:
    even = [f"q{number}" for number in range(20) if not is_kept_aside(f"q{number}")][:2]
    write(tmp_path, dict(zip(even, [("Apa ibu kota Jawa Barat?", "p1"), ("Bandung dan Bogor?", "p3")], strict=True)))
    assert figures(tmp_path) == {"mrr10": 0.5, "queries": 2}


def test_questions_used_for_tuning_are_left_out_where_there_are_others(tmp_path: Path) -> None:
    aside = next(f"q{number}" for number in range(20) if is_kept_aside(f"q{number}"))
    even = next(f"q{number}" for number in range(20) if not is_kept_aside(f"q{number}"))
    write(tmp_path, {aside: ("beras", "p3"), even: ("beras", "p1")})
    assert figures(tmp_path) == {"mrr10": 1.0, "queries": 1}


@pytest.mark.parametrize(
    "text", ["Siapa (AND) presiden: OR? NOT", "U-19 di Jong-un\u2026", "a* b" * 400, "\u201cKPK\u201d itu apa?"]
)
def test_any_question_becomes_a_query_that_can_be_read(text: str) -> None:
    assert parse(any_word(text))
