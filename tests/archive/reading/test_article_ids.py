"""Ids stay: what is inserted, renamed or reordered moves no permalink to another article."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading.article_ids import with_final_id
from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected

Row = dict[str, str]
WORDS = st.sampled_from(["banjir", "padi", "kapal", "guru"])
ADDRESSES = st.sampled_from(
    ["", "https://www.detik.com/", "https://a.id/berita/1", "http://m.a.id/berita/1/?utm_source=x"]
)
ROWS = st.lists(st.fixed_dictionaries({"text": WORDS, "title": WORDS, "url": ADDRESSES}), min_size=1, max_size=9)


def final(*paths: Path) -> list[Record]:
    """The records under some paths, with the ids they have when everything is read."""
    log = SourceLog()
    found = list(read(paths, log=log))
    return [item for item in (with_final_id(one, log.renamed) for one in found) if isinstance(item, Record)]


def content(record: Record) -> tuple[str, ...]:
    return (record.text, record.title or "", record.url or "")


def written(folder: Path, name: str, rows: list[Row]) -> None:
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))


def permalinks(folder: Path) -> dict[str, tuple[str, ...]]:
    found = final(folder)
    assert len({record.id for record in found}) == len(found)
    return {record.id: content(record) for record in found}


@settings(max_examples=60)
@given(ROWS, st.data())
def test_the_order_of_rows_and_the_names_of_files_do_not_matter(rows: list[Row], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(rows)))
    shuffled = data.draw(st.permutations(rows))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        written(Path(one), "a.jsonl", rows)
        written(Path(other), "z.jsonl", shuffled[:cut])
        written(Path(other), "b.jsonl", shuffled[cut:])
        assert permalinks(Path(one)) == permalinks(Path(other))


@settings(max_examples=60)
@given(ROWS, ROWS)
def test_what_is_inserted_never_takes_the_permalink_of_another(rows: list[Row], more: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        written(Path(folder), "b.jsonl", rows)
        before = permalinks(Path(folder))
        written(Path(folder), "b.jsonl", more + rows)
        after = permalinks(Path(folder))
    for article_id, shown in before.items():
        assert after.get(article_id, shown) == shown
        assert shown in after.values()


def test_a_row_inserted_a_file_renamed_and_a_table_sorted_move_nothing(tmp_path: Path) -> None:
    rows = [{"judul": f"Judul {n}", "isi": f"Isi berita nomor {n}."} for n in range(4)]

    def saved(path: Path, kept: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
        with path.open("w", newline="") as file:
            table = csv.DictWriter(file, ("judul", "isi"))
            table.writeheader()
            table.writerows(kept)
        return permalinks(tmp_path)

    before = saved(tmp_path / "berita.csv", rows)
    assert len(before) == 4
    assert before == saved(tmp_path / "berita.csv", rows[::-1])
    (tmp_path / "berita.csv").rename(tmp_path / "arsip.csv")
    assert before == permalinks(tmp_path)
    inserted = saved(tmp_path / "arsip.csv", [{"judul": "Baru", "isi": "Sisipan."}, *rows])
    assert before.items() < inserted.items()


def test_the_given_id_comes_first_then_the_address_then_the_text(tmp_path: Path) -> None:
    text = {"isi": "Banjir.", "judul": "A", "media": "Kompas"}
    address = {"url": "https://www.kompas.com/read/2018/banjir"}
    written(tmp_path, "a.jsonl", [{"id": "k1", **text, **address}, {**text, **address}, text])
    own, of_address, of_text = (record.id for record in final(tmp_path))
    assert own == "k1"
    assert len(of_address) == len(of_text) == 16
    for row in (
        {**text, "isi": "Lain.", **address},
        {**text, "url": "http://m.kompas.com/read/2018/banjir/?utm_source=fb"},
    ):
        written(tmp_path, "a.jsonl", [row])
        assert [record.id for record in final(tmp_path)] == [of_address]
    written(tmp_path, "a.jsonl", [{**text, "url": "https://www.kompas.com/"}])
    assert [record.id for record in final(tmp_path)] == [of_text]


def test_records_that_share_an_address_are_told_apart_whatever_their_order(tmp_path: Path) -> None:
    rows = [{"isi": f"Versi {n}.", "url": "https://a.id/berita/1"} for n in range(3)]
    written(tmp_path, "a.jsonl", rows)
    found = {record.id: record.text for record in final(tmp_path)}
    assert len(found) == 3
    assert len({article_id.partition("-")[0] for article_id in found}) == 1
    written(tmp_path, "a.jsonl", rows[::-1])
    assert found == {record.id: record.text for record in final(tmp_path)}


def test_the_same_article_read_twice_is_told_but_equal_texts_may_be_copies(tmp_path: Path) -> None:
    row = {"isi": "Banjir.", "url": "https://a.id/berita/1"}
    written(tmp_path, "a.jsonl", [row])
    written(tmp_path, "b.jsonl", [row])
    found = list(read([tmp_path]))
    assert [type(item) for item in found] == [Record, Rejected]
    assert isinstance(found[1], Rejected)
    assert "already read at" in found[1].reason
    assert found[1].reason.endswith("a.jsonl:1")
    for name in ("a", "b", "c"):
        written(tmp_path, f"{name}.jsonl", [{"isi": "Banjir."}])
    first, second, third = (record.id for record in final(tmp_path))
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_a_derived_id_never_takes_the_place_of_a_given_one(tmp_path: Path) -> None:
    written(tmp_path, "a.jsonl", [{"isi": "Banjir."}])
    (derived,) = (record.id for record in final(tmp_path))
    written(tmp_path, "a.jsonl", [{"id": derived, "isi": "Lain."}, {"isi": "Banjir."}])
    assert [record.text for record in final(tmp_path)] == ["Lain."]


@pytest.mark.parametrize("name", ["x.txt", "y.txt", "sub/x.txt.gz"])
def test_a_text_keeps_its_id_wherever_it_lies(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Kapal feri berangkat dari Merak.")
    (record,) = final(tmp_path)
    assert record.id == "5uyubcnkee6a3saz"
    assert record.former_id == name.partition(".")[0]
