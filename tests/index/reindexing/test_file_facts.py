"""What a file said and no field took is told: columns with examples, facts that articles lack, what --map would use."""

import csv
import json
from pathlib import Path

import pytest
from rich.console import Console

from index.opening import open_engine
from index.reindexing.file_facts import FileFacts
from index.reindexing.pipeline import reindex
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from web.commands.reindex import file_facts

TEXT = "Warga membicarakan harga beras yang naik di pasar induk, kata pedagang nomor {}."


def run(folder: Path, paths: list[Path], mapping: dict[str, str] | None = None) -> ReindexReport:
    return reindex(open_engine(folder / "index"), ReindexRequest(tuple(paths), mapping or {}))


def table(path: Path, columns: dict[str, list[object]], rows: int = 6) -> Path:
    """A table with a text in each row, and the values of the columns in turn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["isi", *columns])
        for row in range(rows):
            writer.writerow([TEXT.format(row), *(values[row % len(values)] for values in columns.values())])
    return path


def lines(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps({"isi": TEXT.format(at), **one}) + "\n" for at, one in enumerate(records)))
    return path


def test_columns_that_look_like_a_field_are_told_first_with_the_mapping(tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv",
        {
            "dibaca": ["1520", "43682"],
            "rilis": ["Senin, 5 Agustus 2019 14:30 WIB", "Selasa, 6 Agustus 2019 08:00 WIB"],
            "laman_x": ["https://contoh.id/berita/1", "https://contoh.id/berita/2"],
            "gambar": ["https://contoh.id/a.jpg"],
            "yang_menulis": ["Ani Rahma", "Budi Santoso", "Citra Dewi"],
            "scraped": ["2024-01-03 10:00:00"],
        },
    )
    (told,) = run(tmp_path, [path]).files
    assert {one.name: one.suggested for one in told.suggested} == {
        "rilis": "date",
        "laman_x": "url",
        "yang_menulis": "reporter",
    }
    assert [one.name for one in told.unused[:3]] == [one.name for one in told.suggested]
    assert {one.name: (one.records, one.example) for one in told.unused}["dibaca"] == (6, "1520")
    assert (told.records, told.facts.undated, told.facts.without_title) == (6, 6, 6)
    mapped = run(tmp_path, [path], {"date": "rilis", "url": "laman_x", "reporter": "yang_menulis"})
    assert [one.name for one in mapped.files[0].unused] == ["dibaca", "gambar", "scraped"]
    assert mapped.files[0].facts.undated == 0


def test_no_column_is_suggested_for_a_field_that_another_fills(tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv",
        {
            "tanggal": ["2019-08-05"],
            "kedaluwarsa_x": ["2020-08-05"],
            "url": ["https://a.id/1"],
            "lain": ["https://a.id/2"],
        },
    )
    (told,) = run(tmp_path, [path]).files
    assert not told.suggested
    assert [one.name for one in told.unused] == ["kedaluwarsa_x", "lain"]


@pytest.mark.parametrize(
    "values",
    [["Jawa Barat", "Bandung"], ["Ekonomi Bisnis", "Bola"], ["12", "43682"], ["ya", "tidak"], ["Surabaya"]],
)
def test_other_columns_are_not_taken_for_fields(tmp_path: Path, values: list[object]) -> None:
    (told,) = run(tmp_path, [table(tmp_path / "x.csv", {"rubrik_x": values})]).files
    assert [one.suggested for one in told.unused] == [None]


def test_dates_that_could_not_be_read_are_counted_with_examples(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"tanggal": "kemarin"}, {"tanggal": "5 menit lalu"}, {"tanggal": "2019-08-05"})
    (told,) = run(tmp_path, [path]).files
    assert (told.facts.articles, told.facts.undated, told.facts.unread_dates) == (3, 2, 2)
    assert told.facts.unread_examples == ["kemarin", "5 menit lalu"]


def test_values_of_one_record_and_nested_ones_are_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"meta": {"kata": "a"}}, {"kosong": None, "daftar": []}, {"satu": 1})
    (told,) = run(tmp_path, [path]).files
    assert {one.name: one.records for one in told.unused} == {"meta": 1, "satu": 1}


def test_a_name_that_was_used_in_one_record_is_used(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"ringkasan": "R."}, {"isi": None, "ringkasan": "Banjir surut di desa itu."})
    (told,) = run(tmp_path, [path]).files
    assert not told.unused


def test_files_of_one_article_each_are_told_together(tmp_path: Path) -> None:
    folder = tmp_path / "berita"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
        (folder / f"j{number}.json").write_text(json.dumps({"isi": TEXT.format(100 + number), "dibaca": number}))
    told = {Path(one.where).name: one for one in run(tmp_path, [folder]).files}
    assert {name: one.records for name, one in told.items()} == {"*.txt": 20, "*.json": 20}
    assert [(one.name, one.records) for one in told["*.json"].unused] == [("dibaca", 20)]


def test_a_run_without_changes_tells_the_same(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", {"rilis": ["Senin, 5 Agustus 2019"], "dibaca": ["7"]})
    first, second = run(tmp_path, [path]), run(tmp_path, [path])
    assert second.unchanged == 6
    assert second.files == first.files != []
    assert [FileFacts.from_values(json.loads(json.dumps(one.as_values()))) for one in first.files] == first.files


def test_nothing_is_told_of_a_file_that_gives_all(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", {"judul": ["Harga"], "tanggal": ["2019-08-05"], "media": ["Tempo"]})
    assert run(tmp_path, [path]).files == []


def test_the_report_stays_readable_with_forty_columns(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {f"metrik_{number}": ["x" * 300] for number in range(40)}
    report = run(tmp_path, [table(tmp_path / "x.csv", {"rilis": ["5 Agustus 2019"], **columns})])
    console = Console(width=100, record=True, file=None)
    with console.capture() as captured:
        file_facts.print_first(report.files, console)
    printed = captured.get().splitlines()
    assert "rilis looks like a date" in printed[1]
    assert "--map date=rilis" in printed[1]
    assert len(printed) <= 12
    assert all(len(line) <= 100 for line in printed[2:10])
    (values,) = file_facts.fields(report.files)
    assert isinstance(values["unused"], list)
    assert len(values["unused"]) == 41
    assert values["unused"][0] == {"name": "rilis", "records": 6, "example": "5 Agustus 2019", "map": "date=rilis"}
