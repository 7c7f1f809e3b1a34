"""Indexes with the same id give the same answers, however they came to be, but for the order of indexing."""

from pathlib import Path

import numpy as np
import pytest

from index.embedded.columnar.adapter import bulk_writer
from index.opening import open_engine
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.index.embedded.histories import try_histories


@pytest.mark.parametrize("merging", [True, False])
@pytest.mark.parametrize(("histories", "asked", "size"), [(1, 150, 250), (2, 50, 40)])
def test_an_index_that_was_edited_answers_as_one_built_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, merging: bool, histories: int, asked: int, size: int
) -> None:
    if not merging:
        monkeypatch.setattr(bulk_writer, "to_merge", lambda _sizes, _deleted: ())
    report = try_histories(tmp_path, histories=histories, asked=asked, size=size, seed=3)
    assert report.failed == []
    assert report.compared == histories * asked


def test_a_deleted_article_weighs_nothing_in_scores(tmp_path: Path) -> None:
    edited, fresh = open_engine(tmp_path / "edited"), open_engine(tmp_path / "fresh")
    kept = [an_article("a", "beras naik"), an_article("b", "harga beras itu naik lagi"), an_article("c", "jagung")]
    build(edited, *kept, an_article("d", "beras beras " * 50))
    with edited.build() as building:
        building.remove("d")
    build(fresh, *kept)
    assert edited.info().id == fresh.info().id
    assert len(edited.snapshot().generation.columns) == 4  # type: ignore[attr-defined]  # nothing was merged
    for text in ("beras", "beras naik", '"beras naik"', "ber*", "naik OR -beras"):
        one, other = ([(hit.article.id, hit.score) for hit in e.find(Query(text)).matches] for e in (edited, fresh))
        assert one == other


def test_segments_without_deletions_use_no_masks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_writer, "to_merge", lambda _sizes, _deleted: ())
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "beras naik"), an_article("b", "beras"))
    build(engine, an_article("c", "beras"), an_article("d", "beras"))
    with engine.build() as building:
        building.remove("d")
    generation = engine.snapshot().generation  # type: ignore[attr-defined]
    assert [live is None for _, live in generation.terms._segments] == [True, False]
    assert np.array_equal(generation.terms.posting("stem", "beras").documents, generation.columns.everything)


def test_the_articles_with_a_stem_are_counted_whether_or_not_some_were_removed(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "beras naik"), an_article("b", "beras"))
    build(engine, an_article("c", "beras"))
    having = engine.snapshot().vocabulary().articles_with_stem
    assert [having(stem) for stem in ("beras", "naik", "jagung")] == [3, 1, 0]
    with engine.build() as building:
        building.remove("b")
    assert engine.snapshot().vocabulary().articles_with_stem("beras") == 2
