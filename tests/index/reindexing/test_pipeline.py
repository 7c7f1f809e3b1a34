"""The pipeline: the index holds exactly what is under the paths, reuses the unchanged, and is never half published."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
import weakref
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading.records import MissingPath
from index.engine import BuildInProgress, DamagedIndex, Engine, NoIndex, OutdatedIndex, UnusableLocation
from index.opening import open_engine
from index.query.request import Copies, Query
from index.reindexing.pipeline import FINGERPRINTS, reindex
from index.reindexing.reject_log import NothingRead
from index.reindexing.report import Phase, ReindexReport
from index.reindexing.request import ReindexRequest
from index.words import stemming

pytestmark = pytest.mark.long

LONG = (
    "Petani di desa itu memanen padi lebih awal karena hujan deras diperkirakan turun pekan depan di seluruh kabupaten."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Create three articles, two of them copies of one story."""
    folder = tmp_path / "articles"
    (folder / "kompas").mkdir(parents=True)
    (folder / "a.txt").write_text(f"{LONG}\n{LONG} Harga gabah naik.\n\nEditor: Ani\n")
    (folder / "b.txt").write_text(f"{LONG}\n{LONG} Harga gabah naik.\n\nEditor: Budi\n")
    (folder / "kompas" / "c.txt").write_text("Kapal feri berangkat dari Merak menuju Bakauheni.")
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(tmp_path / "index")


def run(engine: Engine, *paths: Path, **wishes: bool) -> ReindexReport:
    return reindex(engine, ReindexRequest(paths, **wishes))  # type: ignore[arg-type]  # wishes are ReindexRequest's flags


def ids(engine: Engine, text: str = "") -> set[str]:
    """The names of the files whose articles match."""
    found = engine.find(Query(text, size=100, copies=Copies.SHOW)).matches
    return {match.article.source.removesuffix(".txt") for match in found}


def story_of(engine: Engine, name: str) -> str:
    """The story of the article of a file, as an old link to it leads to it."""
    today = engine.moved(name)
    held = engine.get(today) if today else None
    assert held is not None
    return held[1]


def test_the_index_holds_what_lies_under_the_paths_and_knows_copies(engine: Engine, folder: Path) -> None:
    report = run(engine, folder)
    assert (report.new, report.changed, report.unchanged, report.removed, report.rejected) == (3, 0, 0, 0, [])
    assert ids(engine) == {"a", "b", "kompas/c"}
    assert (engine.info().articles, engine.info().stories) == (3, 2)
    assert story_of(engine, "a") == story_of(engine, "b") != story_of(engine, "kompas/c")


def test_a_second_run_keeps_what_is_unchanged_and_the_very_index(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    before = engine.info()
    report = run(engine, folder)
    assert (report.new, report.unchanged, report.removed) == (0, 3, 0)
    assert engine.info() == before


def test_new_changed_and_removed_articles_are_taken_over(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    (folder / "a.txt").write_text("Sesuatu yang lain sama sekali.")
    (folder / "d.txt").write_text("Kereta api malam kembali berjalan.")
    (folder / "kompas" / "c.txt").unlink()
    report = run(engine, folder)
    assert (report.new, report.changed, report.unchanged, report.removed) == (1, 1, 1, 1)
    assert ids(engine) == {"a", "b", "d"}
    assert ids(engine, "lain") == {"a"}
    assert ids(engine, "feri") == set()
    assert engine.info().stories == 3


def test_changing_step_by_step_gives_the_index_of_building_at_once(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    run(engine, folder)
    (folder / "d.txt").write_text((folder / "a.txt").read_text())
    run(engine, folder)
    (folder / "a.txt").unlink()
    run(engine, folder)
    at_once = open_engine(tmp_path / "other")
    run(at_once, folder)
    assert engine.info().id == at_once.info().id
    assert run(engine, folder, full=True).new == 3
    assert engine.info().id == at_once.info().id


def test_an_article_whose_linked_title_comes_later_is_written_anew(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    link = "baca juga harga beras naik lagi di pasar"
    (folder / "link.txt").write_text(f"Sawah kering ujar petani {link} kemudian hujan turun.")
    run(engine, folder)
    assert ids(engine, "beras naik lagi") == {"link"}
    (folder / "later.jsonl").write_text('{"id": "later", "judul": "Harga Beras Naik Lagi di Pasar", "isi": "Sudah."}')
    report = run(engine, folder)
    assert (report.new, report.changed) == (1, 1)
    assert "link" not in ids(engine, "beras")
    at_once = open_engine(tmp_path / "other")
    run(at_once, folder)
    assert engine.info().id == at_once.info().id
    (folder / "later.jsonl").unlink()
    assert run(engine, folder).changed == 1
    assert ids(engine, "beras naik lagi") == {"link"}


def test_what_cannot_be_read_is_listed_and_the_rest_is_indexed(engine: Engine, folder: Path) -> None:
    (folder / "broken.jsonl").write_text('{"isi": "Satu berita utuh."}\n{"isi": \n')
    (folder / "empty.txt").write_text("")
    report = run(engine, folder)
    assert [Path(item.where).name for item in report.rejected] == ["broken.jsonl:2", "empty.txt"]
    assert report.new == 4
    assert report.read == 6


def test_names_that_are_no_unicode_are_told_and_kept(engine: Engine, folder: Path) -> None:
    strange = folder / os.fsdecode(b"\xff.jsonl")
    strange.write_text('{"text": "Harga beras naik di Kabesa.", "kol\\ud800om": "\\udfff"}\n{"text": ""}\n', "ascii")
    first = reindex(engine, ReindexRequest((folder,)))
    assert "kol" in str(first.files)
    again = reindex(engine, ReindexRequest((folder,)))
    assert (again.files, again.rejects.first) == (first.files, first.rejects.first)
    assert again.unchanged == again.articles == first.articles


def test_files_that_were_only_rejected_are_not_read_again(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, folder)
    before = engine.info()
    (folder / "empty.txt").write_text("")
    first = run(engine, folder)
    monkeypatch.setattr("index.reindexing.pipeline.read", None)
    second = run(engine, folder)
    assert first.rejected == second.rejected != []
    assert (second.unchanged, engine.info()) == (3, before)


def test_an_index_holds_no_leavings_of_portions_without_articles(engine: Engine, folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        (folder / f"{number}.txt").write_text("Harga beras naik lagi.")
        (folder / f"blank{number}.txt").write_text(" ")
        run(engine, folder)
    published = [file.name for file in (tmp_path / "index").rglob("*") if file.is_file()]
    assert [name for name in published if name.endswith((".batch", ".new"))] == []


def test_boilerplate_is_the_same_when_only_a_reject_brought_it(engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(engine, folder)
    (folder / "link.txt").write_text("Baca juga: Harga Beras Naik di Pasar Induk\n\nADVERTISEMENT")
    run(engine, folder)
    at_once = open_engine(tmp_path / "at once")
    run(at_once, folder)
    assert list(engine.boilerplate()) == list(at_once.boilerplate()) != []


def test_a_server_lets_go_of_what_was_replaced_without_a_search_for_cycles(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    run(engine, folder)
    server = open_engine(tmp_path / "index")
    server.find(Query('berita OR ber* "harga beras"', since="2018", chosen={"outlet": ("Kompas",)}))
    gc.collect()
    gc.disable()
    try:
        before = weakref.ref(server.snapshot().generation)  # type: ignore[attr-defined]
        (folder / "more.txt").write_text("Harga beras naik lagi.")
        run(engine, folder)
        server.find(Query("beras"))
        assert before() is None
    finally:
        gc.enable()


def test_a_dry_run_tells_what_would_happen_and_does_nothing(engine: Engine, folder: Path) -> None:
    assert run(engine, folder, dry_run=True).new == 3
    with pytest.raises(NoIndex):
        engine.info()
    run(engine, folder)
    (folder / "a.txt").unlink()
    assert run(engine, folder, dry_run=True).removed == 1
    assert ids(engine) == {"a", "b", "kompas/c"}


def test_a_folder_without_articles_never_empties_an_index(engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(engine, folder)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NothingRead, match="as it was"):
        run(engine, tmp_path / "nothing")
    with pytest.raises(MissingPath):
        run(engine, tmp_path / "nowhere")
    assert len(ids(engine)) == 3


def test_what_others_keep_in_the_index_folder_is_left_alone(engine: Engine, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "index" / "thesis").mkdir(parents=True)
    (tmp_path / "index" / "2019").mkdir()
    run(engine, folder)
    run(engine, folder, full=True)
    run(engine, folder, full=True)
    assert (tmp_path / "index" / "thesis").is_dir()
    assert (tmp_path / "index" / "2019").is_dir()


def test_a_file_where_the_index_should_lie_is_an_error_that_names_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    engine = open_engine(tmp_path / "file")
    with pytest.raises(UnusableLocation, match="file"):
        engine.info()
    with pytest.raises(UnusableLocation, match="KLIPING_INDEX"):
        run(engine, folder)


def test_a_second_reindex_says_so_and_leaves(engine: Engine, folder: Path, tmp_path: Path) -> None:
    with engine.build(), pytest.raises(BuildInProgress, match=f"process {os.getpid()}"):
        run(open_engine(tmp_path / "index"), folder)
    assert run(engine, folder).new == 3


def test_readers_keep_the_old_index_until_the_new_one_is_complete(engine: Engine, folder: Path) -> None:
    run(engine, folder)
    (folder / "d.txt").write_text("Kereta api malam kembali berjalan.")
    seen: list[set[str]] = []
    reindex(engine, ReindexRequest((folder,)), lambda _: seen.append(ids(engine, "kereta")))
    assert set().union(*seen) == set()
    assert ids(engine, "kereta") == {"d"}


def test_fingerprints_that_were_damaged_are_made_again_and_the_report_says_why(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    run(engine, folder)
    for file in (tmp_path / "index").rglob(FINGERPRINTS):
        file.write_bytes(b"rubbish")
    (folder / "d.txt").write_text("Kereta api malam kembali berjalan.")
    report = run(engine, folder)
    assert (report.new, report.unchanged) == (4, 0)
    assert FINGERPRINTS in report.discarded
    assert list(engine.check()) == []
    assert run(engine, folder).discarded == ""


def test_an_index_that_was_damaged_is_named_and_made_again(engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(engine, folder)
    for file in (tmp_path / "index").rglob("manifest.json"):
        file.write_text("{")
    fresh = open_engine(tmp_path / "index")
    with pytest.raises(DamagedIndex, match="--full"):
        fresh.find(Query())
    assert run(fresh, folder).new == 3
    assert len(ids(fresh)) == 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a bad table open
@pytest.mark.parametrize(
    "pattern", ["*.documents", "*.terms", "*.toc", "columns.arrays", "vocabulary.arrays", "manifest.json"]
)
@pytest.mark.parametrize("left", [0.0, 0.5])
def test_a_file_that_was_cut_short_is_damage_with_a_remedy(
    engine: Engine, folder: Path, tmp_path: Path, pattern: str, left: float
) -> None:
    run(engine, folder)
    for file in (tmp_path / "index").rglob(pattern):
        file.write_bytes(file.read_bytes()[: int(left * file.stat().st_size)])
    with pytest.raises(DamagedIndex, match="--full"):
        open_engine(tmp_path / "index").find(Query("petani"))
    assert run(open_engine(tmp_path / "index"), folder).articles == 3


def test_an_index_of_another_version_asks_for_a_reindex_and_gets_it(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    run(engine, folder)
    for file in (tmp_path / "index").rglob("manifest.json"):
        file.write_text(json.dumps({**json.loads(file.read_text()), "version": "0"}))
    fresh = open_engine(tmp_path / "index")
    with pytest.raises(OutdatedIndex, match="another version"):
        fresh.find(Query())
    assert run(fresh, folder).new == 3


KILLED = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
folder, articles = map(Path, sys.argv[1:])
reindex(open_engine(folder), ReindexRequest((articles,)), lambda report: print(report.phase, report.read, flush=True))
"""


@pytest.mark.parametrize("moment", [1, 30, 61, 62, 63])
def test_a_kill_at_any_moment_leaves_the_old_index_serving(
    engine: Engine, folder: Path, tmp_path: Path, moment: int
) -> None:
    run(engine, folder)
    before = engine.info()
    many = tmp_path / "many.jsonl"
    many.write_text(
        "".join(json.dumps({"id": str(n), "isi": f"Berita nomor {n} dari {LONG}"}) + "\n" for n in range(60))
    )
    command = [sys.executable, "-c", KILLED, str(tmp_path / "index"), str(many)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert list(zip(range(moment), process.stdout, strict=False)), "the run never began"
        time.sleep(0.01 * (moment % 3))
        process.send_signal(signal.SIGKILL)
    after = open_engine(tmp_path / "index")
    if after.info() != before:  # it may have got to the end before the signal
        assert after.info().articles == 60
    assert list(after.check()) == []
    assert run(after, folder).articles == 3
    assert len(list((tmp_path / "index").glob("2*"))) <= 2


def test_a_report_goes_through_its_phases_in_order(engine: Engine, folder: Path) -> None:
    phases: list[Phase] = []
    report = reindex(engine, ReindexRequest((folder,)), lambda report: phases.append(report.phase))
    assert list(dict.fromkeys(phases)) == [Phase.LEARNING, Phase.READING, Phase.GROUPING, Phase.PUBLISHING]
    assert report.phase is Phase.DONE


def test_field_names_of_ones_own_are_mapped(engine: Engine, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("kepala,badan\nHarga naik,Harga beras naik di pasar induk.\n")
    request = ReindexRequest((table,), {"title": "kepala", "text": "badan"})
    assert reindex(engine, request).new == 1
    assert engine.find(Query("title:naik")).articles == 1
    assert reindex(engine, replace(request, full=True)).new == 1


def test_a_text_changed_at_its_place_is_told_as_changed_and_counts_as_no_removal(
    engine: Engine, tmp_path: Path
) -> None:
    rows = [{"isi": f"Berita nomor {n} dari desa."} for n in range(4)]
    table = tmp_path / "a.jsonl"

    def saved(*kept: dict[str, str]) -> tuple[int, int, int, int]:
        table.write_text("".join(json.dumps(row) + "\n" for row in kept))
        report = reindex(engine, ReindexRequest((table,), max_removed=0))
        return report.new, report.changed, report.unchanged, report.removed

    assert saved(*rows) == (4, 0, 0, 0)
    assert saved({"isi": "Sisipan."}, *rows) == (1, 0, 4, 0)
    assert saved({"isi": "Sisipan."}, {"isi": "Diperbaiki."}, *rows[1:]) == (0, 1, 4, 0)
    assert [engine.moved(f"a:{row}") is None for row in range(1, 7)] == [True, False, False, False, False, True]
    assert shown(engine)[engine.moved("a:2") or ""] == (rows[1]["isi"], "a.jsonl:3")
    assert list(engine.check()) == []


@settings(max_examples=8)
@given(st.lists(st.lists(st.sampled_from(["banjir", "padi", "kapal"]), max_size=4), min_size=2, max_size=4))
def test_every_way_to_a_state_of_the_files_gives_the_same_index(states: list[list[str]]) -> None:
    with TemporaryDirectory() as room:
        table, step_by_step = Path(room) / "a.jsonl", open_engine(Path(room) / "steps")
        for number, texts in enumerate(states):
            rows = [{"isi": f"Berita {text}.", "url": f"https://a.id/{len(text)}"} for text in texts] + [
                {"isi": "Tetap."}
            ]
            table.write_text("".join(json.dumps(row) + "\n" for row in rows))
            run(step_by_step, table)
            at_once = open_engine(Path(room) / f"{number}")
            run(at_once, table)
            assert shown(step_by_step) == shown(at_once)
        assert step_by_step.info().id == at_once.info().id


def shown(engine: Engine) -> dict[str, tuple[str, str]]:
    found = engine.find(Query(size=100, copies=Copies.SHOW)).matches
    return {match.article.id: (match.article.text, match.article.source) for match in found}


def test_packages_may_be_exchanged_while_a_long_reindex_runs(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise ImportError("the package is not there at the moment")

    stemming._version.cache_clear()
    reindex(engine, ReindexRequest((folder,)), lambda _: monkeypatch.setattr(stemming, "installed_version", gone))
    assert ids(engine) == {"a", "b", "kompas/c"}
