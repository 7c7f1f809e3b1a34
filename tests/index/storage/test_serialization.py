"""An article is restored as it was serialized, whole or without its text."""

from dataclasses import replace
from datetime import date

import pytest

from archive.article import Article, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind, Passage, Role
from index.storage.serialization import deserialize, deserialize_facts, serialize
from tests.contract.engine_contract import an_article

DATED = ArticleDate(date(2018, 5, 1), DatePrecision.MONTH, DateBasis.CUE, (Evidence("Mei 2018", EvidenceKind.DAY),))
TEXTS = ("", "\n", '[1,2]\n"kutip"', "satu\n\ndua\r\n", "tanpa akhir", "setengah \ud800 huruf\0", "×" * 3)


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_restored(text: str) -> None:
    roles = (Passage(0, len(text) // 2, Role.BODY), Passage(len(text) // 2, len(text), Role.BYLINE))
    article = replace(an_article("a", "isi"), text=text, passages=roles, digest="", date=DATED, reporters=("A", "B"))
    assert deserialize(serialize(article)) == article
    assert deserialize_facts(serialize(article).facts) == replace(article, text="", passages=())


def test_lines_are_restored_as_passages() -> None:
    text = "satu\n\ndua\ntiga"
    lines: Article = replace(
        an_article("a", "isi"),
        text=text,
        passages=(Passage(0, 4, Role.BODY), Passage(6, 9, Role.BODY), Passage(10, 14, Role.BODY)),
        digest="",
    )
    assert deserialize(serialize(lines), "d") == replace(lines, digest="d")
