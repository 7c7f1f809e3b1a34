"""Files and folders become records. Unreadable input is reported with a reason and never stops a run."""

import gzip
import json
import os
import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zstandard import ZstdCompressor

from archive.reading.fields.values import value_text
from archive.reading.records import MissingPath, read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected
from tests import SHARED_DATA

needs_data = pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the shared data is not here")
any_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)

PAGE = """<!DOCTYPE html><html><head><title>Kapal tenggelam</title><meta charset="utf-8">
<meta property="og:site_name" content="ANTARA News"><meta name="author" content="Budi Santoso">
<meta property="article:published_time" content="2018-05-31T23:30:00+07:00">
<link rel="canonical" href="https://www.antaranews.com/berita/1/kapal"></head><body><nav>Beranda Politik</nav>
<article><h1>Kapal tenggelam</h1><p>Jakarta (ANTARA) - Sebuah kapal barang tenggelam di Laut Jawa pada Kamis pagi.</p>
<p>Semua awak kapal selamat setelah dijemput nelayan yang sedang berada di sekitar lokasi itu.</p></article>
<div class="comments" id="comments"><p>Komentar pembaca tentang berita ini panjang sekali.</p></div></body></html>"""


def records(*paths: Path, mapping: dict[str, str] | None = None) -> list[Record]:
    return [found for found in read(paths, mapping) if isinstance(found, Record)]


def rejected(*paths: Path) -> list[Rejected]:
    return [found for found in read(paths) if isinstance(found, Rejected)]


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_lines(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


# Folders, order and ids


def test_folders_are_read_by_name_and_hidden_things_passed_over(tmp_path: Path) -> None:
    for name in ["b/2.txt", "b/10.txt.gz", "a.TXT", ".hidden/x.txt", "b/.x.txt", "b/~$3.txt", "c.d.html"]:
        written(tmp_path / name, f"isi {name}")
    assert [(record.former_id or record.id) for record in records(tmp_path)] == ["a", "b/10", "b/2", "c.d"]


def test_a_file_given_directly_has_its_bare_name_for_an_id(tmp_path: Path) -> None:
    path = written(tmp_path / "kompas" / "2018" / "x.txt", "isi")
    assert [(r.former_id or r.id) for r in records(path)] == ["x"]
    assert [(r.former_id or r.id) for r in records(tmp_path)] == ["kompas/2018/x"]


def test_a_file_inside_a_given_folder_is_not_read_twice(tmp_path: Path) -> None:
    path = written(tmp_path / "kompas" / "x.txt", "isi")
    assert len(list(read([tmp_path, path, tmp_path / "kompas"]))) == 1


def test_what_a_browser_saved_beside_a_page_is_counted_in_one_place(tmp_path: Path) -> None:
    for name in ("a.html", "a_files/logo.png", "a_files/js/iklan.html", "b_files/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path / name, PAGE if name == "a.html" else "Isi.")
    log = SourceLog()
    found = list(read([tmp_path], log=log))
    assert [one.where for one in found] == [f"{tmp_path}/a.html", f"{tmp_path}/b_files/c.txt"]
    assert log.usage[f"{tmp_path}/*.html"].left_out == {"files that browsers saved beside pages": 2}


def test_links_in_circles_end(tmp_path: Path) -> None:
    written(tmp_path / "a" / "x.txt", "isi")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "missing")
    assert len(records(tmp_path)) == 1
    assert [Path(r.where).name for r in rejected(tmp_path)] == ["nowhere.txt"]


def test_a_missing_path_is_named_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="missing"):
        read([written(tmp_path / "x.txt", "isi"), tmp_path / "missing"])


def test_places_are_named_from_where_the_keeper_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "in" / "x.jsonl", as_lines({"text": "isi"}))
    monkeypatch.chdir(tmp_path)
    assert records(path)[0].where == os.path.join("in", "x.jsonl:1")  # noqa: PTH118  # compared as a string
    monkeypatch.chdir(tmp_path / "in")
    assert records(path)[0].where == "x.jsonl:1"
    monkeypatch.chdir("/")
    assert records(path)[0].where.endswith("in/x.jsonl:1")


def test_readers_are_told_places_within_the_given_folder_and_nothing_of_the_server(tmp_path: Path) -> None:
    path = written(tmp_path / "in" / "x.jsonl", as_lines({"text": "isi"}))
    written(tmp_path / "in" / "y.txt", "isi")
    assert [record.source for record in records(tmp_path)] == ["in/x.jsonl:1", "in/y.txt"]
    assert [record.source for record in records(tmp_path / "in")] == ["x.jsonl:1", "y.txt"]
    assert [record.source for record in records(path)] == ["x.jsonl:1"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert len(rejected(tmp_path)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    written(tmp_path / "x.txt", "isi").chmod(0)
    assert "cannot be read" in rejected(tmp_path)[0].reason


# Formats


def test_a_text_file_is_one_article(tmp_path: Path) -> None:
    assert records(written(tmp_path / "x.txt", "\ufeffSatu.\r\n\r\nDua. Â©"))[0].text == "Satu.\n\nDua. ©"


@pytest.mark.parametrize("pack", [gzip.compress, ZstdCompressor().compress])
@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_packed_files_are_read_whatever_their_name(tmp_path: Path, pack: object, suffix: str) -> None:
    assert callable(pack)
    lines = as_lines(*({"id": n, "text": f"isi {n}"} for n in range(5000)))
    path = written(tmp_path / f"x.jsonl{suffix}", pack(lines[:5000].encode()) + pack(lines[5000:].encode()))
    assert len(records(path)) == 5000


@pytest.mark.parametrize("pack", [gzip.compress, ZstdCompressor().compress])
def test_what_stands_before_the_cut_of_a_packed_file_is_kept(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    noise = "".join(chr(97 + (n * n) % 23) for n in range(2000))
    packed = pack(as_lines(*({"text": f"{n} {n**40} {noise[n % 1000 :]}"} for n in range(4000))).encode())
    found = list(read([written(tmp_path / "x.jsonl.gz", packed[: len(packed) * 2 // 3])]))
    assert sum(isinstance(one, Record) for one in found) > 100
    assert isinstance(found[-1], Rejected)
    assert "cut short" in found[-1].reason


def test_a_damaged_pack_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"isi " * 1000))
    packed[20] ^= 255
    assert "damaged" in rejected(written(tmp_path / "x.txt.gz", bytes(packed)))[0].reason


def test_a_broken_line_costs_one_article(tmp_path: Path) -> None:
    path = written(
        tmp_path / "x.jsonl", '{"text": "satu"}\n{"text": \n\n[1, 2]\n{"text": "dua"}\n{"text": " "}\n{"a": 1}\n'
    )
    found = list(read([path]))
    assert [one.where.rpartition(":")[2] for one in found] == ["1", "2", "4", "5", "6", "7"]
    assert [(one.former_id or one.id) for one in found if isinstance(one, Record)] == ["x:1", "x:5"]
    reasons = [one.reason for one in found if isinstance(one, Rejected)]
    assert [reason.split(" ")[0] for reason in reasons] == ["the", "not", "no", "no"]
    assert "--map text=" in reasons[-1]


@pytest.mark.parametrize("indent", [None, 2])
def test_json_may_be_an_array_or_one_object(tmp_path: Path, indent: int | None) -> None:
    articles = [{"id": "a", "isi": "satu"}, {"isi": "dua"}]
    array = written(tmp_path / "array.json", json.dumps(articles, indent=indent))
    assert [((r.former_id or r.id), r.text) for r in records(array)] == [("a", "satu"), ("array:2", "dua")]
    assert [
        (r.former_id or r.id) for r in records(written(tmp_path / "one.json", json.dumps(articles[1], indent=indent)))
    ] == ["one"]


def test_every_article_of_an_array_without_ids_is_kept_and_counted(tmp_path: Path) -> None:
    texts = [f"isi {number}" for number in range(1, 8)]
    minified = written(tmp_path / "a.json", json.dumps([{"text": text} for text in texts], separators=(",", ":")))
    assert [((r.former_id or r.id), r.text) for r in records(minified)] == [
        (f"a:{n}", text) for n, text in enumerate(texts, 1)
    ]
    assert [r.where.rpartition(":")[2] for r in records(minified)] == [str(n) for n in range(1, 8)]
    side_by_side = written(tmp_path / "b.json", "".join(json.dumps({"text": text}) for text in texts))
    assert [r.text for r in records(side_by_side)] == texts


def test_laying_an_array_out_anew_renames_no_article(tmp_path: Path) -> None:
    articles = [{"text": "satu"}, 17, {"text": "dua"}, {"title": "tanpa isi"}, {"text": "tiga"}]
    for indent in (None, 0, 4):
        path = written(tmp_path / "x.json", json.dumps(articles, indent=indent))
        assert [(r.former_id or r.id) for r in records(path)] == ["x:1", "x:3", "x:5"]
        assert [r.where.rpartition(":")[2] for r in rejected(path)] == ["2", "4"]


def test_an_error_in_an_array_names_its_member_and_its_line(tmp_path: Path) -> None:
    (one,) = rejected(written(tmp_path / "x.json", '[\n{"text": "satu"},\n{"text": "dua"},\n\n{"text": ]\n'))
    assert one.where.endswith(":3")
    assert "line 5" in one.reason


def test_an_array_is_read_up_to_its_error(tmp_path: Path) -> None:
    found = list(read([written(tmp_path / "x.json", '[{"text": "satu"},\n{"text": ]')]))
    assert isinstance(found[0], Record)
    assert isinstance(found[1], Rejected)
    assert found[1].where.endswith(":2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_tables_are_read_with_any_delimiter_and_line_end(tmp_path: Path, delimiter: str, end: str) -> None:
    long = "panjang " * 50_000
    rows = [["Judul", "Isi", "Tanggal"], ["Satu", f'"baris{end}lain, ""kata""; ya"', "2018"], ["Dua", long, ""]]
    path = written(tmp_path / "x.csv", "\ufeff" + end.join(delimiter.join(row) for row in rows))
    first, second = records(path)
    assert (first.title, first.text, first.date) == ("Satu", 'baris\nlain, "kata"; ya', "2018")
    assert (second.text, second.date, second.former_id) == (long, None, "x:4")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_table_named_like_a_text_is_a_table(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Judul", "Isi", "Tanggal"], ["Satu", "Isi satu.", "2018"], ["Dua", "Isi dua.", ""]]
    path = written(tmp_path / "x.txt", "\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert [(r.title, r.text) for r in records(path)] == [("Satu", "Isi satu."), ("Dua", "Isi dua.")]


def test_the_head_line_may_stand_below_the_title_of_a_table(tmp_path: Path) -> None:
    lines = ("Daftar berita tahun 2018;;", ";;", "judul;isi;tanggal", "Satu;Isi satu.;2018-08-06")
    log = SourceLog()
    (found,) = read([written(tmp_path / "a.csv", "\n".join(lines))], log=log)
    assert isinstance(found, Record)
    assert (found.title, found.text, found.date) == ("Satu", "Isi satu.", "2018-08-06")
    assert found.where == f"{tmp_path}/a.csv:4"
    assert log.usage[f"{tmp_path}/a.csv"].left_out == {"lines above the head line": 2}


@pytest.mark.parametrize(
    "text",
    [
        "Home | News | Media\n12/3 | Harga beras naik",
        "Berita, Jakarta\nHarga beras, jagung dan gula naik.",
        "Isi berita, media, dan pembacanya\nSebuah ulasan, bagian satu.",
        "Isi, judul, tanggal\nSemuanya dihapus.",
        "Judul\tNelayan\nIsi\tPerundingan gagal.",
    ],
)
def test_prose_with_the_signs_of_a_table_is_a_text(tmp_path: Path, text: str) -> None:
    (record,) = records(written(tmp_path / "x.txt", text))
    assert record.text == text


def test_a_table_without_a_text_column_is_named_once_with_the_remedy(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "nama,kisah\n" + "a,b\n" * 10)
    (one,) = rejected(path)
    assert "nama, kisah" in one.reason
    assert "--map text=COLUMN" in one.reason
    assert [r.text for r in records(path, mapping={"text": "kisah"})] == ["b"] * 10


def test_a_bad_row_costs_one_article(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", 'id,text\n1,satu\n2,"kata "dia" lagi"\n3,tiga,empat,lima\n4,empat\n')
    assert [(r.former_id or r.id) for r in records(path)] == ["1", "4"]
    assert [r.where.rpartition(":")[2] for r in rejected(path)] == ["3", "4"]


@pytest.mark.parametrize("text", ["isi", '"isi, ""ya"""', '"isi\nlagi"'])
@pytest.mark.parametrize("before", [0, 250, 498])
def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path, text: str, before: int) -> None:
    rows = [f"{number},Judul {number},{text}\n" for number in range(498)]
    path = written(tmp_path / "x.csv", "id,title,text\n" + "".join((*rows[:before], 'x,y,"isi\n', *rows[before:])))
    assert [(r.former_id or r.id) for r in records(path)] == [str(number) for number in range(498)]
    (one,) = rejected(path)
    assert one.where.endswith(f"x.csv:{2 + before * (1 + text.count(chr(10)))}")
    assert "quotes" in one.reason


def test_the_rest_of_a_broken_row_is_no_article_and_is_named_once(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", 'id,title,text\n1,Satu,"kata\nlanjutan\nlagi "dia"\n2,Dua,dua\n')
    assert [((r.former_id or r.id), r.text) for r in records(path)] == [("2", "dua")]
    assert [r.where.rpartition(":")[2] for r in rejected(path)] == ["2", "3"]
    assert "lines 3 to 4" in rejected(path)[1].reason


def test_a_table_of_nothing_but_stray_quotes_still_comes_to_its_end(tmp_path: Path) -> None:
    stray = '1,"a\n' + '1,x","y\n' * 30_000
    found = list(read([written(tmp_path / "x.csv", "id,text\n" + stray)]))
    assert all(isinstance(one, Rejected) for one in found)
    assert any("given up" in one.reason for one in found if isinstance(one, Rejected))


def test_a_page_gives_its_article_and_what_it_says_of_it(tmp_path: Path) -> None:
    (record,) = records(written(tmp_path / "x.html", PAGE))
    assert (record.title, record.date, record.outlet) == ("Kapal tenggelam", "2018-05-31", "ANTARA News")
    assert (record.reporter, record.url) == ("Budi Santoso", "https://www.antaranews.com/berita/1/kapal")
    first, second = record.text.split("\n")
    assert first.startswith("Jakarta (ANTARA) - Sebuah kapal")
    assert second.startswith("Semua awak kapal")


def test_a_page_is_not_dated_from_its_words(tmp_path: Path) -> None:
    page = "<html><body><p>Sebuah berita pendek tentang 3 Mei 2014.</p><p>Copyright © 2018</p></body></html>"
    assert records(written(tmp_path / "x.html", page))[0].date is None


# Content before name


def test_kinds_are_judged_by_content_first(tmp_path: Path) -> None:
    assert records(written(tmp_path / "page.txt", PAGE))[0].title == "Kapal tenggelam"
    assert records(written(tmp_path / "lines.txt", as_lines({"text": "satu"}, {"text": "dua"})))[1].text == "dua"
    assert records(written(tmp_path / "array.jsonl", '[{"text": "satu"}]'))[0].text == "satu"
    assert records(written(tmp_path / "plain.html", "Hanya teks, tanpa tanda."))[0].text == "Hanya teks, tanpa tanda."
    assert "not text" in rejected(written(tmp_path / "image.html", b"\x89PNG\r\n\x1a\n\0\0"))[0].reason


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.txt", b"", "empty"),
        ("x.txt.gz", gzip.compress(b"", mtime=0), "empty"),
        ("x.txt", b" \n ", "no text"),
        ("x.csv", b"\n", "no column"),
        ("x.csv", b"id,text\n", "no article"),
        ("x.jsonl", b"\n\n", "no article"),
        ("x.json", b"[]", "no article"),
        ("x.html", b"<html><body></body></html>", "no text"),
        ("x.jpg", b"\xff\xd8\xff\0", "not text"),
        ("x.md", b"# Baca", "unknown kind .md; what is read is .txt"),
        ("README", b"Baca", "unknown kind (no extension)"),
        ("x.txt.gz", gzip.compress(gzip.compress(b"isi", mtime=0), mtime=0), "not text"),
    ],
)
def test_what_is_no_article_is_rejected_with_the_reason(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (one,) = rejected(written(tmp_path / name, content))
    assert words in one.reason


# Ids


def test_the_same_id_twice_is_rejected_and_the_first_place_named(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", as_lines({"id": 7, "text": "satu"}, {"id": " 7 ", "text": "dua"}))
    written(tmp_path / "b.jsonl", as_lines({"id": "7", "text": "tiga"}))
    first, second = rejected(tmp_path)
    assert first.where.endswith("a.jsonl:2")
    assert "the id 7 was already given at" in second.reason
    assert second.reason.endswith("a.jsonl:1")


@pytest.mark.parametrize("bad", ["a\nb", "\x00", "x" * 201, "\ud800"])
def test_ids_that_fit_in_no_address_are_rejected(tmp_path: Path, bad: str) -> None:
    assert "its id has" in rejected(written(tmp_path / "x.jsonl", as_lines({"id": bad, "text": "isi"})))[0].reason


@pytest.mark.parametrize("bad", [".", "..", "./.", "../up", "a/../b", "a/.", "/a", "/"])
def test_ids_that_an_address_would_resolve_are_rejected(tmp_path: Path, bad: str) -> None:
    (one,) = rejected(written(tmp_path / "x.jsonl", as_lines({"id": bad, "text": "isi"})))
    assert "cannot have . or .. between slashes, nor begin with a slash" in one.reason


@pytest.mark.parametrize("good", ["a.b", ".a", "a..b/c", "...", "a/.b", "2019/09/10"])
def test_ids_may_have_dots_and_slashes_otherwise(tmp_path: Path, good: str) -> None:
    assert [
        (r.former_id or r.id) for r in records(written(tmp_path / "x.jsonl", as_lines({"id": good, "text": "isi"})))
    ] == [good]


# For any input

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], max_codepoint=0x7F, exclude_characters="&<")
)
SOUND = st.lists(WORDS.filter(bool), min_size=1).map(" ".join)
SAYING = SOUND.filter(lambda words: words[0] not in "[{(" and value_text("place", words) != "")


PIECES = [b'{"text":', b'"a"', b"}", b"\n", b"[", b"]", b",", b"text,id", b'"', b"\xff\xfe", b"<html>", b"<p>", b"\r"]
CONTENT = st.binary(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)
KINDS = st.sampled_from(["txt", "jsonl", "json", "csv", "tsv", "html"])
PACKS = st.sampled_from(["", ".gz", ".zst"])


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.txt"])
def test_a_file_of_nothing_but_a_byte_order_mark_is_rejected(tmp_path: Path, mark: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(mark)
    assert [type(found) for found in read([tmp_path / name])] == [Rejected]


@any_folder
@given(CONTENT, KINDS, PACKS, st.integers(0, 12))
def test_no_bytes_under_any_name_stop_a_run(tmp_path: Path, content: bytes, kind: str, pack: str, cut: int) -> None:
    packed = {"": content, ".gz": gzip.compress(content), ".zst": ZstdCompressor().compress(content)}[pack]
    path = written(tmp_path / f"x.{kind}{pack}", packed[: len(packed) - cut])
    for found in read([path]):
        assert isinstance(found, Record | Rejected)
        repr(found).encode()


@any_folder
@given(
    st.lists(
        st.builds(
            Record,
            id=WORDS.filter(lambda name: value_text("id", name) == name),
            where=st.just(""),
            text=SAYING,
            title=SAYING,
            place=SAYING,
        ),
        max_size=5,
    )
)
def test_records_written_as_json_lines_come_back_unchanged(tmp_path: Path, articles: list[Record]) -> None:
    articles = [article for article in articles if re.fullmatch("[^/.]+", article.id)]
    by_id = {article.id: article for article in articles}
    lines = as_lines(*({"id": a.id, "text": a.text, "title": a.title, "place": a.place} for a in by_id.values()))
    found = records(written(tmp_path / "x.jsonl", lines)) if by_id else []
    assert [((r.former_id or r.id), r.text, r.title, r.place) for r in found] == [
        (a.id, a.text, a.title, a.place) for a in by_id.values()
    ]


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", as_lines(*({"text": f"isi {n}"} for n in range(100_000))))
    found = read([path])
    assert isinstance(next(found), Record)
    path.write_text("")
    assert len(list(found)) < 100_000


# Real articles


@needs_data
def test_the_seeds_have_their_ids() -> None:
    assert [(r.former_id or r.id) for r in records(SHARED_DATA / "seeds")] == [
        "000_ee651f1e8b72a640",
        "001_b58239e9010add9e",
    ]


@needs_data
def test_real_collections_are_read_whole() -> None:
    assert all(isinstance(found, Record) for found in islice(read([SHARED_DATA / "news.jsonl.gz"]), 500))
    found = list(read([SHARED_DATA / "antara" / "articles.jsonl"]))
    assert len(found) == 244
    assert all(isinstance(one, Record) for one in found)


# What spreadsheets and databases do to tables


def test_the_first_line_that_is_for_excel_names_the_separator(tmp_path: Path) -> None:
    for name, first in {"a": "sep=;", "b": '"sep=;"', "c": "\ufeffSEP=;"}.items():
        path = written(tmp_path / f"{name}.csv", f"{first}\r\njudul;isi\r\nHarga, naik;Beras, gula.\r\n")
        assert [(r.title, r.text) for r in records(path)] == [("Harga, naik", "Beras, gula.")]
    path = written(tmp_path / "d.csv", "sep=|\njudul|isi\na|b\n")
    assert [(r.title, r.text) for r in records(path)] == [("a", "b")]


def test_a_nul_byte_costs_its_row_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "judul,isi\na,beras \0naik\nb,banjir surut\nc,hujan\n")
    assert [r.title for r in records(path)] == ["b", "c"]
    (row,) = rejected(path)
    assert row.where.endswith(":2")
    assert "NUL" in row.reason
    lines = written(
        tmp_path / "y.jsonl", as_lines({"text": "isi"}) + '{"text": "i\0si"}\n' + as_lines({"text": "lagi"})
    )
    assert [r.text for r in records(lines)] == ["isi", "lagi"]


def test_lists_and_html_in_cells_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "judul,isi,penulis\na,<p>Satu.</p><p>Dua.</p>,\"['Ani', 'Budi']\"\nb,nan,x\n")
    (one,) = records(path)
    assert (one.text, one.reporter) == ("Satu.\nDua.", "Ani; Budi")
    assert [r.reason for r in rejected(path)] == ["no text"]
