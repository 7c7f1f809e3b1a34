"""The sample archive: fiction is marked as such, weekdays are correct, copies are near-duplicates."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from archive.article import Article, DatePrecision, Role
from archive.intake import article_from_record
from archive.reading.records import read
from archive.record import Record
from tests import SAMPLES

SEEDS = {"000_ee651f1e8b72a640", "001_b58239e9010add9e"}
MARK = "Naskah rekaan untuk Kliping, CC0."
NOTE = "Naskah rekaan, CC0"
SHINGLE_WORDS = 5

GROUPS = (
    (
        "kabesa/2019/nelayan-kendari-berunding",
        "harian-nusa-kelana/2019/nelayan-dan-pengusaha-berunding",
        "warta-timur-laut/2019-nelayan-berunding",
        "kabar-selatan-daya/2019/harga-cakalang",
    ),
    (
        "kabesa/2022/pemeriksaan-kesehatan-pelajar",
        "radar-pandan/2022/puskesmas-periksa-pelajar",
        "pos-tanjung-kelapa/2022-puskesmas-periksa-pelajar",
    ),
    ("harian-nusa-kelana/2023/kabel-laut-diuji-coba", "warta-timur-laut/2023-kabel-laut"),
)
SERIES = tuple(f"warta-timur-laut/harga-beras-2024-03-0{day}" for day in range(4, 9))

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CUE = re.compile(rf"({'|'.join(WEEKDAYS)})(?: (?:pagi|siang|sore|malam))? \((\d{{1,2}})/(\d{{1,2}})\)")
WRITTEN_OUT = re.compile(rf"({'|'.join(WEEKDAYS)}),? (\d{{1,2}}) (Maret|Agustus|September) (\d{{4}})")
MONTHS = {"Maret": 3, "Agustus": 8, "September": 9}
YEAR = re.compile(r"\b20\d\d\b")
COPYRIGHT_YEAR = re.compile(r"© [^\n]*?\b(20\d\d)\b")


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    found = list(read([SAMPLES]))
    assert all(isinstance(record, Record) for record in found), "every sample can be read"
    return {record.former_id or record.id: record for record in found if isinstance(record, Record)}


@pytest.fixture(scope="module")
def articles(records: dict[str, Record]) -> dict[str, Article]:
    found = {name: article_from_record(record) for name, record in records.items()}
    return {name: article for name, article in found.items() if isinstance(article, Article)}


@pytest.fixture(scope="module")
def shingles(articles: dict[str, Article]) -> dict[str, frozenset[tuple[str, ...]]]:
    return {name: _shingles(article) for name, article in articles.items() if name not in SEEDS}


def _shingles(article: Article) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", "\n".join(article.paragraphs).casefold())
    return frozenset(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))


def _jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def _files(kind: str) -> Iterator[Path]:
    return (path for path in SAMPLES.rglob(f"*.{kind}") if path.stem not in SEEDS)


def _year(record: Record) -> int | None:
    """The year stated in the metadata of a record: its date, its URL, or its copyright line."""
    stated = YEAR.search(record.date or record.url or "")
    if stated:
        return int(stated.group())
    copyright_year = COPYRIGHT_YEAR.search(record.text)
    return int(copyright_year.group(1)) if copyright_year else None


def test_there_are_some_forty_articles_beside_the_two_seeds(articles: dict[str, Article]) -> None:
    assert articles.keys() >= SEEDS
    assert len(articles.keys() - SEEDS) == 41


def test_every_sample_but_the_seeds_says_that_it_is_fiction() -> None:
    for path in _files("txt"):
        assert path.read_bytes().decode("latin-1").splitlines()[-1] == MARK, path
    for path in _files("html"):
        assert f"<footer><p>{MARK}</p></footer>" in path.read_text("utf-8"), path
    for path in _files("jsonl"):
        assert all(json.loads(line)["note"] == NOTE for line in path.read_text("utf-8").splitlines()), path
    for path in _files("csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert all(row["catatan"] == NOTE for row in csv.DictReader(file)), path


def test_nothing_lies_among_the_samples_that_the_mark_was_not_looked_for_in() -> None:
    assert {path.suffix for path in SAMPLES.rglob("*") if path.is_file()} == {".txt", ".html", ".jsonl", ".csv"}


def test_weekdays_fit_their_dates(records: dict[str, Record]) -> None:
    checked = 0
    for name, record in records.items():
        year = _year(record)
        for weekday, day, month in CUE.findall(record.text):
            assert year, f"{name} names a day and no year"
            assert WEEKDAYS[date(year, int(month), int(day)).weekday()] == weekday, f"{name}: {weekday} {day}/{month}"
            checked += 1
    assert checked > 35


def test_weekdays_fit_dates_written_out_in_fields_and_titles(records: dict[str, Record]) -> None:
    pages = "\n".join(path.read_text("utf-8") for path in _files("html"))
    fields = "\n".join(f"{record.title}\n{record.date}" for record in records.values())
    found = WRITTEN_OUT.findall(pages + fields)
    assert len(found) == 8
    for weekday, day, month, year in found:
        assert WEEKDAYS[date(int(year), MONTHS[month], int(day)).weekday()] == weekday


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{len(group)} copies of {group[0]}")
def test_copies_of_a_wire_story_are_nearly_the_same(
    group: tuple[str, ...], articles: dict[str, Article], shingles: dict[str, frozenset[tuple[str, ...]]]
) -> None:
    assert all(_jaccard(shingles[group[0]], shingles[copy]) >= 0.8 for copy in group[1:])
    assert len({articles[copy].outlet for copy in group}) == len(group), "each copy has its own outlet"


def test_one_copy_is_identical_to_the_wire_text(articles: dict[str, Article]) -> None:
    wire, identical, *_ = GROUPS[0]
    assert articles[wire].paragraphs == articles[identical].paragraphs


def test_items_of_the_series_are_alike_but_no_copies(shingles: dict[str, frozenset[tuple[str, ...]]]) -> None:
    likenesses = [_jaccard(shingles[one], shingles[other]) for one, other in combinations(SERIES, 2)]
    assert min(likenesses) >= 0.25
    assert max(likenesses) < 0.5


def test_all_other_articles_have_little_in_common(shingles: dict[str, frozenset[tuple[str, ...]]]) -> None:
    related = {frozenset(pair) for family in (*GROUPS, SERIES) for pair in combinations(family, 2)}
    strangers = [pair for pair in combinations(shingles, 2) if frozenset(pair) not in related]
    assert max(_jaccard(shingles[one], shingles[other]) for one, other in strangers) < 0.05


def test_bodies_are_short_and_those_of_wire_stories_long_enough_to_compare(articles: dict[str, Article]) -> None:
    lengths = {
        name: sum(len(paragraph.split()) for paragraph in article.paragraphs) for name, article in articles.items()
    }
    assert all(80 <= length <= 220 for name, length in lengths.items() if name not in SEEDS)
    assert all(lengths[copy] >= 150 for group in GROUPS for copy in group)


def test_every_precision_of_a_date_is_there(articles: dict[str, Article]) -> None:
    assert {article.date.precision for article in articles.values()} == set(DatePrecision)


def test_damaged_encodings_are_mended(articles: dict[str, Article]) -> None:
    mojibake = SAMPLES / "radar-pandan/2022/harga-cabai-malang.txt"
    windows = SAMPLES / "harian-nusa-kelana/2015/wayang-di-kafe.txt"
    assert "Â©" in mojibake.read_text("utf-8")
    with pytest.raises(UnicodeDecodeError):
        windows.read_text("utf-8")
    assert "Copyright © RadarPandan.com 2022" in articles["radar-pandan/2022/harga-cabai-malang"].text
    assert "“Pakemnya tidak saya ubah." in articles["harian-nusa-kelana/2015/wayang-di-kafe"].text
    assert "Renée Kusumadewi" in articles["harian-nusa-kelana/2015/wayang-di-kafe"].text


def test_one_sample_repeats_its_paragraphs(articles: dict[str, Article]) -> None:
    repeating = articles["kabar-selatan-daya/2020/harga-rumput-laut"]
    assert sum(passage.role is Role.REPEATED for passage in repeating.passages) >= 4
    assert len(set(repeating.paragraphs)) == len(repeating.paragraphs)
