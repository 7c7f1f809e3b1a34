"""What a query with very many occurrences costs: it is refused before they are read, and read in blocks."""

from pathlib import Path

import pytest

from index.concordance import LineOrder, Lines, TooManyPlaces
from index.embedded.columnar.format.arrays import Array
from index.embedded.concordance import blocks, lines, occurrences, sampling, word_counts
from index.engine import Engine
from index.opening import open_engine
from index.query.request import Query
from index.word_statistics import CollocatesWanted, WordKind
from tests.contract.engine_contract import an_article, build

QUERIES = (
    "beras",
    "beras OR ber*",
    '"beras putih" OR putih',
    "putih NEAR/3 beras",
    "tiru",
    "title:beras",
    "beras -merah",
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(tmp_path)
    texts = ("beras putih beras", "berasnya meniru-nirukan beras putih", "putih merah beras", "ia meniru beras")
    build(engine, *(an_article(f"{number}", f"{texts[number % 4]} " * 3, title="Beras") for number in range(12)))
    with engine.build() as building:
        building.remove("4")
        building.add(an_article("later", "beras putih " * 5))
    return engine


def test_blocks_change_neither_lines_nor_a_sample(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [(Query(text), Lines(LineOrder.DATE, sample=sample)) for text in QUERIES for sample in (None, 5)]
    whole = [engine.concordance(query, wanted) for query, wanted in asked]
    monkeypatch.setattr(blocks, "AT_ONCE", 7)
    monkeypatch.setattr(sampling, "MIXED_AT_ONCE", 3)
    for (query, wanted), before in zip(asked, whole, strict=True):
        assert before.total, query
        assert engine.concordance(query, wanted) == before, query


@pytest.mark.parametrize("by", WordKind)
def test_pieces_change_no_words_around(engine: Engine, by: WordKind, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [(Query(text), CollocatesWanted(window=1, by=by, least=1)) for text in (*QUERIES, "tidakada")]
    whole = [engine.collocates(query, wanted) for query, wanted in asked]
    assert sum(len(found.words) for found in whole) > 3
    monkeypatch.setattr(word_counts, "AT_ONCE", 6)
    for (query, wanted), before in zip(asked, whole, strict=True):
        assert engine.collocates(query, wanted) == before, query


def test_what_is_too_much_is_refused_before_a_position_is_read(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "AT_ONCE", 7)
    monkeypatch.setattr(blocks, "MOST_FOUND", 20)
    monkeypatch.setattr(occurrences, "block_keys", lambda *_: pytest.fail("positions are read"))
    for text in ("beras", "beras*", '"beras putih beras"', "beras OR putih"):
        with pytest.raises(TooManyPlaces):
            engine.concordance(Query(text), Lines(sample=5))
        with pytest.raises(TooManyPlaces):
            engine.collocates(Query(text), CollocatesWanted())


def test_only_articles_that_match_count_towards_the_bound(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "AT_ONCE", 7)
    monkeypatch.setattr(blocks, "MOST_FOUND", 30)
    assert engine.concordance(Query("beras merah"), Lines(sample=5)).lines == 5


def test_reading_ends_with_the_block_in_which_the_places_become_too_many(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "AT_ONCE", 7)
    monkeypatch.setattr(lines, "MOST_PLACES", 9)
    read = []
    keys = occurrences.block_keys

    def counted(block: blocks.Block, field: str, numbers: Array) -> occurrences.Keys:
        read.append(field)
        return keys(block, field, numbers)

    monkeypatch.setattr(occurrences, "block_keys", counted)
    with pytest.raises(TooManyPlaces) as refused:
        engine.concordance(Query("beras", expand=False), Lines())
    assert len(read) <= 3
    assert refused.value.places > 30, "it tells about all of them"
    assert engine.concordance(Query("beras"), Lines(sample=9)).lines == 9, "a sample is the remedy"
