"""`flask backup` and `flask restore`: the same index comes back, from every sound backup and from no other."""

import io
import json
import os
import tarfile
from hashlib import blake2b
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from zstandard import ZstdCompressor, ZstdDecompressor

from index.backup_file import FRAME, FRAME_MAGIC, HEADER, TAG, BadBackup, read_backup
from index.backups import back_up, restore
from index.engine import NoIndex
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from web import create_app


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Kapal feri ke-{number} berangkat dari Merak.")
    return folder


@pytest.fixture
def index(tmp_path: Path, articles: Path) -> Path:
    reindex(open_engine(tmp_path / "index"), ReindexRequest((articles,)))
    return tmp_path / "index"


@pytest.fixture
def backup(tmp_path: Path, index: Path) -> Path:
    back_up(index, tmp_path / "backup.tar.zst", {})
    return tmp_path / "backup.tar.zst"


def app(place: Path, index: Path) -> Flask:
    """An app whose settings files are in a folder of their own."""
    place.mkdir(exist_ok=True)
    rules = place / "boilerplate.tsv"
    if not rules.exists():
        rules.write_text("")
    app = create_app({"KLIPING_INDEX": index, "KLIPING_BOILERPLATE": rules})
    app.instance_path = str(place)
    return app


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def forged(members: list[tuple[tarfile.TarInfo, bytes]], format_: object = 1, listed: object = None) -> bytes:
    """A backup with a right digest and any content."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w|") as tar:
        names = [(member.name, member.size) for member, _ in members] if listed is None else listed
        head = json.dumps({"format": format_, "version": "x", "index": {}, "members": names}).encode()
        first = tarfile.TarInfo(HEADER)
        first.size = len(head)
        for member, content in [(first, head), *members]:
            tar.addfile(member, io.BytesIO(content))
    packed = ZstdCompressor().compress(raw.getvalue())
    return packed + FRAME.pack(FRAME_MAGIC, FRAME.size - 8, TAG, blake2b(packed, digest_size=32).digest())


def member(name: str, content: bytes = b"", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    made = tarfile.TarInfo(name)
    made.size = len(content)
    for field, value in fields.items():
        setattr(made, field, value)
    return made, content


def test_a_backup_comes_back_as_the_same_index_and_goes_on_from_there(
    tmp_path: Path, index: Path, articles: Path
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "config.py").write_text('KLIPING_TITLE = "Arsip Kita"\n')
    (tmp_path / "here" / "boilerplate.tsv").write_text("drop\tKabar dari desa.\n")
    backup = tmp_path / "backup.tar.zst"
    said = run(app(tmp_path / "here", index), "backup", backup)
    assert said.exit_code == 0
    assert "30 articles; config.py, boilerplate.tsv" in said.stdout
    before = open_engine(index).info()

    there = app(tmp_path / "there", tmp_path / "other" / "index")
    said = run(there, "restore", backup)
    assert (said.exit_code, said.stdout.splitlines()[0]) == (0, f"index {before.id} of 30 articles is restored")
    restored = open_engine(tmp_path / "other" / "index")
    assert restored.info() == before
    assert list(restored.check()) == []
    assert (tmp_path / "there" / "config.py").read_text() == 'KLIPING_TITLE = "Arsip Kita"\n'
    assert (tmp_path / "there" / "boilerplate.tsv").read_text() == ""
    assert (tmp_path / "there" / "boilerplate.tsv.restored").read_text() == "drop\tKabar dari desa.\n"
    assert "is there and differs" in said.stdout
    assert reindex(restored, ReindexRequest((articles,))).unchanged == 30
    assert restored.info() == before


def test_a_restore_replaces_an_index_in_one_step_and_keeps_the_one_before(
    tmp_path: Path, index: Path, articles: Path, backup: Path
) -> None:
    before = open_engine(index).info()
    (articles / "more.txt").write_text("Kereta api malam kembali berjalan.")
    engine = open_engine(index)
    reindex(engine, ReindexRequest((articles,)))
    assert engine.info().articles == 31
    assert restore(index, backup, {}).index == before
    assert engine.info() == before
    assert len(list(index.glob("2*"))) == 2


def test_a_backup_is_one_generation_though_others_are_published_and_removed_meanwhile(
    tmp_path: Path, index: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, before = open_engine(index), open_engine(index).info()
    addfile = tarfile.TarFile.addfile
    left = [3]

    def publish_first(tar: tarfile.TarFile, *arguments: object) -> None:
        if left[0]:
            left[0] -= 1
            (articles / f"more{left[0]}.txt").write_text(f"Kereta api malam ke-{left[0]} kembali berjalan.")
            reindex(engine, ReindexRequest((articles,)))
        addfile(tar, *arguments)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("tarfile.TarFile.addfile", publish_first)
    back_up(index, tmp_path / "backup", {})
    assert engine.info().articles == 33
    assert restore(tmp_path / "other", tmp_path / "backup", {}).index == before


def test_every_damage_is_refused_in_a_sentence_and_changes_nothing(tmp_path: Path, index: Path, backup: Path) -> None:
    whole, before = backup.read_bytes(), state(index)
    step = len(whole) // 150
    places = [*range(0, len(whole), step), *range(len(whole) - FRAME.size, len(whole))]
    flipped = (whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :] for at in places)
    cut = (whole[:end] for end in range(0, len(whole), step))
    for damaged in (*flipped, *cut, whole + b"\0", whole + whole, b"rubbish" * 100):
        backup.write_bytes(damaged)
        with pytest.raises(BadBackup, match="nothing was changed"):
            restore(index, backup, {})
    assert state(index) == before
    said = run(create_app({"KLIPING_INDEX": index}), "restore", backup)
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (1, "", 1)


BAD = [
    forged([member("index/../../escaped", b"x")]),
    forged([member("/escaped", b"x")]),
    forged([member("index/a/b", b"x")]),
    forged([member("index/..", b"x")]),
    forged([member("index/link", type=tarfile.SYMTYPE, linkname="/escaped")]),
    forged([member("index/link", type=tarfile.LNKTYPE, linkname="../../escaped")]),
    forged([member("index/pipe", type=tarfile.FIFOTYPE)]),
    forged([member("index/a", b"x"), member("index/a", b"y")]),
    forged([member("index/a", b"x")], listed=[["index/b", 1]]),
    forged([member("index/a", b"x")], listed=[["index/a", 2]]),
    forged([], listed=[["index/a", 1]]),
    forged([], listed="index"),
    forged([], format_=None),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_forged_backup_writes_nothing_anywhere(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("index.backups.readable_version", lambda _: "x")
    (tmp_path / "backup").write_bytes(BAD[number])
    before = state(tmp_path)
    with pytest.raises(BadBackup):
        restore(index, tmp_path / "backup", {})
    after = state(tmp_path)
    after["index/lock"] = before["index/lock"]
    assert after == before


@pytest.mark.parametrize("made", [forged([], format_=2), forged([])])
def test_a_backup_of_another_version_is_refused_with_the_remedy(tmp_path: Path, index: Path, made: bytes) -> None:
    (tmp_path / "backup").write_bytes(made)
    with pytest.raises(BadBackup, match="version"):
        restore(index, tmp_path / "backup", {})


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path, index: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "nowhere" / "backup", tmp_path / "folder"):
        with pytest.raises(BadBackup, match=r"cannot be written: .*name another"):
            back_up(index, path, {})
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadBackup, match="no file"):
        back_up(index, tmp_path / "pipe", {})
    with pytest.raises(NoIndex):
        back_up(tmp_path / "none", tmp_path / "backup", {})
    assert not (tmp_path / "backup").exists()
    assert list(tmp_path.glob(".*")) == []


def test_other_programs_can_read_a_backup(backup: Path) -> None:
    unpacked = ZstdDecompressor().stream_reader(backup.read_bytes(), read_across_frames=True)
    with tarfile.open(fileobj=unpacked, mode="r|") as tar:
        names = [one.name for one in tar]
    assert names == [HEADER, *(name for name, _ in read_backup(backup).members)]
