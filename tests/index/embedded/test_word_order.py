"""Lines in context and the words around come from the words in order, in every form that a segment may hold them."""

from pathlib import Path

import numpy as np
import pytest

from index.concordance import LineOrder, Lines
from index.embedded.columnar.adapter import bulk_writer
from index.embedded.columnar.format.string_lists import TooLarge
from index.embedded.columnar.postings import word_order
from index.embedded.columnar.postings.inversion import HIGHEST_COUNT
from index.embedded.columnar.postings.word_order import SlotLayout, write_order
from index.embedded.concordance.words_in_order import _united
from index.engine import Engine
from index.opening import open_engine
from index.query.request import Query
from index.word_statistics import CollocatesWanted, WordKind
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine

TEXTS = (
    "harga beras naik tajam di pasar\nberas di pasar itu langka",
    "beras impor tiba",
    "petani menjual beras merah dan beras putih di pasar pagi",
    "jagung dan kedelai naik",
    "pasar",
)
QUERIES = ("beras", '"di pasar"', "beras OR pasar", "judul:beras")


def _fill(engine: Engine) -> None:
    """Articles in two segments, one of them deleted; every second one has a title of its own."""
    articles = [an_article(f"{number}", text) for number, text in enumerate(TEXTS)]
    build(engine, *articles[:2], an_article("gone", "beras lama sekali di pasar"))
    build(engine, *articles[2:])
    with engine.build() as building:
        building.remove("gone")


def _answers(engine: Engine) -> list[object]:
    lines = [
        engine.concordance(Query(text), Lines(order)).places
        for text in QUERIES
        for order in (LineOrder.RIGHT, LineOrder.LEFT, LineOrder.HIT)
    ]
    around = [
        engine.collocates(Query(text), CollocatesWanted(window=window, by=kind, least=1)).words
        for text in QUERIES
        for window in (1, 20)
        for kind in WordKind
    ]
    return [[list(found) for found in lines], [list(found) for found in around]]


@pytest.mark.parametrize("merging", [True, False])
@pytest.mark.parametrize("rare", [2, 4, word_order.RARE])
def test_rarer_words_and_several_segments_give_the_same_lines_and_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, rare: int, merging: bool
) -> None:
    if not merging:
        monkeypatch.setattr(bulk_writer, "to_merge", lambda _sizes, _deleted: ())
    monkeypatch.setattr(word_order, "RARE", rare)
    engine, oracle = open_engine(tmp_path), MemoryEngine()
    for one in (engine, oracle):
        _fill(one)
    assert _answers(engine) == _answers(oracle)


def test_ranges_are_united_as_sets_are() -> None:
    chance = np.random.default_rng(7)
    for _ in range(50):
        begins = np.sort(chance.integers(0, 60, 12))
        ends = begins + chance.integers(0, 9, 12)
        wanted = sorted({number for one, other in zip(begins, ends, strict=True) for number in range(one, other)})
        assert _united(begins, ends).tolist() == wanted


def test_more_words_than_a_segment_can_number_are_refused() -> None:
    layout = SlotLayout(np.zeros(2, np.int64), np.array([HIGHEST_COUNT, 0]), 100)
    with pytest.raises(TooLarge, match="words in one segment"):
        write_order(None, None, None, layout)  # type: ignore[arg-type]  # nothing is written
