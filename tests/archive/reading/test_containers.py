"""Archives of files: every member is read like a file, within bounds; nothing leaves the archive."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.containers import bounds as container_bounds
from archive.reading.containers.bounds import ContainerBounds
from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected
from tests.archive_files import tarred, zipped
from tests.damaged_bytes import any_damage, damaged

FILES = {
    "2019/a.txt": b"Jakarta - Hujan turun sejak pagi.",
    "2019/tabel.csv": b"judul,isi\nSatu,Isi satu.\nDua,Isi dua.\n",
    "b.jsonl": b'{"id": "sendiri", "text": "Isi tiga."}\n{"text": "Isi empat."}\n',
}
IDS = ["arsip:2019/a.txt", "arsip:2019/tabel.csv:2", "arsip:2019/tabel.csv:3", "arsip:b.jsonl:2", "sendiri"]


def outcome(
    path: Path, name: str, raw: bytes, bounds: RecordBounds = RECORD_BOUNDS, log: SourceLog | None = None
) -> tuple[list[str], list[Rejected]]:
    (path / name).write_bytes(raw)
    found = list(read([path], bounds=bounds, log=log))
    return sorted((one.former_id or one.id) for one in found if isinstance(one, Record)), [
        r for r in found if isinstance(r, Rejected)
    ]


def bounded(**changes: int) -> RecordBounds:
    return replace(RECORD_BOUNDS, container=replace(ContainerBounds(), **changes))


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("arsip.zip", zipped),
        ("arsip.ZIP", lambda files: zipped(files, zipfile.ZIP_LZMA)),
        ("arsip.tar", tarred),
        ("arsip.tgz", lambda files: gzip.compress(tarred(files))),
        ("arsip.tar.gz", lambda files: gzip.compress(tarred(files))),
        ("arsip.tar.bz2", lambda files: bz2.compress(tarred(files))),
        ("arsip.tar.xz", lambda files: lzma.compress(tarred(files))),
        ("arsip.tar.zip", lambda files: tarred({f"./{name}": raw for name, raw in files.items()})),
        ("arsip.zip.gz", lambda files: gzip.compress(zipped(files))),
    ],
)
def test_every_member_is_read_like_a_file(
    tmp_path: Path, name: str, pack: Callable[[Mapping[str, bytes]], bytes]
) -> None:
    ids, rejected = outcome(tmp_path, name, pack(FILES))
    assert (ids, rejected) == ([one.replace("arsip:", "arsip.tar:") if ".tar.zip" in name else one for one in IDS], [])


def test_members_may_be_packed_and_hold_members(tmp_path: Path) -> None:
    inner = tarred({"x.txt.gz": gzip.compress(b"Isi."), "y.zip": zipped({"z.txt": b"Isi z."})})
    ids, rejected = outcome(tmp_path, "a.zip", zipped({"dalam/b.tar.gz": gzip.compress(inner)}))
    assert (ids, rejected) == (["a:dalam/b.tar.gz:x.txt.gz", "a:dalam/b.tar.gz:y.zip:z.txt"], [])


def test_a_place_in_an_archive_is_told_with_its_member(tmp_path: Path) -> None:
    _, rejected = outcome(tmp_path, "a.zip", zipped({"b/c.jsonl": b'{"text": "Isi."}\n{"judul": "tanpa isi"}\n'}))
    assert [one.where for one in rejected] == [f"{tmp_path}/a.zip:b/c.jsonl:2"]


def test_hidden_members_and_folders_are_passed_over(tmp_path: Path) -> None:
    hidden = {"__MACOSX/._a.txt": b"\0", ".git/x.txt": b"x", "a/.y.txt": b"y", "kosong/": b""}
    ids, rejected = outcome(tmp_path, "a.zip", zipped({**hidden, "a/b.txt": b"Isi."}))
    assert (ids, rejected) == (["a:a/b.txt"], [])


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:\\x.txt"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_leads_out_of_the_archive_is_rejected(
    tmp_path: Path, name: str, pack: Callable[[Mapping[str, bytes]], bytes]
) -> None:
    ids, rejected = outcome(tmp_path, "a.zip", pack({name: b"Isi.", "b.txt": b"Isi."}))
    assert ids == ["a:b.txt"]
    assert [one.reason for one in rejected] == ["its path leads out of the archive; it was not read"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "rahasia.md").write_text("rahasia")
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo(f"{kind!r}.txt")
            entry.type, entry.linkname = kind, str(tmp_path / "rahasia.md")
            archive.addfile(entry)
    folder = tmp_path / "di"
    folder.mkdir()
    ids, rejected = outcome(folder, "a.tar", made.getvalue())
    assert (ids, [one.reason for one in rejected]) == ([], ["no article in it"])


def test_an_encrypted_member_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": b"Isi a.", "b.txt": b"Isi b."}))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(magic) + place] |= 1
    log = SourceLog()
    ids, rejected = outcome(tmp_path, "x.zip", bytes(raw), log=log)
    assert ids == ["x:b.txt"]
    assert [(one.where, "password" in one.reason) for one in rejected] == [(f"{tmp_path}/x.zip:a.txt", True)]
    assert [source.path.name for source in log.unreadable] == ["x.zip"]  # its articles stay as they were


def test_a_damaged_member_costs_itself_and_the_file_counts_as_not_read_to_its_end(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": b"Isi a. " * 40, "b.txt": b"Isi b."}))
    raw[raw.index(b"a.txt") + 8] ^= 0xFF
    log = SourceLog()
    ids, rejected = outcome(tmp_path, "x.zip", bytes(raw), log=log)
    assert ids == ["x:b.txt"]
    assert [one.where for one in rejected] == [f"{tmp_path}/x.zip:a.txt"]
    assert [source.path.name for source in log.unreadable] == ["x.zip"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("x.zip", zipped(FILES)[:-30]),
        ("x.zip", b"PK\x03\x04" + b"x" * 100),
        ("x.tar", tarred(FILES)[: 512 * 3]),
        ("x.tar", tarred(FILES)[: 512 * 3 + 100]),
        ("x.tar", tarred(FILES)[: 512 * 2] + b"x" * 512 + tarred(FILES)[512 * 3 :]),
        ("x.tar.gz", gzip.compress(tarred(FILES))[:-30]),
        ("x.zip", b"Bukan arsip."),
    ],
)
def test_a_broken_archive_is_rejected_with_a_reason(tmp_path: Path, name: str, raw: bytes) -> None:
    log = SourceLog()
    _, rejected = outcome(tmp_path, name, raw, log=log)
    assert len(rejected) >= 1
    assert [source.path.name for source in log.unreadable] == [name]


def test_a_damaged_member_packed_by_lzma_costs_itself(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": b"Isi a. " * 40, "b.txt": b"Isi b."}, zipfile.ZIP_LZMA))
    place = raw.index(b"a.txt") + 16
    raw[place : place + 8] = b"\xff" * 8
    ids, rejected = outcome(tmp_path, "x.zip", bytes(raw))
    assert ids == ["x:b.txt"]
    assert [one.where for one in rejected] == [f"{tmp_path}/x.zip:a.txt"]


def test_an_empty_archive_has_no_article(tmp_path: Path) -> None:
    assert [one.reason for one in outcome(tmp_path, "x.zip", zipped({}))[1]] == ["no article in it"]


def test_each_bound_is_named_in_the_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container_bounds, "RATIO_FROM", 1 << 16)
    many = zipped({f"{number}.txt": b"Isi." for number in range(10)})
    ids, rejected = outcome(tmp_path, "x.zip", many, bounded(members=4))
    assert (len(ids), "KLIPING_CONTAINER_MEMBERS" in rejected[-1].reason) == (4, True)
    large = zipped({"a.txt": b"Isi.", "b.txt": b"kata " * 300_000}, zipfile.ZIP_STORED)
    ids, rejected = outcome(tmp_path, "x.zip", large, bounded(mebibytes=1))
    assert (ids, "KLIPING_CONTAINER_UNPACKED" in rejected[-1].reason) == (["x:a.txt"], True)
    ids, rejected = outcome(tmp_path, "x.zip", zipped({"b.txt": b"kata " * 300_000}), bounded(ratio=20))
    assert (ids, "KLIPING_CONTAINER_RATIO" in rejected[-1].reason) == ([], True)
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"Isi."})}), "d.txt": b"Isi."})
    ids, rejected = outcome(tmp_path, "x.zip", deep, bounded(nesting=2))
    assert (ids, "KLIPING_CONTAINER_NESTING" in rejected[-1].reason) == (["x:d.txt"], True)
    assert outcome(tmp_path, "x.zip", deep, bounded(nesting=3))[0] == ["x:a.zip:b.zip:c.txt", "x:d.txt"]


def test_a_bomb_ends_soon(tmp_path: Path) -> None:
    layer = zipped({"bom.txt": bytes(100 << 20)})
    for _ in range(2):
        layer = zipped({f"{number}.zip": layer for number in range(10)})
    start = time.process_time()
    ids, rejected = outcome(tmp_path, "x.zip", layer)
    assert ids == []
    assert rejected
    assert time.process_time() - start < 10


def test_folders_and_links_count_as_members(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for number in range(20):
            folder = tarfile.TarInfo(f"{number}")
            folder.type = tarfile.DIRTYPE
            archive.addfile(folder)
    for name, raw in (("x.tar", packed.getvalue()), ("x.zip", zipped({f"{number}/": b"" for number in range(20)}))):
        ids, rejected = outcome(tmp_path, name, raw, bounded(members=10))
        assert (ids, "KLIPING_CONTAINER_MEMBERS" in rejected[0].reason) == ([], True)


def test_a_directory_of_millions_is_not_held(tmp_path: Path) -> None:
    raw = bytearray(zipped(FILES))
    struct.pack_into("<I", raw, raw.rindex(b"PK\x05\x06") + 12, 1 << 31)
    assert "split it" in outcome(tmp_path, "x.zip", bytes(raw))[1][0].reason


@any_damage
@given(
    damaged(
        *(
            ("arsip.tar.zip", raw)
            for raw in (
                zipped(FILES),
                zipped(FILES, zipfile.ZIP_LZMA),
                tarred(FILES),
                gzip.compress(tarred(FILES)),
                bz2.compress(tarred(FILES)),
            )
        )
    )
)
def test_whatever_is_damaged_something_is_told(tmp_path: Path, made: tuple[str, bytes]) -> None:
    ids, rejected = outcome(tmp_path, *made)
    assert ids or rejected
