"""The measure of facts counts what articles have, by file and text together."""

import gzip
import json
from pathlib import Path

import pytest

from quality.facts import measure

FULL = {
    "title": "Harga naik",
    "text": "JAKARTA, KOMPAS.com - Harga beras naik di pasar induk.\nPenulis: Ani Rahma",
    "date": "2019-08-05",
    "url": "https://money.kompas.com/read/1",
    "kategori": "Ekonomi",
}
BARE = {"text": "Harga beras naik di pasar induk, kata pedagang."}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "antara").mkdir()
    (tmp_path / "antara" / "articles.jsonl").write_text(json.dumps(BARE))
    lines = "".join(json.dumps(one) + "\n" for one in (FULL, BARE | {"date": "2019"}, BARE | {"text": "Banjir surut."}))
    with gzip.open(tmp_path / "news.jsonl.gz", "wt") as file:
        file.write(lines)
    return tmp_path


def test_each_share_is_of_the_articles_of_its_file(data: Path) -> None:
    news, antara = measure(data)["news"], measure(data)["antara"]
    third = pytest.approx(1 / 3)
    assert news == {
        "articles": 3,
        "outlet": third,
        "date": pytest.approx(2 / 3),
        "day": third,
        "section": third,
        "reporter": third,
    }
    assert antara == {"articles": 1, "outlet": 0, "date": 0, "day": 0, "section": 0, "reporter": 0}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        measure(tmp_path)
