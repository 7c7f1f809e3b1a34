"""The dating measure counts correctly, on a few articles with known dates."""

import gzip
import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from quality import dates_against_copies
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
    found = measure(tmp_path)
    for half in (found["read"], found["held_out"]):
        assert isinstance(half, dict)
        to_a_day = round(half["articles"] * half["to_a_day"])
        summed.update(articles=round(half["articles"]), to_a_day=to_a_day)
        summed.update(exact=round(to_a_day * half["exact"]), exact_or_next=round(to_a_day * half["exact_or_next"]))
        summed.update(wrong_year=round(to_a_day * half["wrong_year"]))
    assert summed == {"articles": 5, "to_a_day": 4, "exact": 1, "exact_or_next": 2, "wrong_year": 1}


BODY = (
    "Warga di tepi sungai menunggu bantuan beras yang dijanjikan pemerintah daerah sejak banjir surut. Sebagian dari "
    "mereka masih tidur di balai desa karena rumahnya penuh lumpur. Kepala desa meminta petugas segera membersihkan "
    "jalan agar truk dapat lewat. Ia khawatir anak-anak jatuh sakit bila air bersih tidak segera datang."
)
OTHER = " ".join(reversed(BODY.split()))


def test_days_of_texts_are_compared_with_the_days_given_to_copies(tmp_path: Path) -> None:
    bodies = {
        "hidden": f"{BODY} Harga naik, kata Deni, Selasa (10/9/2019).",
        "undated": f"{OTHER} Harga turun, kata Deni, Rabu (10/10/2018).",
    }
    hidden = next(f"h{n}" for n in range(99) if dates_against_copies.is_hidden(f"h{n}"))
    told, again = islice((f"t{n}" for n in range(99) if not dates_against_copies.is_hidden(f"t{n}")), 2)
    articles = [
        {"id": hidden, "text": bodies["hidden"], "date": "2019-09-11"},
        {"id": told, "text": BODY, "date": "2019-09-10"},
        {"id": again, "text": OTHER, "date": "2019-09-10"},
        {"id": "undated", "text": bodies["undated"]},
        {"id": "another", "text": "Tidak ada yang sama, kata Deni, Selasa (10/9/2019)."},
    ]
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        for article in articles:
            print(json.dumps(article), file=file)
    found = dates_against_copies.measure(tmp_path)
    assert found["hidden"] == {"articles": 1, "to_a_day": 1, "within_three_days": 1, "far_undisputed": 0}
    assert isinstance(found["undated"], dict)
    assert (found["undated"]["articles"], found["undated"]["within_three_days"]) == (1, 0)


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        measure(tmp_path)
    assert str(caught.value.filename).endswith("news.jsonl.gz")
