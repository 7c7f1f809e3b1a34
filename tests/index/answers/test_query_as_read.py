"""A query as it was read is itself a query, which is read the same."""

import pytest

from index.answers.exporting.query_as_read import as_read
from index.expansion.query_expansion import parse_and_expand
from index.query.language import parse
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ""),
        ("Harga  beras", "harga beras"),
        ("beras (jagung ATAU kedelai)", "beras (jagung OR kedelai)"),
        ("-(a OR b) NOT cab*", "-(a OR b) -cab*"),
        ('"Kim Jong-un" =temu "satu dua"~5', '"kim jong un" =temu "satu dua"~5'),
        ('judul:=temu =(a OR "b") -=c', 'title:=temu ("a" OR "b") -=c'),
        ("nuklir NEAR/5 sanksi", '"nuklir sanksi"~~5'),
        ('judul:harga media:"jawa pos" outlet:komp*', 'title:harga outlet:"jawa pos" outlet:komp*'),
        (
            "date:2018-05 tanggal:2019.. date:2018-05-31",
            "date:2018-05-01..2018-05-31 date:2019-01-01.. date:2018-05-31",
        ),
    ],
)
def test_a_query_is_told_as_a_query_that_is_read_the_same(text: str, read: str) -> None:
    assert as_read(parse(text), text) == read
    assert as_read(parse(read), read) == read


def test_what_was_searched_beside_it_is_told_and_what_was_only_offered_is_not() -> None:
    engine = MemoryEngine()
    build(engine, *(an_article(f"{n}", "Korea Utara (Korut) dan Korut") for n in range(3)), an_article("x", "harga"))
    tree = parse_and_expand(Query("harga Korut -beras"), engine.meanings())
    assert as_read(tree) == 'harga (korut OR "korea utara") -beras'
    assert engine.find(Query(as_read(tree), expand=False)).articles == engine.find(Query("harga Korut -beras")).articles
