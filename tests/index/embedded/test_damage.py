"""A damaged index is noticed whatever was damaged, is never answered from, and is made again by the next reindex."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from click.testing import Result

from archive.article import Article
from archive.copies.stories import STORIES
from archive.meanings.short_forms import SHORT_FORMS_FILE
from archive.press.boilerplate import BOILERPLATE
from index.embedded import checksums
from index.embedded.columnar.format.arrays import ArrayFile
from index.embedded.generation import Generation
from index.engine import DamagedIndex, Engine
from index.opening import open_engine
from index.query.request import Query
from index.reindexing.article_files import ARTICLE_FILES
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from index.storage.first_seen import FIRST_SEEN
from index.storage.former_addresses import FORMER_ADDRESSES
from index.storage.serialization import PackedArticle, deserialize
from tests import ROOT
from tests.contract.engine_contract import an_article, build, ids
from tests.index.embedded.damages import copied, damages, files_of, try_damages
from web import create_app

TEXT = "Petani di desa itu memanen padi (Badan Pangan Nasional, BPN) karena hujan deras turun pekan depan di kabupaten."


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in {
        "a": TEXT,
        "b": f"{TEXT} Harga naik.",
        "c": "Kapal feri berangkat.",
        "d": "Petani lain.",
    }.items():
        (folder / f"{name}.txt").write_text(f"{text}\n\nBaca juga: Harga beras turun\n")
    return folder


@pytest.fixture(scope="module")
def index(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of several builds; its lists of segments names a deleted article."""
    folder = tmp_path_factory.mktemp("index")
    reindex(open_engine(folder), ReindexRequest((articles,)))
    (articles / "d.txt").unlink()
    reindex(open_engine(folder), ReindexRequest((articles,)))
    assert len(files_of(folder)) == 17
    assert all(file.stat().st_size for file in files_of(folder))
    return folder


def test_every_damage_to_every_file_is_found_and_never_answered_from(index: Path, tmp_path: Path) -> None:
    report = try_damages(copied(index, tmp_path / "index"), flips=5, cuts=5, seed=1)
    assert report.failed == []
    assert report.tried == 17 * 14
    assert verified(tmp_path / "index").exit_code == 0


def verified(index: Path) -> Result:
    return create_app({"KLIPING_INDEX": index}).test_cli_runner().invoke(args=["verify"])


def test_a_verification_names_each_damaged_file_and_the_remedy(index: Path, tmp_path: Path) -> None:
    damaged = copied(index, tmp_path / "index")
    for file in files_of(damaged):
        if file.suffix in {".npz", ".tsv"}:
            file.write_bytes(file.read_bytes()[:-1])
        elif file.suffix == ".terms":
            file.unlink()
    result = verified(damaged)
    assert result.exit_code == 1
    tables = (STORIES, SHORT_FORMS_FILE, BOILERPLATE, ARTICLE_FILES, FORMER_ADDRESSES, FIRST_SEEN)
    for name in (*tables, "fingerprints.npz"):
        assert f"{name} is cut short" in result.stdout
    assert ".terms is missing" in result.stdout
    assert result.stdout.endswith("8 problems. Remedy: flask reindex --full\n")


def test_an_article_that_cannot_be_read_back_is_named_and_no_other(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt, swapped, *_ = [article_id for article_id, _ in open_engine(index).digests()]

    def damaged(packed: PackedArticle, digest: str) -> Article:
        article = deserialize(packed, digest)
        if article.id == spoilt:
            raise ValueError("no JSON")
        return replace(article, id="another") if article.id == swapped else article

    monkeypatch.setattr("index.embedded.generation.deserialize", damaged)
    assert list(open_engine(index).check()) == [
        f"article {spoilt}: cannot be read back (no JSON)",
        f"article {swapped}: another one (another) is stored in its place",
    ]


def test_a_reindex_notices_any_damage_and_makes_the_index_again(articles: Path, index: Path, tmp_path: Path) -> None:
    whole = open_engine(index).info().id
    for number in range(len(files_of(index))):
        damaged = copied(index, tmp_path / "index")
        file = files_of(damaged)[number]
        damage = Random(number).choice(list(damages(file.read_bytes(), 5, 5, Random(number))))
        damage.inflict(file)
        report = reindex(open_engine(damaged), ReindexRequest((articles,)))
        assert (report.new, report.unchanged) == (3, 0), f"{file.name} {damage.name}"
        assert report.discarded or (file.name == "CURRENT" and damage.content is None)
        assert list(open_engine(damaged).check()) == []
        assert open_engine(damaged).info().id == whole
        shutil.rmtree(damaged)


@pytest.mark.parametrize("options", [(), ("--full",)])
def test_a_reindex_says_what_it_could_not_build_upon(
    articles: Path, index: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    damaged = copied(index, tmp_path / "index")
    (damaged / "CURRENT").write_bytes(b"2026\xff\n")
    runner = create_app({"KLIPING_INDEX": damaged}).test_cli_runner()
    result = runner.invoke(args=["reindex", *options, str(articles)])
    assert result.exit_code == 0
    assert ("CURRENT does not name a generation" in result.stdout) == (not options)
    assert verified(damaged).exit_code == 0


def test_while_it_is_unknown_which_generation_is_published_none_is_removed(
    articles: Path, index: Path, tmp_path: Path
) -> None:
    damaged = copied(index, tmp_path / "index")
    named = (damaged / "CURRENT").read_bytes()
    (damaged / "CURRENT").write_bytes(b"")
    with pytest.raises(ZeroDivisionError), open_engine(damaged).build():
        raise ZeroDivisionError
    (damaged / "CURRENT").write_bytes(named)
    assert list(open_engine(damaged).check()) == []


def test_no_single_damaged_byte_of_current_names_another_generation(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    for number in range(4):
        with engine.build() as building:
            building.add(an_article(f"{number}", "satu"))
        named = (tmp_path / "CURRENT").read_bytes()
        for place in range(len(named)):
            for other in b"0123456789\n\0\xff":
                if other != named[place]:
                    (tmp_path / "CURRENT").write_bytes(named[:place] + bytes([other]) + named[place + 1 :])
                    with pytest.raises(DamagedIndex):
                        open_engine(tmp_path).info()
        (tmp_path / "CURRENT").write_bytes(named)
        assert open_engine(tmp_path).info().articles == number + 1


def test_where_there_are_no_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("a", "satu"))

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    build(engine, an_article("b", "dua"))
    assert list(engine.check()) == []
    assert ids(engine, "satu OR dua") == ["a", "b"]


def test_files_that_are_no_part_of_an_index_are_left_out_of_the_next_one(index: Path, tmp_path: Path) -> None:
    crowded = copied(index, tmp_path / "index")
    (files_of(crowded)[1].parent / ".DS_Store").write_bytes(b"made by a file manager")
    engine = open_engine(crowded)
    assert list(engine.check()) == []
    build(engine, an_article("new", "satu"))
    assert ".DS_Store" not in [file.name for file in files_of(crowded)]


@pytest.mark.parametrize("name", [STORIES, SHORT_FORMS_FILE, BOILERPLATE])
@pytest.mark.parametrize("gone", [True, False])
def test_an_opened_generation_never_answers_from_a_file_damaged_meanwhile(
    index: Path, tmp_path: Path, name: str, *, gone: bool
) -> None:
    damaged = copied(index, tmp_path / "index")
    generation = open_engine(damaged).snapshot().generation  # type: ignore[attr-defined]
    file = next(file for file in files_of(damaged) if file.name == name)
    if gone:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-3])
    found = told_by(generation, name)
    whole = told_by(open_engine(index).snapshot().generation, name)  # type: ignore[attr-defined]
    assert found == whole or (f"{name} is " in str(found) and "flask reindex --full" in str(found))


def told_by(generation: Generation, name: str) -> object:
    """What a generation tells from one of its companion files, or its error."""
    try:
        if name == STORIES:
            return generation.relatives.story_ids
        return generation.short_forms.forms if name == SHORT_FORMS_FILE else list(generation.boilerplate)
    except DamagedIndex as error:
        return str(error)


def test_a_file_that_is_damaged_while_it_is_served_is_noticed_at_the_next_request(index: Path, tmp_path: Path) -> None:
    damaged = copied(index, tmp_path / "index")
    client = create_app({"KLIPING_INDEX": damaged}).test_client()
    assert client.get("/?q=petani").status_code == 200
    file = next(file for file in files_of(damaged) if file.suffix == ".terms")
    content = file.read_bytes()
    os.truncate(file, 100)
    assert client.get("/?q=petani").status_code == 503
    file.write_bytes(content)
    assert client.get("/?q=petani").status_code == 200


CUT = """
import os, sys
from pathlib import Path
from index.embedded.columnar.format.arrays import ArrayFile
file = ArrayFile(Path(sys.argv[1]))
os.truncate(sys.argv[1], 0)
print(list(file.damage()))
"""


def test_a_process_that_reads_a_file_cut_meanwhile_dies_and_the_next_one_says_so(index: Path, tmp_path: Path) -> None:
    damaged = copied(index, tmp_path / "index")
    file = next(file for file in files_of(damaged) if file.suffix == ".documents")
    assert list(ArrayFile(file).damage()) == []
    died = subprocess.run([sys.executable, "-c", CUT, file], cwd=ROOT, check=False, timeout=60, capture_output=True)
    assert died.returncode == -signal.SIGBUS
    with pytest.raises(DamagedIndex, match=r"documents is cut short: 0 of \d+ bytes are left"):
        open_engine(damaged).find(Query("petani"))


def test_a_file_that_several_generations_share_is_read_once(
    articles: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = copied(index, tmp_path / "index")
    for file in files_of(shared):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    read: list[str] = []
    plainly = checksums._read

    def counted(path: Path) -> checksums.Checksum:
        read.append(path.name)
        return plainly(path)

    monkeypatch.setattr(checksums, "_read", counted)
    monkeypatch.setattr(checksums, "_remembered", {})
    engine: Engine = open_engine(shared)
    engine.info()
    assert len(read) == len(files_of(shared)) - 2  # CURRENT and the manifest are not listed in the manifest
    read.clear()
    open_engine(shared).info()
    assert read == []
    with engine.build() as building:
        building.remove(ids(engine, "feri")[0])
    assert not [name for name in read if name.endswith((".terms", ".documents", ".derived"))]


def test_a_folder_or_pipe_in_the_place_of_a_file_is_damage(index: Path, tmp_path: Path) -> None:
    for make in (Path.mkdir, os.mkfifo):
        damaged = copied(index, tmp_path / make.__name__)
        file = next(file for file in files_of(damaged) if file.name == STORIES)
        file.unlink()
        make(file)
        with pytest.raises(DamagedIndex, match=rf"{STORIES} cannot be read \(no regular file\)"):
            open_engine(damaged).info()


def test_a_list_of_segments_from_elsewhere_is_not_used(index: Path, tmp_path: Path) -> None:
    damaged = copied(index, tmp_path / "index")
    (damaged / files_of(damaged)[1].parent / "_MAIN_99.toc").write_text('{"commit": 99, "segments": []}\n')
    with pytest.raises(DamagedIndex, match=r"_MAIN_99.toc is no part of it"):
        open_engine(damaged).info()
