"""Columnar segments answer as stock Whoosh does, whatever is added, deleted and merged, and they enforce their limits.

Bugs of stock Whoosh are avoided: AndNot and undelete are not used, readers are reopened instead of refreshed, and
scores are not compared over its merges, which sum quantized lengths.
"""

import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
import whoosh
import whoosh.analysis
import whoosh.query
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.embedded.columnar.adapter import bulk_writer
from index.embedded.columnar.adapter.codec import ColumnarCodec
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.columnar.format import nibbles, string_lists
from index.embedded.columnar.format.arrays import ArrayFile, ArrayWriter, DamagedFile
from index.embedded.columnar.format.string_lists import TooLarge, pack_strings
from index.embedded.columnar.format.string_order import argsort_by_ending
from index.embedded.columnar.postings import inversion, merging
from index.embedded.columnar.postings.inversion import PostingList, Postings, invert
from index.embedded.columnar.postings.merging import write_field
from index.embedded.columnar.postings.packed import PackedPostings
from index.embedded.columnar.postings.packed_writer import PostingsWriter
from index.embedded.columnar.postings.sources import Batch, Run
from index.embedded.columnar.segments.merge_policy import MAX_SEGMENTS, to_merge
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.schema import SCHEMA, TITLE_GAP, Terms
from index.engine import DamagedIndex, Engine
from index.opening import open_engine
from index.query.request import Copies, Query
from index.words.stemming import stem, stem_of
from index.words.tokenizer import forms_and_units
from tests.contract.engine_contract import an_article, build, ids

pytestmark = pytest.mark.long

stock: Any = whoosh  # says it is typed, but mostly is not
query, fields, W3Codec = stock.query, stock.fields, stock.codec.whoosh3.W3Codec
ALPHABET = ["beras", "berasnya", "jagung", "jagungnya", "kedelai", "padi", "ubi"]
CODECS = [W3Codec, ColumnarCodec]
Answers = list[tuple[dict[str, float], dict[str, int]]]

words = st.lists(st.sampled_from(ALPHABET), max_size=12)
documents = st.fixed_dictionaries(
    {"text": words.map(" ".join), "outlet": st.sampled_from(["a", "b", "c"]), "number": st.integers(0, 5)}
)
leaves: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(ALPHABET).map(lambda word: query.Term("text", word)),
    st.tuples(st.lists(st.sampled_from(ALPHABET), min_size=2, max_size=3), st.sampled_from([1, 3])).map(
        lambda phrase: query.Phrase("text", phrase[0], slop=phrase[1])
    ),
    st.sampled_from(["", "ber", "jag", "x"]).map(lambda start: query.Prefix("text", start)),
    st.sampled_from(["*nya", "b*s*", "?bi"]).map(lambda pattern: query.Wildcard("text", pattern)),
    st.sampled_from(ALPHABET).map(lambda word: query.FuzzyTerm("text", word, maxdist=2)),
    st.sampled_from("abc").map(lambda outlet: query.Term("outlet", outlet)),
    st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda ends: query.NumericRange("number", *sorted(ends))),
    st.just(query.Every()),
)
questions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(query.And),
        st.lists(inner, min_size=2, max_size=3).map(query.Or),
        st.tuples(inner, inner).map(lambda two: query.And([two[0], query.Not(two[1])])),
        st.tuples(inner, inner).map(lambda two: query.AndMaybe(*two)),
    ),
    max_leaves=4,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whoosh_answers_alike_over_its_own_codec_and_over_ours(data: st.DataObject) -> None:
    commits = data.draw(st.lists(st.lists(documents, max_size=5), min_size=1, max_size=4))
    gone = data.draw(st.sets(st.integers(0, 12)))
    asked = data.draw(st.lists(questions, min_size=3, max_size=6))
    with TemporaryDirectory() as theirs, TemporaryDirectory() as ours:
        first, second = (
            _committed(folder, codec(), commits, gone) for folder, codec in zip((theirs, ours), CODECS, strict=True)
        )
        assert list(first.reader().all_terms()) == list(second.reader().all_terms())
        for left, right in zip(_answers(first, asked), _answers(second, asked), strict=True):
            assert right[0] == pytest.approx(left[0], rel=1e-4)
            assert right[1] == left[1]


def _committed(folder: str, codec: Any, commits: Sequence[Sequence[dict[str, Any]]], gone: set[int]) -> Any:
    schema = fields.Schema(
        id=fields.ID(unique=True, stored=True),
        text=fields.TEXT(analyzer=stock.analysis.SpaceSeparatedTokenizer()),
        outlet=fields.ID(sortable=True),
        number=fields.NUMERIC(sortable=True),
    )
    index, number = stock.index.create_in(folder, schema), 0
    for documents_ in commits:
        writer = index.writer(codec=codec)
        for document in documents_:
            writer.update_document(id=str(number), **document)
            number += 1
        writer.commit(merge=False)
    writer = index.writer(codec=codec)
    for article in sorted(gone):
        writer.delete_by_term("id", str(article))
    writer.commit(merge=False)
    return index


def _answers(index: Any, asked: Sequence[Any], grouped: str = "outlet") -> Answers:
    """Return for each query the scores of the ids found, and the number of hits in each group."""
    answers = []
    with index.searcher() as searcher:
        for one in asked:
            found = searcher.search(one, limit=None, groupedby=grouped or None)
            scores = {searcher.stored_fields(number)["id"]: score for score, number in found.top_n}
            answers.append((scores, {k: len(v) for k, v in found.groups().items()} if grouped else {}))
    return answers


STOCK = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    outlet=fields.ID(sortable=True),
    exact=Terms(placed=True),
    stem=Terms(placed=False),
)
NEWS = ["beras", "Berasnya", "anak-anak", "pertemuan", "bertemu", "di", "Jong-un", "1,5"]
texts_of_news = st.lists(st.sampled_from(NEWS), min_size=1, max_size=10).map(" ".join)
LEAVES = ["beras", "pertemuan", "anak", "di", "un", '"beras"', '"di"', '"jong"']
texts_asked = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.tuples(inner, st.sampled_from([" ", " OR "]), inner).map(lambda three: f"({''.join(three)})"),
    max_leaves=4,
)


@pytest.mark.parametrize("merged", [False, True])
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_our_engine_finds_and_counts_as_stock_whoosh_does_which_scores_alike_over_it(
    monkeypatch: pytest.MonkeyPatch, data: st.DataObject, *, merged: bool
) -> None:
    builds = [[_drawn(data, f"{n}-{m}") for m in range(data.draw(st.integers(1, 5)))] for n in range(3)]
    gone = data.draw(st.sets(st.sampled_from([article.id for article in builds[0]])))
    monkeypatch.setattr(bulk_writer, "to_merge", lambda sizes, _: range(len(sizes)) if merged else [])
    with TemporaryDirectory() as ours, TemporaryDirectory() as theirs:
        engine = open_engine(Path(ours))
        for articles in builds:
            build(engine, *articles)
        with engine.build() as last:
            for article_id in gone:
                last.remove(article_id)
        live = [[article for article in articles if article.id not in gone] for articles in builds]
        oracle = _stock_index(
            theirs,
            [[article for articles in live for article in articles]] if merged else builds,
            set() if merged else gone,
        )
        for text in data.draw(st.lists(texts_asked, min_size=3, max_size=6)):
            ((scores, outlets),) = _answers(oracle, [_as_whoosh(text)])
            found = engine.find(Query(text, size=100, copies=Copies.SHOW))
            assert {match.article.id for match in found.matches} == scores.keys()
            assert {name: count.articles for name, count in found.counts["outlet"].items()} == outlets
            assert _whoosh_finds(engine, _as_whoosh(text)) == pytest.approx(sorted(scores.values()), rel=1e-4)


def _drawn(data: st.DataObject, article_id: str) -> Article:
    return an_article(article_id, data.draw(texts_of_news), outlet=data.draw(st.sampled_from("XYZ")))


def _stock_index(folder: str, commits: Sequence[Sequence[Article]], gone: set[str]) -> Any:
    index = stock.index.create_in(folder, STOCK)
    for articles in commits:
        writer = index.writer(codec=W3Codec())
        for article in articles:
            said = list(enumerate(forms_and_units(article.text), TITLE_GAP))
            exact = [(form, place) for place, (form, _) in said]
            stems = [(stem_of(form, unit), place) for place, (form, unit) in said]
            writer.add_document(id=article.id, outlet=article.outlet, exact=exact, stem=stems)
        writer.commit(merge=False)
    writer = index.writer(codec=W3Codec())
    for article_id in gone:
        writer.delete_by_term("id", article_id)
    writer.commit(merge=False)
    return index


def _as_whoosh(text: str) -> Any:
    """Convert a query text to a Whoosh query; groups are in parentheses."""
    if not text.startswith("("):
        quoted = text.startswith('"')
        return query.Term("exact", text.strip('"')) if quoted else query.Term("stem", stem(text))
    inner, depth = text[1:-1], 0
    for place, sign in enumerate(inner):
        depth += (sign == "(") - (sign == ")")
        if sign == " " and depth == 0:
            joint = query.Or if inner[place:].startswith(" OR ") else query.And
            rest = inner[place:].removeprefix(" OR ") if joint is query.Or else inner[place + 1 :]
            return joint([_as_whoosh(inner[:place]), _as_whoosh(rest)])
    raise AssertionError(text)


def _whoosh_finds(engine: Engine, asked: Any) -> list[float]:
    """Return the scores that Whoosh itself gives on the published index, ascending."""
    folder = engine.snapshot().generation.folder  # type: ignore[attr-defined]
    with ColumnarIndex(folder, SCHEMA, readonly=True).searcher() as searcher:
        return sorted(score for score, _ in searcher.search(asked, limit=None).top_n)


class Trap:
    """An object that runs code when it is unpickled."""

    def __reduce__(self) -> Any:
        return pytest.fail, ("a program that lay in an index was run",)


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps(Trap()),
        b"",
        b"[]",
        b'{"segments": [7]}',
        b'{"segments": [{"id": "../../elsewhere", "documents": 1, "deleted": [], "lengths": {}, "derived": false}]}',
    ],
)
def test_a_list_of_segments_that_is_no_such_list_is_refused_and_never_run(tmp_path: Path, content: bytes) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "harga beras naik"))
    published = engine.snapshot().generation.folder  # type: ignore[attr-defined]
    (contents,) = published.glob("*.toc")
    contents.write_bytes(content)
    with pytest.raises(DamagedIndex, match=r"cannot be read .* run: flask reindex --full"):
        open_engine(tmp_path).info()


def test_nothing_in_an_index_is_pickled(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "harga beras naik"), an_article("b", "harga beras turun"))
    with engine.build() as again:
        again.remove("b")
    published = engine.snapshot().generation.folder  # type: ignore[attr-defined]
    assert [file.name for file in published.iterdir() if b"index.embedded" in file.read_bytes()] == []
    (contents,) = published.glob("*.toc")
    assert json.loads(contents.read_bytes())["segments"][0]["deleted"] == [1]


def test_an_array_file_gives_back_what_was_written_and_tells_what_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "some.arrays"
    with ArrayWriter(path) as writer:
        writer.attributes["count"] = 3
        writer.add("numbers", np.arange(3, dtype=np.uint16))
        portions = writer.reserve("portions", np.uint32, 4)
        writer.add("none", np.empty(0, np.uint8))
        portions.append(np.array([1, 2]))
        portions.append(np.array([3, 4]))
    file = ArrayFile(path)
    assert file["numbers"].tolist() == [0, 1, 2]
    assert file["portions"].tolist() == [1, 2, 3, 4]
    assert len(file["none"]) == 0
    assert all(file[name].ctypes.data % 64 == 0 for name in ("numbers", "portions"))
    assert list(file.damage()) == []
    whole = path.read_bytes()
    path.write_bytes(whole[:65] + b"\xff" + whole[66:])
    assert len(list(ArrayFile(path).damage())) == 1
    for broken in (whole[:-1], whole[:20], b""):
        path.write_bytes(broken)
        with pytest.raises(DamagedFile):
            ArrayFile(path)


@given(st.lists(st.text("abé", max_size=5), unique=True), st.text("abé", min_size=1, max_size=2))
def test_sorted_strings_are_found_by_beginning_end_and_middle(strings: list[str], part: str) -> None:
    terms = sorted(string.encode() for string in strings)
    held, wanted = pack_strings(terms), part.encode()
    assert [held.find(term) for term in terms] == list(range(len(terms)))
    assert held.find(wanted) == (terms.index(wanted) if wanted in terms else -1)
    assert [held[n] for n in held.beginning(wanted)] == [term for term in terms if term.startswith(wanted)]
    ending = held.ending(wanted, argsort_by_ending(held))
    assert sorted(held[n] for n in ending.tolist()) == [term for term in terms if term.endswith(wanted)]
    assert [held[n] for n in held.containing(wanted).tolist()] == [term for term in terms if wanted in term]


@given(st.lists(st.lists(st.integers(0, 5), max_size=8), max_size=6))
def test_inverted_tokens_are_in_order_of_term_document_and_position(texts_: list[list[int]]) -> None:
    terms = np.array([term for text in texts_ for term in text], np.uint16)
    of = np.array([number for number, text in enumerate(texts_) for _ in text], np.int64)
    at = np.array([place for text in texts_ for place in range(len(text))], np.int64)
    found = invert(terms, of, 6, at)
    for term in range(6):
        places = [[p for p, said in enumerate(text) if said == term] for text in texts_]
        assert _plain(found, term) == {number: held for number, held in enumerate(places) if held}


def _plain(found: Postings | PackedPostings, term: int) -> dict[int, list[int]]:
    """Return a mapping from document to positions for one term."""
    posting = found.between(term, term + 1, placed=True)
    assert posting.positions is not None
    ends = np.cumsum(posting.counts, dtype=np.int64)
    lists = np.split(posting.positions, ends[:-1])
    return {document: list_.tolist() for document, list_ in zip(posting.documents.tolist(), lists, strict=False)}


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_runs_merge_into_what_one_run_of_the_live_documents_would_be(
    monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr(merging, "PORTION", data.draw(st.integers(1, 9)))
    batches, kept = [], []
    for _ in range(data.draw(st.integers(1, 4))):
        said = data.draw(st.lists(st.lists(st.sampled_from(ALPHABET), max_size=6), min_size=1, max_size=4))
        live = data.draw(st.none() | st.lists(st.booleans(), min_size=len(said), max_size=len(said)))
        batches.append(Batch(len(said), {"f": _run(said)}, {}, (), None if live is None else np.array(live)))
        kept += [text for number, text in enumerate(said) if live is None or live[number]]
    with TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "merged") as writer:
            write_field(writer, "f", batches)
            writer.attributes.update(fields=["f"], size=len(kept))
        merged = SegmentFields(Path(folder) / "merged")
        wanted = _run(kept)
        assert list(merged.terms["f"]) == list(wanted.terms)
        for number in range(len(wanted.terms)):
            assert _plain(merged.postings["f"], number) == _plain(wanted.postings, number)


position = st.integers(0, 70_000) | st.integers(0, 1200)
many_positions = st.lists(position, min_size=1, max_size=40, unique=True).map(sorted)


@settings(max_examples=25)
@given(st.data(), st.sampled_from([5, 700, 66_000]), st.booleans())
def test_postings_come_back_from_a_segment_as_they_were(data: st.DataObject, size: int, many: bool) -> None:
    document = st.integers(0, size - 1)
    lists = data.draw(st.lists(st.dictionaries(document, many_positions, max_size=7), max_size=6))
    if lists and many:
        lists[0] = {number: [1, 260] for number in range(0, size, 2)}
    with TemporaryDirectory() as folder:
        packed = PostingsWriter(Path(folder), size, np.dtype(np.uint32))
        for some in (lists[:2], lists[2:]):
            packed.append(np.array([len(held) for held in some], np.int64), _together(some))
        with ArrayWriter(Path(folder) / "packed") as writer:
            used = packed.finish(writer, "f").tolist()
        found = PackedPostings(ArrayFile(Path(folder) / "packed"), "f", size)
        kept = [dict(sorted(held.items())) for held in lists if held]
        assert used == [bool(held) for held in lists]
        assert [_plain(found, term) for term in range(len(kept))] == kept
        first = data.draw(st.integers(0, len(kept)))
        several = found.between(first, len(kept), placed=True)
        assert several.documents.tolist() == [number for held in kept[first:] for number in held]
        assert several.counts.tolist() == [len(places) for held in kept[first:] for places in held.values()]
        assert several.positions is not None
        assert several.positions.tolist() == [at for held in kept[first:] for places in held.values() for at in places]


def _together(lists: Sequence[dict[int, list[int]]]) -> PostingList:
    """Concatenate mappings from document to positions into one posting list, as merging passes them on."""
    rows = [(number, places) for held in lists for number, places in sorted(held.items())]
    documents = np.array([number for number, _ in rows], np.uint32)
    frequencies = np.array([len(places) for _, places in rows], np.uint32)
    return PostingList(documents, frequencies, np.array([at for _, places in rows for at in places], np.uint32))


@given(st.lists(st.integers(0, nibbles.HIGHEST)), st.data())
def test_small_numbers_come_back_from_any_place_on(numbers: list[int], data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(numbers)))
    end = data.draw(st.integers(begin, len(numbers)))
    held = nibbles.pack(np.array(numbers, np.uint8))
    assert len(held) == -(-len(numbers) // 2)
    assert nibbles.unpack(held, begin, end).tolist() == numbers[begin:end]


def _run(said: Sequence[Sequence[str]]) -> Run:
    terms = sorted({word.encode() for text in said for word in text})
    numbers = np.array([terms.index(word.encode()) for text in said for word in text], np.uint16)
    of = np.array([number for number, text in enumerate(said) for _ in text], np.int64)
    at = np.array([place for text in said for place in range(len(text))], np.int64)
    return Run(pack_strings(terms), invert(numbers, of, len(terms), at))


def test_an_index_that_lost_all_its_articles_answers_with_nothing(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "satu"))
    with engine.build() as building:
        building.remove("a")
    assert ids(engine) == ids(engine, "satu") == ids(engine, '"satu dua"') == ids(engine, "sat*") == []
    assert engine.find(Query("satu")).counts["outlet"] == {}
    assert list(engine.check()) == []
    build(engine, an_article("b", "satu"))
    assert ids(engine, "satu") == ["b"]


def test_a_word_in_every_article_and_one_in_none_are_answered(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, *(an_article(f"{number:03}", "di mana", "2018") for number in range(300)))
    assert engine.find(Query("di")).articles == engine.find(Query('"di mana"')).articles == 300
    assert engine.find(Query("entah OR nihil")).articles == 0
    assert engine.find(Query("di"), ("year",)).counts.keys() == {"year"}


def test_an_article_may_say_a_word_seventy_thousand_times(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("long", "ya " * 70_000 + "akhir kata"), an_article("short", "ya ya tidak"))
    assert ids(engine, '"ya akhir kata"') == ["long"]
    assert set(ids(engine, '"ya ya"')) == {"long", "short"}
    assert list(engine.check()) == []
    build(engine, an_article("other", "ya tidak"))  # and merging keeps it
    assert set(ids(engine, '"ya tidak"')) == {"short", "other"}
    assert ids(engine, '"ya akhir kata"') == ["long"]


def test_a_facet_may_have_more_than_65_535_values(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(
        engine,
        *(an_article(str(number), "satu", outlet=f"o{number}", reporters=("a", "b")) for number in range(66_000)),
    )
    found = engine.find(Query("satu", chosen={"outlet": ("o65999",)}), ("outlet", "reporter"))
    assert [match.article.id for match in found.matches] == ["65999"]
    assert len(found.counts["outlet"]) == 66_000
    assert found.counts["reporter"].keys() == {"a", "b"}


@pytest.mark.parametrize(("module", "limit"), [(inversion, "HIGHEST_COUNT"), (string_lists, "HIGHEST_BYTES")])
def test_too_much_for_one_segment_is_an_error_that_leaves_the_published_index_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, limit: str
) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "satu"))
    monkeypatch.setattr(module, limit, 20)
    with pytest.raises(TooLarge, match="in one segment"):
        build(engine, an_article("b", " ".join(f"kata{number}" for number in range(30))))
    assert ids(engine) == ["a"]


def test_many_small_builds_leave_few_segments(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    for number in range(12):
        build(engine, *(an_article(f"{number}-{copy}", "satu dua") for copy in range(1 + 40 * (number % 4 == 0))))
    folder = engine.snapshot().generation.folder  # type: ignore[attr-defined]
    assert len(list(folder.glob("*.terms"))) <= MAX_SEGMENTS
    assert engine.find(Query('"satu dua"')).articles == 12 + 3 * 40


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 1000)), max_size=12))
def test_after_a_merge_there_are_few_segments_and_none_is_merged_alone_but_to_drop_the_deleted(
    segments: list[tuple[int, int]],
) -> None:
    sizes, deleted = [size for size, _ in segments], [gone for _, gone in segments]
    chosen = to_merge(sizes, deleted)
    assert len(segments) - len(chosen) + bool(chosen) <= MAX_SEGMENTS
    assert len(chosen) != 1 or deleted[chosen[0]] > sizes[chosen[0]]


def test_damage_to_a_segment_is_told(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "satu dua tiga"))
    folder = engine.snapshot().generation.folder  # type: ignore[attr-defined]
    file = next(folder.glob("*.terms"))
    data = bytearray(file.read_bytes())
    data[64] ^= 1
    file.write_bytes(data)
    assert any("damaged" in problem for problem in open_engine(tmp_path).check())
