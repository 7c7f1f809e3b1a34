"""What a build writes: stems derived from word forms, words in capitals, and the same index however it was built."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.reading.seen_ids import SeenIds
from index.embedded import manifest
from index.embedded.columnar.adapter import bulk_writer
from index.embedded.columnar.format.string_lists import pack_strings
from index.embedded.columnar.format.string_order import argsort_by_ending, argsort_strings
from index.embedded.columnar.postings import merging
from index.embedded.columnar.postings.derived_fields import UNIT_SEPARATOR
from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.columnar.postings.term_union import indices_of, union_terms
from index.embedded.inverting.preparation import TOKEN_CACHE
from index.embedded.inverting.token_cache import NONE
from index.engine import Engine, NoIndex
from index.opening import open_engine
from index.query.request import Query
from index.words import stemming
from index.words.chunking import chunks
from index.words.stemming import stem_of
from index.words.tokenizer import find_runs, forms_and_units, is_all_caps, tokenize_run
from tests.contract.engine_contract import an_article, build, ids

SAID = ["anak-anak", "anak", "meniru-nirukan", "nirukan", "tiru", "KTP-nya", "Jong-un", "un", "bertemu", "pertemuan"]
texts_said = st.lists(st.lists(st.sampled_from(SAID), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6)


def postings(engine: Engine, field: str) -> dict[tuple[str, str], int]:
    """Return (id, term) → frequency for all terms of a field."""
    generation = engine.snapshot().generation  # type: ignore[attr-defined]
    found = {}
    for reader, base in generation.leaves:
        fields = reader._terms.fields
        for number, term in enumerate(fields.terms[field]):
            posting: PostingList = fields.postings[field].of(number)
            for document, count in zip(posting.documents.tolist(), posting.counts.tolist(), strict=True):
                found[generation.columns.ids[base + document], term.decode()] = count
    return found


@pytest.mark.parametrize("builds", [1, 3])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=texts_said, portion=st.integers(1, 9))
def test_stems_made_from_written_words_are_those_of_every_word_by_itself(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    portion: int,
    builds: int,
) -> None:
    monkeypatch.setattr(merging, "PORTION", portion)
    engine = open_engine(tmp_path_factory.mktemp("index"))
    for number in range(builds):
        build(engine, *(an_article(f"{n}", text) for n, text in enumerate(texts) if n % builds == number))
    said = Counter(
        (str(n), stem_of(form, unit)) for n, text in enumerate(texts) for form, unit in forms_and_units(text)
    )
    assert postings(engine, "stem") == said
    assert list(engine.check()) == []


def test_words_in_capitals_are_kept_apart(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "AS dan KPK KPK, COVID-19, KTP-nya"), an_article("b", "as roda Kpk I"))
    assert postings(engine, "capitals") == {("a", "as"): 1, ("a", "kpk"): 2, ("a", "covid"): 1, ("a", "ktp"): 1}


def test_batches_written_as_they_come_give_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [an_article(f"{n:02}", f"Berita nomor {n} tentang anak-anak dan KPK", "2018") for n in range(12)]
    whole, apart = open_engine(tmp_path / "whole"), open_engine(tmp_path / "apart")
    build(whole, *articles)
    monkeypatch.setattr(bulk_writer, "FLUSH", 1)
    with apart.build() as building:
        for start in range(0, 12, 3):
            building.add_prepared(building.preparation(articles[start : start + 3]))
    assert whole.info().id == apart.info().id
    for field in ("exact", "stem", "capitals", "units"):
        assert postings(whole, field) == postings(apart, field)
    assert not list(tmp_path.rglob("*.batch"))


def test_when_the_rules_of_stemming_change_words_are_stemmed_again_and_no_article_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [an_article("a", "anak-anak bertemu"), an_article("b", "pertemuan KTP-nya"), an_article("c", "temu")]
    engine = open_engine(tmp_path / "one")
    build(engine, *articles[:2])
    build(engine, articles[2])
    monkeypatch.setattr(stemming, "_version", lambda _: "other")
    monkeypatch.setattr(stemming, "_stemmed", lambda unit, _: unit[:4])
    with pytest.raises(NoIndex, match=r"stemmed by other rules.*flask reindex"):
        engine.find(Query("temu"))
    with engine.build() as building:
        assert set(building.digests) == {"a", "b", "c"}
    afresh = open_engine(tmp_path / "two")
    build(afresh, *articles)
    assert engine.info().id == afresh.info().id
    assert postings(engine, "stem") == postings(afresh, "stem")
    assert {term for _, term in postings(engine, "stem")} >= {"bert", "pert"}
    assert list(engine.check()) == []


def test_a_manifest_tells_whether_its_stems_are_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "satu"))
    folder = engine.snapshot().generation.folder  # type: ignore[attr-defined]
    assert manifest.read(folder).stems_are_current
    monkeypatch.setattr(stemming, "_version", lambda _: "other")
    assert not manifest.read(folder).stems_are_current


def test_an_article_added_twice_in_a_build_is_refused(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    with pytest.raises(ValueError, match="twice"):
        build(engine, an_article("a", "satu"), an_article("a", "dua"))
    with pytest.raises(NoIndex):
        ids(engine)


strings = st.lists(st.binary(max_size=20) | st.text("ab\0\xff", max_size=40).map(str.encode), max_size=30)


@given(strings)
def test_strings_are_ordered_as_bytes_are(held: list[bytes]) -> None:
    assert [held[place] for place in argsort_strings(pack_strings(held)).tolist()] == sorted(held)
    once = sorted(set(held))
    assert [once[n] for n in argsort_by_ending(pack_strings(once)).tolist()] == sorted(
        once, key=lambda string: string[::-1]
    )


@given(st.lists(strings, max_size=4))
def test_terms_of_several_lists_are_ranked_together(lists: list[list[bytes]]) -> None:
    each = [sorted(set(held)) for held in lists]
    terms, ranks = union_terms([pack_strings(held) for held in each])
    together = list(terms)
    assert together == sorted({term for held in each for term in held})
    assert [[together[rank] for rank in some.tolist()] for some in ranks] == each
    for held in each:
        assert [together[place] for place in indices_of(pack_strings(held), terms).tolist()] == held
    assert indices_of(pack_strings([b"none of them"]), terms).tolist() == [-1]


pieces = st.sampled_from("aBé1٣_-‐'’“—.,\u0301\u064b\u00ad\u200dʼ x\n\U0001d400\U0001f600\ud800")


@given(st.lists(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=20), max_size=5))
def test_texts_cut_together_have_the_words_each_has_by_itself(texts: list[str]) -> None:
    numbers = TOKEN_CACHE.numbers(chunks(texts))
    starts, known, units, capitals = TOKEN_CACHE.arrays()
    found: list[list[tuple[str, str, bool]]] = [[]]
    for number in numbers.tolist():
        places = np.arange(starts[number], starts[number + 1])
        told = zip(TOKEN_CACHE.spelt(known[places]), units[places].tolist(), capitals[places].tolist(), strict=True)
        for form, unit, capital in told:
            whole = TOKEN_CACHE.spelt(np.array([unit]))[0].split(UNIT_SEPARATOR)[1] if unit != NONE else form
            found[-1].append((form.decode(), whole.decode(), capital))
        if number == 0:
            found.append([])
    assert found == [
        [(form, unit, is_all_caps(run[a:b])) for run in find_runs(text) for form, unit, a, b in tokenize_run(run)]
        for text in texts
    ] + [[]]


@given(st.lists(st.text(max_size=3)))
def test_ids_are_met_once_and_keep_their_first_number(given_: list[str]) -> None:
    met, plain = SeenIds(), dict[str, int]()
    for number, article_id in enumerate(given_):
        assert (article_id in met) == (article_id in plain)
        assert met.add(article_id, number) == (plain.get(article_id))
        plain.setdefault(article_id, number)
    assert len(met) == len(plain)


def test_many_ids_are_met() -> None:
    met = SeenIds()
    for number in range(5000):
        assert met.add(str(number), number) is None
    assert all(met.add(str(number)) == number for number in range(5000))
    assert "5000" not in met
