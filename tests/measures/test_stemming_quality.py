"""The stemming measure counts correctly, on the held-out half of the words."""

import gzip
import json
from pathlib import Path

import pytest

from quality import stemming
from quality.figures import flat

AFFIXED = ["pertemuan\ttemu", "kunjungan\tkunjung", "berita\tberita", "topi\ttopi", "gerakan\tgerak", "xyzan\tsalah"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "stemming").mkdir()
    for name in stemming.LISTS:
        (tmp_path / "stemming" / f"{name}.tsv").write_text("\n".join(AFFIXED) + "\n", encoding="utf-8")
    article = {"id": "1", "title": "Judul", "text": "Ia ke Bali, lalu ke Bekasi, dan makan nasi. " * 60}
    (tmp_path / stemming.NEWS).write_bytes(gzip.compress(json.dumps(article).encode()))
    return tmp_path


def test_halves_are_apart_and_make_the_whole(data: Path) -> None:
    pairs = stemming.judged(data, "ndetc")
    assert [f"{pair.word}\t{pair.root}" for pair in pairs] == AFFIXED
    assert {pair.reported for pair in pairs} == {True, False}


def test_what_misses_its_root_and_what_is_cut_is_listed() -> None:
    pairs = [stemming.Judged(*line.split("\t")) for line in AFFIXED]
    assert stemming.missed([pair for pair in pairs if pair.word != pair.root]) == ["xyzan salah xyzan"]
    assert stemming.cut([stemming.Judged("pertemuan", "pertemuan"), stemming.Judged("topi", "topi")]) == [
        "pertemuan temu"
    ]


def test_names_are_those_with_capitals_that_the_list_lacks(data: Path) -> None:
    names = list(stemming.names_in(data))
    assert names == ["bali", "bekasi"]
    assert stemming.changed([*names, "pertemuan"]) == ["pertemuan temu"]


def test_figures_have_the_names_their_readers_expect(data: Path) -> None:
    figures = dict(flat(stemming.measure(data)))
    assert (figures["names"], figures["names_changed"]) == (2, 0)
    assert {f"{name}.meets" for name in stemming.LISTS} <= figures.keys()
    assert all(0 <= share <= 1 for name, share in figures.items() if name.endswith(("meets", "cut")))


def test_without_news_the_measure_says_what_is_missing(data: Path) -> None:
    (data / stemming.NEWS).unlink()
    with pytest.raises(FileNotFoundError):
        stemming.measure(data)
