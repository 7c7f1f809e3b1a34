"""The dating measure counts correctly, on a few articles with known dates."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from quality.dating import measure

SAID = "Harga naik, kata Deni, {day}."
ARTICLES = [  # date given, address, text
    ("2019-09-10", None, SAID.format(day="Selasa (10/9/2019)")),  # the day itself
    ("2019-09-11", None, SAID.format(day="Selasa (10/9/2019)")),  # the day after
    ("2019-09-13", None, SAID.format(day="Selasa (10/9/2019)")),  # too late
    ("2018-09-11", None, SAID.format(day="Selasa (10/9/2019)")),  # another year
    ("2019-09-10", None, "Harga naik, kata Deni, Selasa (10/9)."),  # no year anywhere
    ("2019-10-09", "https://a.id/2019/09/10/x", SAID.format(day="Selasa (10/9/2019)")),  # contradicted by its address
    ("2019-09-10", None, "Harga naik pada Selasa."),  # no cue
    (None, None, SAID.format(day="Selasa (10/9/2019)")),  # nothing to compare with
]


def test_only_articles_with_a_cue_and_a_trusted_date_are_asked_and_counted(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, (day, url, text) in enumerate(ARTICLES):
            fields = {"id": f"a{number}", "text": text, "date": day, "url": url}
            print(json.dumps({name: value for name, value in fields.items() if value}), file=file)
    summed: Counter[str] = Counter()
    for half in measure(tmp_path).values():
        assert isinstance(half, dict)
        to_a_day = round(half["articles"] * half["to_a_day"])
        summed.update(articles=round(half["articles"]), to_a_day=to_a_day)
        summed.update(exact=round(to_a_day * half["exact"]), exact_or_next=round(to_a_day * half["exact_or_next"]))
        summed.update(wrong_year=round(to_a_day * half["wrong_year"]))
    assert summed == {"articles": 5, "to_a_day": 4, "exact": 1, "exact_or_next": 2, "wrong_year": 1}


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        measure(tmp_path)
    assert str(caught.value.filename).endswith("news.jsonl.gz")
