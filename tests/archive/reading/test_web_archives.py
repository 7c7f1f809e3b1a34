"""Web archives: the newest capture of each page is an article, and the rest is counted."""

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import given

from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected
from tests.damaged_bytes import any_damage, damaged
from tests.web_archive_files import Crawl

SENTENCE = "Kapal feri berangkat dari Merak ke Bakauheni pada Kamis pagi dengan ratusan penumpang di dalamnya. "


def page(title: str, text: str = SENTENCE * 2, links: int = 0) -> bytes:
    menu = "".join(f'<li><a href="/{n}">Judul berita lain nomor {n} yang cukup panjang</a></li>' for n in range(links))
    body = f"<h1>{title}</h1>" + f"<p>{text}</p>" * 3
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><ul>{menu}</ul><article>{body}</article></body></html>".encode()


def outcome(path: Path, raw: bytes, log: SourceLog | None = None) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw)
    found = list(read([path], log=log))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


def left_out(log: SourceLog) -> dict[str, int]:
    (usage,) = log.usage.values()
    return dict(usage.left_out)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.txt"])
def test_a_page_is_an_article_with_its_address_and_no_day_of_capture(tmp_path: Path, name: str) -> None:
    crawl = Crawl(packed="gz" in name).add("https://kabesa.example/berita/1", page("Kapal berangkat"))
    ((one,), rejected) = outcome(tmp_path / name, crawl.raw)
    assert rejected == []
    assert (one.title, one.url, one.date) == ("Kapal berangkat", "https://kabesa.example/berita/1", None)
    assert one.text.startswith("Kapal feri")


def test_the_newest_capture_of_an_address_counts(tmp_path: Path) -> None:
    crawl = Crawl()
    for url, title, day in (
        ("https://kabesa.example/berita/1", "Pertama", "2019-01-01"),
        ("http://www.kabesa.example/berita/1#komentar", "Terbaru", "2021-01-01"),
        ("https://kabesa.example/berita/1", "Kedua", "2020-01-01"),
        ("https://kabesa.example/berita/2", "Lain", "2018-01-01"),
    ):
        crawl.add(url, page(title), day)
    crawl.add("https://kabesa.example/berita/2", b"hilang", "2022-01-01", "404 Not Found")
    log = SourceLog()
    found, rejected = outcome(tmp_path / "a.warc", crawl.raw, log)
    assert ([one.title for one in found], rejected) == (["Terbaru", "Lain"], [])
    assert left_out(log) == {"older captures": 2, "errors of servers": 1}


def test_a_capture_whose_time_is_none_replaces_no_other(tmp_path: Path) -> None:
    url = "https://kabesa.example/berita/1"
    crawl = Crawl().add(url, page("Terbaru"), "2021-01-01").add(url, page("Rusak"), "tak hingga")
    ((one,), _) = outcome(tmp_path / "a.warc", crawl.raw)
    assert one.title == "Terbaru"


def test_the_newest_capture_counts_across_files(tmp_path: Path) -> None:
    url = "https://kabesa.example/berita/1"
    crawls = {
        "a.warc": Crawl().add(url, page("Kedua"), "2019-01-01").add(f"{url}23", page("Lain"), "2019-01-01"),
        "b/c.warc.gz": Crawl(packed=True).add(url, page("Terbaru"), "2021-01-01"),
        "d.warc": Crawl().add(url, page("Pertama"), "2018-01-01").add(url, b"hilang", "2022-01-01", "404 Not Found"),
        "e.warc": Crawl().add(url, page("Rusak"), "2017-01-01"),
    }
    (tmp_path / "b").mkdir()
    for name, crawl in crawls.items():
        (tmp_path / name).write_bytes(crawl.raw[: -40 if name == "e.warc" else None])
    log = SourceLog()
    found = list(read([tmp_path], log=log))
    assert [one.title for one in found if isinstance(one, Record)] == ["Lain", "Terbaru"]
    assert [Path(one.where).name for one in found if isinstance(one, Rejected)] == ["e.warc"]
    told = {Path(where).name: dict(usage.left_out) for where, usage in log.usage.items()}
    assert told["a.warc"] == {"older captures": 1}
    assert told["*.warc"] == {"older captures": 1, "errors of servers": 1}  # files that gave no article


def test_what_is_no_article_is_counted_and_left_out(tmp_path: Path) -> None:
    listed = "<p>Ringkas.</p>".join(f'<a href="/{n}">Berita {n} tentang kapal feri di Merak</a>' for n in range(60))
    crawl = Crawl().add("https://kabesa.example/berita/1", page("Kapal berangkat", links=200))
    crawl.add("https://kabesa.example/", page("Depan"))
    crawl.add("https://kabesa.example/indeks/2020", page("Indeks"))
    crawl.add("https://kabesa.example/nusantara", f"<html><body>{listed}</body></html>".encode())
    crawl.add("https://kabesa.example/x.png", b"\x89PNG", Content_Type="image/png")
    crawl.add("https://kabesa.example/lama", b"", status="301 Moved", Location="/berita/1")
    crawl.revisit("https://kabesa.example/berita/1")
    log = SourceLog()
    found, rejected = outcome(tmp_path / "a.warc", crawl.raw, log)
    assert ([one.title for one in found], rejected) == (["Kapal berangkat"], [])
    assert left_out(log) == {
        "front and index pages": 3,
        "images and other files": 1,
        "redirects": 1,
        "revisits": 1,
    }


def test_packed_and_chunked_pages_are_read(tmp_path: Path) -> None:
    html = page("Kapal berangkat").replace(b"feri", "férì".encode("latin-1"))
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(html), html)
    crawl = Crawl().add("https://x.example/1", gzip.compress(html), Content_Encoding="gzip")
    crawl.add("https://x.example/2", zlib.compress(html), Content_Encoding="deflate")
    crawl.add("https://x.example/3", chunks, Transfer_Encoding="chunked", Content_Type="text/html; charset=latin-1")
    found, rejected = outcome(tmp_path / "a.warc", crawl.raw)
    assert rejected == []
    assert [one.title for one in found] == ["Kapal berangkat"] * 3
    assert "férì" in found[2].text


def test_what_stands_before_a_damage_is_read(tmp_path: Path) -> None:
    crawl = Crawl().add("https://x.example/1", page("Satu"))
    whole = crawl.raw
    raw = crawl.add("https://x.example/2", page("Dua")).raw
    for broken in (raw[:-400], whole + b"WARC/1.0\r\nbukan\r\n\r\n", whole + b"x" * 3000, gzip.compress(raw)[:-20]):
        log = SourceLog()
        found, rejected = outcome(tmp_path / "a.warc", broken, log)
        assert found[0].title == "Satu"
        assert rejected
        assert log.unreadable


@any_damage
@given(
    damaged(
        *(
            ("a.warc", Crawl(packed=packed).add("https://x.example/1", page("Satu")).revisit("https://x.example/1").raw)
            for packed in (False, True)
        )
    )
)
def test_whatever_is_damaged_something_is_told(tmp_path: Path, made: tuple[str, bytes]) -> None:
    found, rejected = outcome(tmp_path / made[0], made[1])
    assert found or rejected
