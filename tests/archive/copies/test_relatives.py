"""The relation of two articles is computed once, and not at all for texts of monstrous length."""

from dataclasses import replace

import pytest

from archive.article import Article, Passage, Role
from archive.copies import relatives as module
from archive.copies.relations import Relation
from archive.copies.relatives import LONGEST_COMPARED, is_longer, relatives
from archive.copies.stories import NO_STORIES

TEXT = " ".join(f"kata{'abcdefghij'[number % 10]}{'klmnopqrst'[number // 10]}" for number in range(100))


def an_article(id_: str, text: str) -> Article:
    return Article(id_, id_, False, text, (Passage(0, len(text), Role.BODY),), id_, id_)


def test_a_relation_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    usual = module.compare_bodies

    def counted(*bodies: tuple[str, ...]) -> Relation:
        nonlocal compared
        compared += 1
        return usual(*bodies)

    monkeypatch.setattr(module, "compare_bodies", counted)
    monkeypatch.setattr(module, "_computed", {})
    one, other = an_article("a", TEXT), an_article("b", TEXT + " dan satu kalimat lagi di akhir")
    first, again = (relatives(NO_STORIES, one, [other])[0] for _ in range(2))
    assert first == again
    assert first.longer
    assert compared == 1
    changed = replace(other, text=other.text.replace("kalimat", "tulisan"))
    relatives(NO_STORIES, one, [changed])
    assert compared == 2


def test_the_computed_relations_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_computed", {})
    monkeypatch.setattr(module, "COMPUTED_KEPT", 5)
    for number in range(12):
        relatives(NO_STORIES, an_article("a", TEXT), [an_article("b", f"{TEXT} {number}")])
    assert len(module._computed) == 5


def test_texts_of_monstrous_length_are_related_through_their_lead_only() -> None:
    long = an_article("long", "kata " * LONGEST_COMPARED)
    (found,) = relatives(NO_STORIES, long, [an_article("b", TEXT)])
    assert found.relation is Relation.NONE
    assert not found.longer
    assert is_longer(long, an_article("b", TEXT))
