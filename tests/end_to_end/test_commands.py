"""The commands: their effects, output for people and programs, and exit statuses."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.parallel import worker_count
from index.reindexing.reject_log import kind_of
from index.reindexing.report import Phase, ReindexReport
from tests import ROOT, SAMPLES
from web import create_app
from web.commands.reindex import progress
from web.commands.reindex.progress import share_and_estimate
from web.setting_values import BadSetting

pytestmark = pytest.mark.long

IF_NEEDED = ("reindex", "--if-needed", SAMPLES)
Run = Callable[..., Result]
# What is started in the background takes no interrupt unless it asks for it.
INTERRUPTED_AS_ON_A_TERMINAL = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import flask.cli; flask.cli.main()"
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    app = create_app({"KLIPING_INDEX": tmp_path / "index", "KLIPING_ARTICLES": tmp_path / "articles"})
    runner = app.test_cli_runner()

    def run_command(*words: object) -> Result:
        return runner.invoke(args=[str(word) for word in words])

    return run_command


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Padang, (ANTARA) - Petani [memanen] padi lebih awal.\n\nCopyright © ANTARA 2018\n")
    (folder / "b.txt").write_text("Kapal feri berangkat dari Merak.")
    return folder


def test_reindex_reads_the_articles_folder_and_ends_with_a_table(run: Run, articles: Path) -> None:
    result = run("reindex")
    assert result.exit_code == 0
    lines = dict(line.split()[:2] for line in result.stdout.splitlines() if line.strip())
    assert (lines["read"], lines["new"], lines["rejected"], lines["stories"]) == ("2", "2", "0", "2")
    assert "reading" in result.stderr


def test_reindex_tells_how_articles_became_stories(run: Run, articles: Path) -> None:
    (articles / "c.txt").write_text((articles / "b.txt").read_text())
    told = " ".join(run("reindex").stdout.split())
    assert "copies: 3 articles fingerprinted, 2 different texts" in told
    assert "1 stories of several articles" in told


def test_reindex_without_an_articles_folder_says_what_to_do(run: Run) -> None:
    result = run("reindex")
    assert result.exit_code == 1
    assert "flask reindex PATH" in result.stderr


def test_reindex_of_a_missing_path_names_it(run: Run, tmp_path: Path) -> None:
    result = run("reindex", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"Error: there is no file or folder {tmp_path / 'nowhere'}"]


def test_progress_tells_each_phase_and_no_number_before_there_is_one(run: Run, articles: Path) -> None:
    told = run("reindex").stderr.splitlines()
    assert told == ["looking for boilerplate", "reading", "grouping copies", "writing the index"]


def test_progress_tells_how_far_a_phase_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, 0.0, 10.0, 20.0, 21.0, 30.0, 40.0))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    said: list[str] = []
    monkeypatch.setattr("click.echo", lambda line, **_: said.append(line))
    lines = progress._Lines()
    report = ReindexReport()
    for phase, seen, read in (
        (Phase.LEARNING, 0, 0),
        (Phase.LEARNING, 8000, 0),
        (Phase.READING, 8000, 0),
        (Phase.READING, 8000, 100),
        (Phase.READING, 8000, 2000),
        (Phase.READING, 8000, 8000),
    ):
        report.phase, report.seen, report.new = phase, seen, read
        lines.show(report)
    assert said == [
        "looking for boilerplate",
        "looking for boilerplate: 8,000 read, 800/s",
        "reading",
        "reading: 2,000 read, 200/s, 25 %, about 30 s left",
        "reading: 8,000 read, 400/s, 100 %",
    ]


def test_reindex_reports_as_json_with_every_reject(run: Run, articles: Path) -> None:
    (articles / "empty.txt").write_text("")
    result = run("reindex", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["read"], report["new"]) == (3, 2)
    assert report["rejected"][0]["where"].endswith("empty.txt")
    assert report["index"]["articles"] == 2
    assert json.loads(run("reindex", "--json").stdout)["unchanged"] == 2


def test_reindex_strict_fails_on_rejects_but_keeps_the_rest(run: Run, articles: Path) -> None:
    (articles / "empty.txt").write_text("")
    result = run("reindex", "--strict")
    assert result.exit_code == 1
    assert "empty.txt" in result.stdout
    assert "2" in run("info").stdout


def test_reindex_if_needed_makes_an_index_once(run: Run, articles: Path) -> None:
    assert "new" in run("reindex", "--if-needed").stdout
    (articles / "c.txt").write_text("Satu lagi.")
    result = run("reindex", "--if-needed")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to do" in result.stderr


def test_reindex_if_needed_answers_a_program_in_json(run: Run, articles: Path) -> None:
    run("reindex")
    answer = json.loads(run("reindex", "--if-needed", "--json").stdout)
    assert answer["needed"] is False
    assert answer["index"]["articles"] == 2


def test_reindex_that_reads_nothing_says_why(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(25):
        (folder / f"empty-{number:02}.txt").write_text("")
    result = run("reindex")
    assert result.exit_code == 1
    assert "empty-00.txt" in result.stderr
    assert "empty-24.txt" not in result.stderr
    assert "5 more" in result.stderr
    assert "Error: no article" in result.stderr


def test_reindex_that_reads_nothing_says_why_in_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run("reindex", tmp_path / "empty.txt", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert "no article" in report["error"]
    assert [Path(item["where"]).name for item in report["rejected"]] == ["empty.txt"]


def test_progress_gives_no_estimate_before_one_can_be_made() -> None:
    assert share_and_estimate(0.01, 600) == ", 1 %"
    assert share_and_estimate(0.5, 1.9) == ", 50 %"
    assert share_and_estimate(0.25, 10) == ", 25 %, about 30 s left"


def test_reindex_maps_names_of_fields_and_refuses_what_is_none(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("badan\nHarga beras naik di pasar induk.\n")
    assert run("reindex", table, "--map", "text=badan").exit_code == 0
    assert run("reindex", table, "--map", "badan").exit_code == 2
    result = run("reindex", table, "--map", "colour=badan")
    assert result.exit_code == 2
    assert "text" in result.stderr


def test_a_name_in_a_mapping_that_no_file_has_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("judul,isi\nSatu,Harga beras naik di pasar induk.\n")
    for _ in range(2):  # also where nothing has changed since
        result = run("reindex", tmp_path, "--map", "text=naskah", "--map", "title=judul", "--json")
        assert result.exit_code == 1
        assert "“naskah”" in result.stderr
        assert "judul" not in result.stderr
        assert json.loads(result.stdout)["unmet_names"] == ["naskah"]
    (tmp_path / "b.csv").write_text("naskah\n")
    assert run("reindex", tmp_path, "--map", "text=naskah").exit_code == 0


def test_search_prints_hits_and_totals(run: Run, articles: Path) -> None:
    run("reindex")
    result = run("search", "panen")
    assert result.exit_code == 0
    assert "[memanen]" in result.stdout
    assert "ANTARA · 2018" in result.stdout or "ANTARA News · ≈ 2018" in result.stdout
    assert "1 article in 1 story; page 1 of 1" in result.stdout
    assert "2 articles in 2 stories" in run("search", "memanen OR feri").stdout


def test_search_shows_copies_one_by_one_and_chooses_who_stands_for_them(run: Run, articles: Path) -> None:
    told = [{"id": n, "date": f"2020-05-0{n}", "text": "Kapal feri berangkat dari Merak."} for n in (2, 1)]
    (articles / "ferry.jsonl").write_text("\n".join(map(json.dumps, told)))
    (articles / "b.txt").unlink()
    run("reindex")

    def ids(*options: str) -> list[str]:
        return re.findall(r"\[(\w)\]", run("search", "kapal", *options).stdout)

    assert ids() == ids("--lead", "best") == ["2"]
    assert ids("--lead", "earliest") == ["1"]
    assert ids("--copies", "show") == ["2", "1"]
    assert run("search", "kapal", "--copies", "all").exit_code == 2


def test_short_forms_named_twice_are_printed_once(run: Run) -> None:
    run("reindex", SAMPLES)
    told = run("shortforms", "AS", "Amerika Serikat").stdout.splitlines()
    assert len(told) == len(set(told)) > 0


def test_search_that_finds_nothing_says_so(run: Run, articles: Path) -> None:
    run("reindex")
    result = run("search", "tidakada")
    assert result.exit_code == 0
    assert result.stdout.startswith("nothing found")
    assert "page" not in result.stdout


def test_search_that_finds_nothing_tells_what_would(run: Run, articles: Path) -> None:
    run("reindex")
    said = run("search", "memanen tidakada").stdout.splitlines()
    assert said[0].startswith("nothing found")
    assert said[1] == "each part alone: memanen 1, tidakada 0"
    assert "without tidakada: 1 story" in said
    assert "these lack some of what was asked; the nearest come first:" in said
    assert said[-1] == "      without: tidakada"
    assert "did you mean: memanen (1 story)" in run("search", "memanne").stdout


def test_search_points_at_what_is_wrong_with_a_query(run: Run, articles: Path) -> None:
    run("reindex")
    result = run("search", "1 OR (")
    assert (result.exit_code, result.stdout) == (2, "")
    query, sign, meant, sentence = result.stderr.splitlines()
    assert query[sign.index("^")] == "("
    assert query.strip() == "1 OR ("
    assert meant == "perhaps meant: 1"
    assert sentence.startswith("Error: A parenthesis is opened")


def test_the_sign_stands_under_the_place_whatever_stands_before_it(run: Run, articles: Path) -> None:
    run("reindex")
    query, sign, *_ = run("search", "北京\nOR (").stderr.splitlines()
    assert query == "  北京 OR ("
    assert sign.index("^") == 2 + len("北京 OR ") + 2  # each of the two letters is two columns wide


@pytest.mark.parametrize("words", [("search", "panen"), ("info",), ("verify",), ("reindex", SAMPLES), IF_NEEDED])
def test_an_index_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, words: tuple[object, ...]) -> None:
    (tmp_path / "file").write_text("no folder")
    runner = create_app({"KLIPING_INDEX": tmp_path / "file"}).test_cli_runner()
    result = runner.invoke(args=[str(word) for word in words])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: the index folder")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("name", "value"), [("KLIPING_INDEX", ""), ("KLIPING_INDEX", "."), ("KLIPING_LANGUAGE", "fr")])
def test_a_setting_that_cannot_be_is_told_in_one_sentence(name: str, value: str) -> None:
    flask = Path(sys.executable).with_name("flask")
    result = subprocess.run(
        [flask, "info"],
        cwd=SAMPLES.parent,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {name} is ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("search", "panen"), ("info",), ("verify",)])
def test_without_an_index_every_command_names_the_one_that_makes_it(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert "flask reindex" in result.stderr


def test_info_tells_what_is_published(run: Run, articles: Path, tmp_path: Path) -> None:
    run("reindex")
    assert str(tmp_path / "index") in run("info").stdout
    assert json.loads(run("info", "--json").stdout)["articles"] == 2


def test_verify_reads_everything_back_and_finds_damage(run: Run, articles: Path, tmp_path: Path) -> None:
    run("reindex")
    assert run("verify").exit_code == 0
    (manifest,) = (tmp_path / "index").rglob("manifest.json")
    manifest.write_text(manifest.read_text().replace(json.loads(manifest.read_text())["id"], "0" * 12))
    fresh = create_app({"KLIPING_INDEX": tmp_path / "index"}).test_cli_runner().invoke(args=["verify"])
    assert fresh.exit_code == 1
    assert "flask reindex --full" in fresh.stdout


FOOTER = "Kabar Kota adalah portal berita warga."


@pytest.fixture
def footed(tmp_path: Path) -> Path:
    """Sixteen articles of one outlet with the same last line, and one of another outlet with a link line."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(16):
        text = f"Panen raya nomor {number}.\\nPetani ke-{number} bersyukur.\\n{FOOTER}"
        line = f'{{"id": "{number}", "outlet": "Kabar Kota", "text": "{text}"}}'
        (folder / f"{number:02}.json").write_text(line, encoding="utf-8")
    link = '{"id": "x", "outlet": "Lain", "text": "Hujan turun lagi.\\nBaca juga: Banjir Surut di Hilir Kota"}'
    (folder / "x.json").write_text(link, encoding="utf-8")
    return folder


def test_boilerplate_is_listed_with_its_outlet_and_count(run: Run, footed: Path) -> None:
    assert run("reindex").exit_code == 0
    listed = run("boilerplate")
    assert listed.stdout.splitlines() == [f"Kabar Kota\t16\tlearned\t{FOOTER}", "Lain\t1\tknown\tbaca juga"]
    assert run("boilerplate", "lain").stdout.splitlines() == ["Lain\t1\tknown\tbaca juga"]
    stranger = run("boilerplate", "Koran Lama")
    assert stranger.exit_code == 1
    assert "Koran Lama" in stranger.stderr


def test_boilerplate_is_not_searched_until_the_keeper_keeps_it(run: Run, footed: Path, tmp_path: Path) -> None:
    run("reindex")
    assert "portal" not in run("search", "portal").stdout
    rules = tmp_path / "rules.tsv"
    rules.write_text(f"keep\t{FOOTER}\n", encoding="utf-8")
    app = create_app(
        {"KLIPING_INDEX": tmp_path / "index", "KLIPING_ARTICLES": footed, "KLIPING_BOILERPLATE": rules},
    )
    runner = app.test_cli_runner()
    assert runner.invoke(args=["reindex"]).exit_code == 0
    assert "portal" in runner.invoke(args=["search", "portal"]).stdout
    rules.write_text("hide\tportal\n", encoding="utf-8")
    refused = runner.invoke(args=["reindex"])
    assert refused.exit_code == 1
    assert "line 1: must be keep or drop" in refused.stderr


def test_reindex_keeps_what_cannot_be_read_says_so_and_fails(run: Run, articles: Path) -> None:
    run("reindex")
    (articles / "a.txt").unlink()
    os.mkfifo(articles / "a.txt")
    for options in ((), ("--dry-run",), ("--full",)):
        result = run("reindex", *options)
        assert result.exit_code == 1
        assert "kept 1 article of" in result.stdout
        assert "a.txt" in result.stderr.splitlines()[-1]
        assert result.stderr.splitlines()[-1].startswith("Error: 1 article stays as it was")
    told = json.loads(run("reindex", "--json").stdout)
    assert [Path(kept["where"]).name for kept in told["kept"]] == ["a.txt"]
    assert (told["kept"][0]["articles"], told["removed"], told["index"]["articles"]) == (1, 0, 2)
    reason = told["kept"][0]["reason"]
    assert told["rejected_count"] == len(told["rejected"]) == told["reasons"][kind_of(reason)] == 1


def test_reindex_refuses_to_remove_much_unless_it_is_allowed(run: Run, articles: Path) -> None:
    run("reindex")
    (articles / "a.txt").unlink()
    for options in ((), ("--dry-run",), ("--full",)):
        result = run("reindex", *options)
        assert result.exit_code == 1
        assert "--allow-removals" in result.stderr.splitlines()[-1]
    assert json.loads(run("info", "--json").stdout)["articles"] == 2
    assert json.loads(run("reindex", "--dry-run", "--json").stdout)["refusal"]
    assert run("reindex", "--allow-removals").exit_code == 0
    assert json.loads(run("info", "--json").stdout)["articles"] == 1


@pytest.mark.parametrize("value", ["many", "-1", "101", ""])
def test_a_share_of_removals_that_cannot_be_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(BadSetting, match="KLIPING_MAX_REMOVED"):
        create_app({"KLIPING_INDEX": tmp_path, "KLIPING_MAX_REMOVED": value})


def flask(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which `flask` is the command, over an index in a folder."""
    return subprocess.run(
        ["bash", "-c", f'flask() {{ "{Path(sys.executable).with_name("flask")}" "$@"; }}; {line}'],
        cwd=SAMPLES.parent,
        env={**os.environ, "KLIPING_INDEX": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_output_that_is_full_is_told_in_one_sentence(run: Run, tmp_path: Path) -> None:
    run("reindex", SAMPLES)
    commands = ("info", "search kapal", "reindex samples")
    result = flask(tmp_path / "index", "; ".join(f"flask {words} > /dev/full; echo $?" for words in commands))
    assert result.stdout.split() == ["1", "1", "1"]
    told = [line for line in result.stderr.splitlines() if line not in {phase.value for phase in Phase}]
    assert len(told) == 3
    assert all(line.startswith("Error: the output cannot be written: No space left on device") for line in told)


def test_a_pipe_that_is_closed_ends_a_command_without_a_word(run: Run, tmp_path: Path) -> None:
    run("reindex", SAMPLES)
    result = flask(tmp_path / "index", "flask search 'di OR yang' --size 100 | head -1")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_an_index_folder_in_a_circle_of_links_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    runner = create_app({"KLIPING_INDEX": tmp_path / "loop"}).test_cli_runner()
    for words in (["info"], ["search", "kapal"], ["verify"], ["reindex", str(SAMPLES)]):
        result = runner.invoke(args=words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Error: the index folder")
        assert result.stderr.count("\n") == 1


@pytest.mark.usefixtures("articles")
def test_a_folder_in_place_of_a_file_is_asked_wrongly_as_a_missing_one_is(run: Run, tmp_path: Path) -> None:
    assert run("reindex").exit_code == 0
    for asked in (("export", "", "-o"), ("batch",), ("restore",), ("backup",), ("agreement", tmp_path / "a")):
        assert run(*asked, tmp_path).exit_code == 2, asked
    for asked in (("export", "", "-o"), ("backup",)):
        assert run(*asked, tmp_path / "none" / "a.csv").exit_code == 2, asked


@pytest.mark.usefixtures("articles")
def test_a_page_past_the_last_one_is_told_with_the_last(run: Run) -> None:
    run("reindex")
    told = run("search", "kapal", "--page", 99)
    assert told.exit_code == 0
    assert "there is no page 99, the last one is --page 1;" in told.stdout


@pytest.mark.usefixtures("articles")
def test_the_ending_of_a_file_says_its_format_or_is_refused(run: Run, tmp_path: Path) -> None:
    run("reindex")
    (tmp_path / "queries.txt").write_text("kapal\n")
    export, batch = ("export", "kapal", "-o"), ("batch", tmp_path / "queries.txt", "-o")
    for asked, ending, known in ((export, "foo", ".csl.json"), (export, "json", ".jsonl"), (batch, "txt", ".json")):
        refused = run(*asked, tmp_path / f"hasil.{ending}")
        assert (refused.exit_code, (tmp_path / f"hasil.{ending}").exists()) == (2, False)
        assert f"no format ends in .{ending}" in refused.stderr
        assert known in refused.stderr
        assert "--format" in refused.stderr
    for name, begins in (("a.coding.csv", "# sample"), ("a.ris", "TY  - NEWS"), ("hasil", "\ufeff# archive")):
        assert run(*export, tmp_path / name).exit_code == 0
        assert begins in (tmp_path / name).read_text("utf-8")
    assert run(*export, tmp_path / "a.foo", "--format", "ris").stderr.endswith("\n")
    assert (tmp_path / "a.foo").read_text("utf-8").startswith("TY  - NEWS")
    assert run(*batch, tmp_path / "b.json").exit_code == 0
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["queries"]
    assert run(*batch, tmp_path / "b.csv").exit_code == 0
    assert "line,name,query,outlet,period" in (tmp_path / "b.csv").read_text("utf-8")


@pytest.mark.skipif(worker_count() == 1, reason="with one core there are no other processes")
def test_a_reindex_that_is_interrupted_says_in_one_sentence_that_the_index_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(
            f"Berita nomor {number} dari Padang.\n\n" + f"Banjir {number} surut. " * 400
        )
    settings = {**os.environ, "KLIPING_INDEX": str(tmp_path / "index"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED_AS_ON_A_TERMINAL, "reindex", str(folder)],
        cwd=tmp_path,
        env={**settings, "FLASK_APP": str(ROOT / "wsgi.py")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as command:
        assert command.stderr is not None
        command.stderr.readline()  # its first progress
        os.killpg(command.pid, signal.SIGINT)
        told, errors = command.communicate(timeout=60)
    assert (command.returncode, told) == (1, "")
    assert "Traceback" not in errors
    assert errors.splitlines()[-1].startswith("Error: interrupted; the index is whole")
