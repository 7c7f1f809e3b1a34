"""The articles inside what APIs answer, databases export and pandas writes are all read."""

import json
from pathlib import Path

import pytest

from archive.reading.records import read
from archive.record import Record, Rejected

ONE = {"title": "Banjir", "content": "Banjir surut di desa.", "date": "2019-08-05", "link": "https://a.id/1"}
TWO = {"title": "Harga", "content": "Harga beras naik.", "date": "2019-08-06", "link": "https://a.id/2"}
COLUMNS = {name: [ONE[name], TWO[name]] for name in ONE}


def found(path: Path, value: object, mapping: dict[str, str] | None = None) -> list[Record]:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    records = list(read([path], mapping))
    assert not [record for record in records if isinstance(record, Rejected)]
    return [record for record in records if isinstance(record, Record)]


@pytest.mark.parametrize(
    "value",
    [
        {"status": "ok", "totalResults": 2, "articles": [ONE, TWO]},
        {"success": True, "data": {"link": "https://x", "posts": [ONE, TWO]}},
        {"took": 5, "hits": {"total": 2, "hits": [{"_id": "a", "_source": ONE}, {"_id": "b", "_source": TWO}]}},
        {"title": "Umpan", "description": "Berita terbaru", "items": [ONE, TWO]},
        {"content": [ONE, TWO], "totalPages": 1},
        [{"article": ONE}, {"article": TWO}],
        {"0": ONE, "1": TWO},
        {"data": {"b-1": ONE, "b-2": TWO}},
        [[ONE], [TWO]],
        COLUMNS,
        {name: {"0": values[0], "1": values[1]} for name, values in COLUMNS.items()},
        {"columns": list(ONE), "index": [0, 1], "data": [list(ONE.values()), list(TWO.values())]},
        {"schema": {"fields": [{"name": "title", "type": "string"}]}, "data": [ONE, TWO]},
        [list(ONE), list(ONE.values()), list(TWO.values())],
        json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2),
        json.dumps(ONE) + json.dumps(TWO),
    ],
)
def test_both_articles_are_read_with_all_they_say(tmp_path: Path, value: object) -> None:
    records = found(tmp_path / "x.json", value)
    assert [(r.title, r.text, r.date, r.url) for r in records] == [
        (one["title"], one["content"], one["date"], one["link"]) for one in (ONE, TWO)
    ]


def test_objects_over_several_lines_are_read_under_the_name_of_json_lines(tmp_path: Path) -> None:
    pretty = "\n".join(json.dumps(one, indent=2) for one in (ONE, TWO))
    assert [r.title for r in found(tmp_path / "x.jsonl", pretty)] == ["Banjir", "Harga"]


def test_a_broken_object_among_others_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        "\n".join([json.dumps(ONE, indent=1), '{\n "title": "x",\n "content": oops\n}', json.dumps(TWO, indent=1)])
    )
    first, broken, second = read([path])
    assert [isinstance(one, Record) and one.title for one in (first, second)] == ["Banjir", "Harga"]
    assert isinstance(broken, Rejected)
    assert "line 9" in broken.reason


def test_several_articles_of_one_line_are_told_apart(tmp_path: Path) -> None:
    lines = json.dumps({"articles": [ONE, TWO]}) + "\n" + json.dumps(ONE | {"title": "Lain"}) + "\n"
    assert [r.where.rpartition(":")[2] for r in found(tmp_path / "x.jsonl", lines)] == ["1.1", "1.2", "2"]


def test_an_article_is_not_taken_apart(tmp_path: Path) -> None:
    article = ONE | {"comments": [{"text": "bagus", "date": "2020-01-01"}], "images": [{"url": "https://a.id/i.jpg"}]}
    (one,) = found(tmp_path / "x.json", article)
    assert (one.text, one.url) == (ONE["content"], ONE["link"])
    blocks = {"title": "Banjir", "content": [{"type": "p", "text": "Satu."}, {"type": "p", "text": "Dua."}]}
    (one,) = found(tmp_path / "y.json", blocks)
    assert (one.title, one.text) == ("Banjir", "Satu.\nDua.")


def test_fields_around_an_article_are_its_own_if_it_has_none(tmp_path: Path) -> None:
    value = {"_id": "k7", "media": "Kompas.com", "judul": "Luar", "article": {"title": "Dalam", "body": "Isi."}}
    (one,) = found(tmp_path / "x.json", value)
    assert (one.id, one.outlet, one.title, one.text) == ("k7", "Kompas.com", "Dalam", "Isi.")
    listed = {"media": "Kompas.com", "title": "Hasil", "articles": [{"body": "Isi.", "title": "Dalam"}]}
    (one,) = found(tmp_path / "y.json", listed)
    assert (one.outlet, one.title) == ("Kompas.com", "Dalam")


def test_a_mapping_reaches_nested_fields(tmp_path: Path) -> None:
    value = [{"berita_x": {"cerita": "Isi lengkap.", "kop": {"utama": "Judul"}}, "id": 7}]
    (one,) = found(tmp_path / "x.json", value, {"text": "berita_x.cerita", "title": "berita_x.kop.utama"})
    assert (one.id, one.text, one.title) == ("7", "Isi lengkap.", "Judul")
    within = {"hasil": {"daftar": [{"cerita": "Satu."}, {"cerita": "Dua."}]}}
    records = found(tmp_path / "y.json", within, {"text": "hasil.daftar.cerita"})
    assert [r.text for r in records] == ["Satu.", "Dua."]


def test_an_object_without_a_text_names_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"berita_x": {"cerita": "Isi."}, "lain": 1}))
    (rejected,) = read([path])
    assert isinstance(rejected, Rejected)
    assert "berita_x.cerita, lain" in rejected.reason


def test_a_summary_is_the_text_only_where_there_is_no_other(tmp_path: Path) -> None:
    (one,) = found(tmp_path / "x.json", {"title": "A", "description": "Ringkas.", "content": "Penuh."})
    assert one.text == "Penuh."
    (one,) = found(tmp_path / "y.json", {"title": "A", "description": "Ringkas.", "content": None})
    assert one.text == "Ringkas."


@pytest.mark.parametrize("depth", [50, 5000])
def test_deep_nesting_ends(tmp_path: Path, depth: int) -> None:
    (tmp_path / "x.json").write_text('{"a":' * depth + "1" + "}" * depth)
    (rejected,) = read([tmp_path / "x.json"])
    assert isinstance(rejected, Rejected)


def test_a_mapping_for_other_files_hides_no_article(tmp_path: Path) -> None:
    mapping = {"text": "naskah"}
    listed = {"status": "ok", "articles": [{"title": "A", "content": "Isi.", "source": {"name": "Tempo"}}]}
    assert [r.text for r in found(tmp_path / "x.json", listed, mapping)] == ["Isi."]
    assert [r.text for r in found(tmp_path / "y.json", [["judul", "isi"], ["A", "Isi."]], mapping)] == ["Isi."]
    inner = {"title": "A", "content": "Cuplikan.", "detail": {"naskah": "Isi lengkap."}}
    assert [r.text for r in found(tmp_path / "z.json", inner, mapping)] == ["Isi lengkap."]
