"""A file that is there but cannot be read keeps its articles; a file that is gone takes them along, within bounds."""

import gzip
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from zstandard import ZstdCompressor

from archive.article import Article
from archive.reading import file_reading
from archive.reading.bounds import RECORD_BOUNDS
from archive.reading.containers import decompression
from archive.reading.parsing.parser_process import PAGES, TooHard
from archive.reading.parsing.parsers import Parsers
from index.embedded.manifest import MANIFEST
from index.engine import DamagedIndex, Engine
from index.opening import open_engine
from index.query.request import Query
from index.reindexing.article_files import ARTICLE_FILES, ArticleFiles
from index.reindexing.pipeline import reindex
from index.reindexing.reject_log import NothingRead
from index.reindexing.removals import RemovalsRefused
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from index.storage.serialization import PackedArticle, deserialize

pytestmark = pytest.mark.long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Create articles in a plain file, a packed one, a folder and a text."""
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.jsonl").write_text(lines("a", 5))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines("b", 300).encode()))
    (folder / "sub" / "c.jsonl").write_text(lines("c", 5))
    (folder / "d.txt").write_text("Kapal feri berangkat dari Merak.")
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(tmp_path / "index")


def lines(name: str, count: int, text: str = "Berita") -> str:
    told = ({"id": f"{name}{n}", "text": f"{text} nomor {n} dari {name}: {n**9} karung padi."} for n in range(count))
    return "".join(json.dumps(one) + "\n" for one in told)


def run(engine: Engine, *paths: Path, **wishes: object) -> ReindexReport:
    return reindex(engine, ReindexRequest(paths, **wishes))  # type: ignore[arg-type]  # wishes are ReindexRequest's own


def block_with_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def block_with_a_link_in_a_circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def block_with_a_link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "unmounted" / "x")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def fill_with_zeros(path: Path) -> None:
    path.write_bytes(bytes(4096))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 64
    path.write_bytes(raw)


def forbid(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may read everything")
    path.chmod(0)


BLOCKS = [block_with_a_pipe, block_with_a_link_in_a_circle, block_with_a_link_to_nowhere, empty, fill_with_zeros]
DAMAGES = [*BLOCKS, cut, flip, forbid]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("full", [False, True])
def test_the_articles_of_an_unreadable_file_stay_as_they_are(
    engine: Engine, folder: Path, damage: Callable[[Path], None], *, full: bool
) -> None:
    run(engine, folder)
    before = engine.info()
    damage(folder / "b.jsonl.gz")
    told = run(engine, folder, full=full, dry_run=True)
    report = run(engine, folder, full=full)
    assert (report.removed, report.changed, report.articles) == (0, 0, before.articles)
    assert told.kept == report.kept
    (kept,) = report.kept
    assert kept.where.endswith("b.jsonl.gz")
    assert 0 < kept.articles <= 300
    assert kept.articles == 300 or not full or damage is cut or damage is flip
    assert kept.reason in {one.reason for one in report.rejected}
    assert engine.info().id == before.id
    assert list(engine.check()) == []


# Of Zstandard only whole blocks can be read, which are large.
@pytest.mark.parametrize(
    ("pack", "count"),
    [(gzip.compress, 400), (ZstdCompressor().compress, 2500), (bytes, 400)],
    ids=["gzip", "zstd", "-"],
)
def test_a_file_that_was_cut_keeps_what_stood_after_the_cut_and_gives_what_stands_before(
    engine: Engine, folder: Path, pack: Callable[[bytes], bytes], count: int
) -> None:
    path = folder / "e.jsonl"
    path.write_bytes(pack(lines("e", count).encode()))
    run(engine, folder)
    fresh = pack((lines("new", 30) + lines("e", count)).encode())
    path.write_bytes(fresh[: len(fresh) * 2 // 3])
    report = run(engine, folder)
    assert 0 < report.new <= 30
    assert report.removed == 0
    assert engine.get(f"e{count - 1}") is not None
    path.write_bytes(fresh)
    assert run(engine, folder).kept == []


CUT = ['[{"id": "x", "text": "satu"}, {"id": "y", "text": "du', 'id,text\nx,satu\ny,"dua lagi']


@pytest.mark.parametrize("text", CUT)
def test_arrays_and_tables_that_were_cut_keep_the_rest(engine: Engine, folder: Path, text: str) -> None:
    path = folder / ("e.json" if text.startswith("[") else "e.csv")
    path.write_text(text + ('a"}]' if text.startswith("[") else '"\n'))
    run(engine, folder)
    path.write_text(text)
    report = run(engine, folder)
    assert [kept.articles for kept in report.kept] == [1]
    assert engine.get("y") is not None


def test_a_record_rejected_inside_a_readable_file_is_gone_as_ever(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    first, second, *rest = lines("a", 5).splitlines(keepends=True)
    (folder / "a.jsonl").write_text(first[:20] + "\n" + json.dumps({"id": "a1", "text": " "}) + "\n" + "".join(rest))
    report = run(engine, folder)
    assert (report.removed, report.kept) == (2, [])
    assert second


def test_a_damaged_record_of_files_is_told_and_loses_nothing(engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(engine, folder)
    (record,) = (tmp_path / "index").rglob(ARTICLE_FILES)
    record.write_bytes(b"rubbish")
    block_with_a_pipe(folder / "sub" / "c.jsonl")
    with pytest.raises(RemovalsRefused, match=ARTICLE_FILES):
        run(open_engine(tmp_path / "index"), folder)


PAGE = f"<html><head><title>Judul</title></head><body><article><p>{'Isi berita. ' * 40}</p></article></body></html>"


def test_a_page_that_is_too_hard_is_a_rejected_record_of_a_file_that_can_be_read(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TooHard("the page takes more than 30 seconds to read")

    (folder / "e.html").write_text(PAGE)
    run(engine, folder)
    (folder / "e.html").write_text(PAGE.replace("Isi", "Kabar"))
    monkeypatch.setattr(Parsers, "page", refuse)
    report = run(engine, folder)
    assert (report.removed, report.kept) == (1, [])
    assert dict(report.rejects.reasons) == {"the page takes more than … seconds to read": 1}


def test_pages_stay_while_the_process_that_reads_them_does_not_start(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TimeoutError

    (folder / "e.html").write_text(PAGE)
    run(engine, folder)
    (folder / "e.html").write_text(PAGE.replace("Isi", "Kabar"))
    with monkeypatch.context() as patch:
        patch.setattr(PAGES, "_start", fail)
        PAGES.close()
        report = run(engine, folder)
    assert (report.removed, [kept.articles for kept in report.kept]) == (0, [1])
    assert run(engine, folder).changed == 1


def test_what_follows_a_value_that_takes_too_much_memory_stays(engine: Engine, folder: Path) -> None:
    array = [{"id": f"e{n}", "text": f"Berita {n} dari larik."} for n in range(3)]
    (folder / "e.json").write_text(json.dumps(array))
    run(engine, folder)
    array[1]["extra"] = [[]] * 1_500_000  # type: ignore[assignment]
    (folder / "e.json").write_text(json.dumps(array))
    report = run(engine, folder, bounds=replace(RECORD_BOUNDS, mebibytes=20))
    assert report.removed == 0
    assert engine.get("e2") is not None
    assert "20 MiB" in report.kept[0].reason


def test_a_file_beyond_a_size_keeps_its_articles(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(engine, folder)
    monkeypatch.setattr(decompression, "MOST_UNPACKED", 1 << 12)
    monkeypatch.setattr(file_reading, "LARGEST_ARTICLE", 1 << 12)
    blank = b" " * (1 << 24) + b"\n"
    (folder / "b.jsonl.gz").write_bytes(ZstdCompressor().compress(blank + lines("b", 300).encode()))
    (folder / "d.txt").write_text("Kapal feri. " * 1000)
    report = run(engine, folder)
    assert (report.removed, report.changed) == (0, 0)
    assert [Path(kept.where).name for kept in report.kept] == ["b.jsonl.gz", "d.txt"]


def test_a_changed_article_of_a_damaged_file_is_not_believed(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    (folder / "a.jsonl").write_text(lines("a", 5, text="Rusak")[:-20])
    (folder / "sub" / "c.jsonl").write_text(lines("c", 5, text="Lain"))
    report = run(engine, folder)
    assert (report.changed, [kept.articles for kept in report.kept]) == (5, [5])
    assert engine.find(Query("rusak")).articles == 0
    assert engine.find(Query("lain")).articles == 5


def test_a_folder_that_cannot_be_listed_keeps_its_articles(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, folder)
    before = engine.info()
    listed = os.listdir

    def fail(path: Path) -> list[str]:
        if Path(path).name == "sub":
            raise OSError(5, "Input/output error")
        return listed(path)

    monkeypatch.setattr("os.listdir", fail)
    report = run(engine, folder)
    assert [(Path(kept.where).name, kept.articles) for kept in report.kept] == [("sub", 5)]
    assert "Input/output error" in report.kept[0].reason
    assert run(engine, folder).kept == report.kept, "told again as long as it lasts"
    assert engine.info() == before or engine.info().id == before.id
    monkeypatch.undo()
    assert run(engine, folder).kept == []


def test_an_error_in_the_middle_of_a_file_keeps_the_rest_and_is_not_remembered(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, folder)
    before = engine.info()

    class Failing(io.FileIO):
        def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # Buffer is in 3.12
            if self.tell() and str(self.name).endswith("b.jsonl.gz"):
                raise OSError(5, "Input/output error")
            return super().readinto(memoryview(buffer)[:2_000]) or 0

    monkeypatch.setattr("archive.reading.containers.decompression.io.FileIO", Failing)
    (folder / "e.txt").write_text("Berita baru.")
    report = run(engine, folder)
    assert (report.new, report.removed) == (1, 0)
    (kept,) = report.kept
    assert "Input/output error" in kept.reason
    monkeypatch.undo()
    (folder / "e.txt").unlink()
    assert run(engine, folder).kept == []
    assert engine.info().id == before.id


def test_a_file_is_known_however_it_is_named(
    engine: Engine, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.symlink_to(folder)
    run(engine, other)
    block_with_a_pipe(folder / "sub" / "c.jsonl")
    assert [kept.articles for kept in run(engine, folder).kept] == [5]
    monkeypatch.chdir(tmp_path)
    assert [kept.articles for kept in run(engine, Path("other")).kept] == [5]
    assert [kept.articles for kept in run(engine, Path("articles") / ".." / "other").kept] == [5]
    everything = [folder / name for name in ("a.jsonl", "b.jsonl.gz", "d.txt", "sub/c.jsonl")]
    assert [kept.articles for kept in run(engine, *everything).kept] == [5]


def test_articles_that_moved_unchanged_belong_to_their_new_file(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    (folder / "sub" / "c.jsonl").rename(folder / "sub" / "moved.jsonl")
    assert run(engine, folder).unchanged == 311
    block_with_a_pipe(folder / "sub" / "moved.jsonl")
    assert [kept.articles for kept in run(engine, folder).kept] == [5]


def test_duplicates_elsewhere_do_not_replace_the_articles_of_an_unreadable_file(engine: Engine, folder: Path) -> None:
    (folder / "e.jsonl").write_text(lines("a", 5, text="Ganda"))
    (folder / "0.jsonl").write_text(lines("z", 1))
    run(engine, folder)
    block_with_a_pipe(folder / "a.jsonl")
    for _ in range(2):
        run(engine, folder)
        assert engine.find(Query("ganda")).articles == 0
        (folder / "0.jsonl").write_text(lines("a", 5, text="Ganda"))
    (folder / "a.jsonl").unlink()
    assert run(engine, folder).kept == []
    assert engine.find(Query("ganda")).articles == 5


def test_files_that_are_gone_are_removed_but_not_too_many_at_once(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    before = engine.info()
    (folder / "a.jsonl").unlink()
    assert run(engine, folder, max_removed=20).removed == 5
    (folder / "b.jsonl.gz").unlink()
    for full in (False, True):
        told = run(engine, folder, max_removed=20, full=full, dry_run=True)
        assert told.removed == 300
        assert "--allow-removals" in told.refusal
        with pytest.raises(RemovalsRefused, match=r"300 of 306 articles .* 20 % .*--allow-removals"):
            run(engine, folder, max_removed=20, full=full)
        assert engine.info().articles == before.articles - 5
    assert run(engine, folder, max_removed=20, allow_removals=True).removed == 300
    assert engine.info().articles == 6


def test_a_folder_that_lost_its_mount_never_empties_an_index(engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(engine, folder)
    before = engine.info()
    (tmp_path / "bare").mkdir()
    with pytest.raises(NothingRead):
        run(engine, tmp_path / "bare", max_removed=20)
    (tmp_path / "bare" / "one.txt").write_text("Satu berita saja.")
    with pytest.raises(RemovalsRefused):
        run(engine, tmp_path / "bare", max_removed=20)
    assert engine.info() == before


@pytest.mark.parametrize("full", [False, True])
def test_what_cannot_stay_is_not_dropped_in_silence(
    engine: Engine, folder: Path, tmp_path: Path, *, full: bool
) -> None:
    run(engine, folder)
    damaged = list((tmp_path / "index").rglob(MANIFEST))
    for path in damaged:
        path.write_text("{")
    os.mkfifo(folder / "a-pipe.txt")  # it never gave an article, so it is not what is to be mended
    block_with_a_pipe(folder / "sub" / "c.jsonl")
    fresh = open_engine(tmp_path / "index")
    with pytest.raises(RemovalsRefused, match=r"^\S+c\.jsonl cannot be read"):
        run(fresh, folder, full=full)
    assert "c.jsonl" in run(fresh, folder, full=full, dry_run=True).refusal
    assert [path.read_text() for path in damaged] == ["{"]
    assert run(fresh, folder, full=full, allow_removals=True).articles == 306


def test_an_unreadable_index_is_made_again_if_no_unreadable_file_had_an_article(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    os.mkfifo(folder / "pipe.txt")
    run(engine, folder)
    for path in (tmp_path / "index").rglob(MANIFEST):
        path.write_text("{")
    assert run(open_engine(tmp_path / "index"), folder).new == 311


def test_without_a_record_of_files_nothing_that_may_be_unreadable_is_removed(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, folder)
    block_with_a_pipe(folder / "sub" / "c.jsonl")
    (folder / "a.jsonl").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(ArticleFiles, "load", lambda _: None)
        report = run(engine, folder)
    assert (report.removed, [kept.articles for kept in report.kept]) == (0, [10])
    (folder / "sub" / "c.jsonl").unlink()
    assert run(engine, folder).removed == 10


def test_boilerplate_is_the_same_while_the_articles_that_taught_it_cannot_be_read(
    engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    footer = "Kabar Kota adalah portal berita warga."
    for number in range(16):
        text = f"Panen raya nomor {number}.\nPetani ke-{number} bersyukur.\n{footer}"
        article = {"id": f"{number}", "outlet": "Kabar Kota", "text": text}
        (folder / f"{number:02}.json").write_text(json.dumps(article))
    run(engine, folder)
    before = engine.info()
    for number in range(12):
        block_with_a_pipe(folder / f"{number:02}.json")
    report = run(engine, folder)
    assert (report.changed, report.kept_articles) == (0, 12)
    assert engine.info().id == before.id


def test_an_article_that_can_be_read_nowhere_is_named_and_can_be_given_up(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, folder)
    block_with_a_pipe(folder / "sub" / "c.jsonl")
    read = deserialize

    def fail(packed: PackedArticle) -> Article:
        article = read(packed)
        if article.id == "c3":
            raise ValueError("bad bytes")
        return article

    monkeypatch.setattr("index.embedded.stored_articles.deserialize", fail)
    with pytest.raises(DamagedIndex, match=r"c3 .*--full --allow-removals"):
        run(engine, folder, full=True)
    assert engine.info().articles == 311
    report = run(engine, folder, full=True, allow_removals=True)
    assert (report.kept_articles, report.removed, engine.info().articles) == (4, 1, 310)


# Any sequence of states of files, against the plainest reading

NAMES = ("a.jsonl", "b.jsonl.gz", "sub/c.jsonl", "sub/d.jsonl")
conditions = st.sampled_from(["whole", "whole", "whole", "gone", "pipe", "cut", "folder"])
contents = st.dictionaries(st.sampled_from("pqrstu"), st.integers(1, 3), max_size=4)
states = st.fixed_dictionaries({name: st.tuples(contents, conditions) for name in NAMES})


def text_of(article_id: str, version: int) -> str:
    return f"Versi {version} dari berita {article_id}."


def lay_out(folder: Path, state: dict[str, tuple[dict[str, int], str]]) -> None:
    """Write the files of a state; the first file is always there, so that something is read."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "0.jsonl").write_text(lines("always", 1))
    for name, (content, condition) in state.items():
        path = folder / name
        if condition == "gone":
            continue
        path.parent.mkdir(exist_ok=True)
        raw = "".join(json.dumps({"id": i, "text": text_of(i, v)}) + "\n" for i, v in content.items()).encode()
        if condition in {"pipe", "folder"}:
            os.mkfifo(path)
        elif condition == "cut":
            path.write_bytes(gzip.compress(raw)[:-4] if name.endswith("gz") else raw + b'{"id": "q", "te')
        else:
            path.write_bytes(gzip.compress(raw + b"\n") if name.endswith("gz") else raw + b"\n")


def expected(
    index: dict[str, tuple[int, str]], state: dict[str, tuple[dict[str, int], str]]
) -> dict[str, tuple[int, str]]:
    """What an index of id → version and file becomes when the files of a state are read."""
    unreadable = {name for name, (_, condition) in state.items() if condition in {"pipe", "cut", "folder"}}
    stays = {article_id: held for article_id, held in index.items() if held[1] in unreadable}
    found: dict[str, tuple[int, str]] = {}
    for name in sorted(state):
        content, condition = state[name]
        if condition in {"whole", "cut"}:
            for article_id, version in content.items():
                found.setdefault(article_id, (version, name))
    return {**found, **stays}


@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.reuse, Phase.generate),  # shrinking reindexes for minutes
)
@given(st.lists(st.tuples(states, st.booleans()), min_size=2, max_size=5))
def test_any_sequence_of_states_leaves_what_the_plainest_reading_says(
    tmp_path_factory: pytest.TempPathFactory, sequence: list[tuple[dict[str, tuple[dict[str, int], str]], bool]]
) -> None:
    place = tmp_path_factory.mktemp("sequence")
    engine, index = open_engine(place / "index"), dict[str, tuple[int, str]]()
    for state, full in sequence:
        lay_out(place / "articles", state)
        index = expected(index, state)
        report = run(engine, place / "articles", full=full)
        assert contents_of(engine, set("pqrstu")) == {i: text_of(i, v) for i, (v, _) in index.items()}
        assert report.articles == len(index) + 1 == engine.info().articles
        again = run(engine, place / "articles")
        assert (again.new, again.changed, again.removed) == (0, 0, 0)


def contents_of(engine: Engine, ids: set[str]) -> dict[str, str]:
    def found() -> Iterator[tuple[str, str]]:
        for article_id in ids:
            held = engine.get(article_id)
            if held is not None:
                yield article_id, held[0].text

    return dict(found())


def test_an_unchanged_article_that_moved_is_told_to_be_where_it_is(engine: Engine, folder: Path) -> None:
    def source(article_id: str) -> str:
        held = engine.get(article_id)
        assert held is not None
        return held[0].source

    run(engine, folder)
    assert source("c2") == "sub/c.jsonl:3"
    before = engine.info().id
    (folder / "sub" / "c.jsonl").rename(folder / "sub" / "moved.jsonl")
    moved = run(engine, folder)
    assert (moved.new, moved.changed, moved.unchanged, moved.removed) == (0, 0, 311, 0)
    assert source("c2") == "sub/moved.jsonl:3"
    text = (folder / "sub" / "moved.jsonl").read_text()
    (folder / "sub" / "moved.jsonl").write_text(lines("d", 2, text="Sesuatu yang lain") + text)
    assert run(engine, folder).unchanged == 311
    assert source("c2") == "sub/moved.jsonl:5"
    assert engine.info().id != before
    assert list(engine.check()) == []
