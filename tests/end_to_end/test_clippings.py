"""What a reader keeps in the browser: by keyboard, across pages, to a file and back; and what the server is sent."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, StorageState, expect

from index.answers.citing.bibtex import key
from index.answers.exporting.formats import extension
from tests.end_to_end.desk import NEEDS_CHROMIUM, Desk, violations
from tests.web.sample_archive import KALSEL
from web.pages.reuse.results import ANNOTATED

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.long]
COLLECTION = "/collection"
# A browser of its own for each test: emptying one that was used may end after the next test has begun to write.
NOTHING: StorageState = {"cookies": [], "origins": []}
REMEMBERED = """() => new Promise((found) => {
    const search = document.querySelector(".answer").dataset.search;
    const asked = indexedDB.open("kliping", 1);
    asked.onsuccess = () => {
        const kept = asked.result.transaction("searches").objectStore("searches").getAll();
        kept.onsuccess = () => { asked.result.close(); found(kept.result.some((one) => one.address === search)); };
    };
})"""  # whether the search of a page is in the history, which is written after the page has come


def keep(page: Page, folder: str, note: str = "", tags: str = "") -> None:
    """Fill the open dialog in by keyboard, and keep."""
    expect(page.locator("#keep")).to_be_visible()
    page.keyboard.type(folder)
    page.keyboard.press("Tab")
    page.keyboard.type(note)
    page.keyboard.press("Tab")
    page.keyboard.type(tags)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#keep")).to_be_hidden()


@pytest.fixture(scope="module")
def reader(desk: Desk) -> Iterator[BrowserContext]:
    """The browser of one who kept a hit, an article and a paragraph, by keyboard alone; tests change none of it."""
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, "/?q=hujan")
        page.keyboard.press("j")
        page.keyboard.press("s")
        keep(page, "Cuaca", "Cocok untuk bab 2", "hujan, banjir")
        expect(page.locator(".hit").first.locator(".keep")).to_have_text("tersimpan")
        page = desk.open(context, f"/article/{KALSEL}")
        page.keyboard.press("s")
        keep(page, "Diplomasi")
        page = desk.open(context, f"/article/{KALSEL}#p2")
        page.keyboard.press("s")
        expect(page.locator("#keep blockquote")).to_contain_text("Stephen Biegun memimpin")
        keep(page, "Diplomasi", "Kutipan utama", "korut")
        yield context


@pytest.fixture
def kept(desk: Desk, reader: BrowserContext) -> Iterator[Page]:
    """The page with what the reader kept."""
    page = desk.open(reader, COLLECTION)
    expect(page.locator(".kept-one")).to_have_count(3)
    yield page
    page.close()


def test_articles_and_passages_are_kept_by_keyboard_in_folders(kept: Page) -> None:
    expect(kept.locator(".folder h2")).to_have_text(["Cuaca (1)", "Diplomasi (2)"])
    expect(kept.locator(".kept-one blockquote")).to_have_text(
        ["Deputi Menteri Luar Negeri Stephen Biegun memimpin negosiasi tingkat kerja dengan Korut."]
    )
    assert re.search(r"· \d+ [A-Z]\w+ \d{4} · indeks", kept.locator(".kept-one .origin").first.inner_text())
    origins = kept.locator(".kept-one .origin").all_inner_texts()
    assert [" · paragraf 2 · " in one for one in origins].count(True) == 1
    kept.select_option("#tag", "korut")
    expect(kept.locator(".kept-one")).to_have_count(1)
    kept.click(".kept-one h3 a")
    expect(kept.locator("h1")).to_contain_text("Utusan khusus")
    assert kept.url.endswith("#p2")


def test_printed_clippings_have_what_was_written_and_no_empty_fields(kept: Page) -> None:
    kept.emulate_media(media="print")
    assert kept.locator("[name=note]").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.value)"
    ) == [
        "Cocok untuk bab 2",
        "Kutipan utama",
    ]
    expect(kept.locator("#searches")).to_be_hidden()


def test_a_selected_passage_is_kept_with_its_paragraph(desk: Desk) -> None:
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, f"/article/{KALSEL}")
        page.evaluate(
            "const text = document.querySelector('#p3').firstChild; getSelection().setBaseAndExtent(text, 0, text, 14);"
        )
        page.keyboard.press("s")
        expect(page.locator("#keep blockquote")).to_have_text("Masih ada wakt")
        keep(page, "Satu")
        page.goto(desk.address + COLLECTION)
        assert str(page.locator(".kept-one h3 a").get_attribute("href")).endswith(f"{KALSEL}#p3")


def test_notes_tags_and_folders_are_changed_and_clippings_dropped(desk: Desk, reader: BrowserContext) -> None:
    with desk.context(kept=reader.storage_state(indexed_db=True)) as context:
        page = desk.open(context, COLLECTION)
        first = page.locator(".kept-one").first
        first.locator("textarea").fill("Catatan baru")
        first.locator("[name=folder]").fill("Diplomasi")
        first.locator("[name=folder]").press("Tab")
        expect(page.locator(".folder h2")).to_have_text(["Diplomasi (3)"])
        page.reload()
        expect(page.locator("textarea[name=note]").first).to_be_visible()
        assert "Catatan baru" in [one.input_value() for one in page.locator("textarea[name=note]").all()]
        page.locator(".kept-one .drop").first.click()
        expect(page.locator(".folder h2")).to_have_text(["Diplomasi (2)"])
        expect(page.locator("#told")).to_contain_text("dibuang")


def test_all_goes_to_a_file_and_comes_back_in_another_browser(desk: Desk, kept: Page, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    with kept.expect_download() as saved:
        kept.click("#save")
    saved.value.save_as(path)
    held = json.loads(path.read_text("utf-8"))
    assert (held["kliping"], len(held["clippings"]), len(held["searches"])) == (1, 3, 1)
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, COLLECTION)
        for _ in range(2):  # taking it twice changes nothing
            page.set_input_files("#load", path)
            expect(page.locator("#told")).to_contain_text("diambil dari berkas")
            expect(page.locator(".folder h2")).to_have_text(["Cuaca (1)", "Diplomasi (2)"])
        with page.expect_download() as again:
            page.click("#save")
        again.value.save_as(path)
    returned = json.loads(path.read_text("utf-8"))
    assert sorted(returned["clippings"], key=lambda one: one["key"]) == sorted(
        held["clippings"], key=lambda one: one["key"]
    )
    assert returned["searches"] == held["searches"]


@pytest.mark.parametrize(
    "content",
    [
        "no JSON",
        '{"kliping": 2, "clippings": [], "searches": []}',
        '{"kliping": 1, "clippings": [{"key": "x"}], "searches": []}',
        '{"kliping": 1, "clippings": [], "searches": [{"key": "x", "name": "", "added": "", "address": "data:,1"}]}',
    ],
)
def test_a_file_that_is_none_changes_nothing(desk: Desk, tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, "utf-8")
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, COLLECTION)
        page.set_input_files("#load", path)
        expect(page.locator("#told")).to_have_text("bad.json bukan berkas kliping.")
        expect(page.locator("#no-clippings")).to_be_visible()


def test_markup_in_a_file_is_text(desk: Desk, tmp_path: Path) -> None:
    markup = "<img src=x onerror=document.title='broken'>"
    one = dict.fromkeys(("key", "article", "title", "folder", "note", "added", "changed", "outlet", "date"), markup)
    one["article"] = "../../evil?x=1"
    path = tmp_path / "kept.json"
    path.write_text(json.dumps({"kliping": 1, "clippings": [{**one, "tags": [markup]}], "searches": []}), "utf-8")
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, COLLECTION)
        page.set_input_files("#load", path)
        expect(page.locator(".kept-one h3")).to_have_text(markup)
        assert page.locator("#desk img").count() == 0
        assert "broken" not in page.title()


def test_export_and_print_send_ids_and_nothing_else(kept: Page) -> None:
    sent: list[Request] = []
    kept.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    kept.select_option("#desk [name=format]", "ris")
    with kept.expect_download() as download:
        kept.click("#desk form[action='/export'] button")
    records = Path(download.value.path()).read_text("utf-8")
    assert records.count("TY  - NEWS") == 2, "an article that was kept twice is one record"
    kept.locator("#folders input[type=checkbox]").nth(1).check()
    kept.click("#desk form[action='/clippings'] button")
    expect(kept.locator(".clipping")).to_have_count(1)
    expect(kept.locator(".clipping aside").first).to_contain_text("“Deputi Menteri")
    expect(kept.locator(".clipping aside").first).to_contain_text("Map: Diplomasi · Label: korut")
    expect(kept.locator(".clipping aside").first).to_contain_text("(paragraf 2)")
    expect(kept.locator(".clipping aside").first).to_contain_text("Kutipan utama")
    assert kept.locator(".clipping aside").all_inner_texts()[1:] == ["Map: Diplomasi"]
    assert all("utama" not in (request.post_data or "") for request in sent)
    assert [sorted({pair.split("=")[0] for pair in str(one.post_data).split("&")}) for one in sent] == [
        ["about", "fields", "format", "ids"],
        ["format", "ids"],
        ["ids"],
    ]


NOTE = '=besar, "kutip"\nbaris {kedua} & \\'
QUOTED = "“Deputi Menteri Luar Negeri Stephen Biegun memimpin negosiasi tingkat kerja dengan Korut.” (paragraf 2)"
ON_ONE_LINE = '=besar, "kutip" baris {kedua} & \\'


@pytest.fixture(scope="module")
def exported(desk: Desk, reader: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of the file in each format that a browser can write, with a note that no format takes as it is."""
    texts = {}
    with desk.context(kept=reader.storage_state(indexed_db=True)) as context:
        page = desk.open(context, COLLECTION)
        page.locator(".kept-one", has=page.locator("blockquote")).locator("[name=note]").fill(NOTE)
        page.locator(".kept-one", has=page.locator("blockquote")).locator("[name=tags]").fill("korut, 50% & #1")
        page.keyboard.press("Tab")
        expect(page.locator("#tag option")).to_have_count(5)
        for name in sorted(ANNOTATED):
            path = tmp_path_factory.mktemp("exported") / name
            page.select_option("#desk [name=format]", name)
            with page.expect_download() as download:
                page.click("#desk form[action='/export'] button")
            assert download.value.suggested_filename.endswith("." + extension(name))
            download.value.save_as(path)
            texts[name] = path.read_bytes().decode()
    return texts


def test_a_table_has_columns_of_what_was_written(exported: dict[str, str]) -> None:
    assert exported["csv"].startswith("\ufeff# archive,")
    lines = csv.reader(StringIO(exported["csv"].lstrip("\ufeff"), newline=""))
    names, *rows = (row for row in lines if not row[0].startswith("# "))
    assert len(rows) == 2
    held = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    article = held.pop(KALSEL)
    assert (article["folders"], article["tags"]) == ("Diplomasi", "korut; 50% & #1")
    assert (article["notes"], article["passages"]) == ("'" + NOTE, QUOTED)
    (other,) = held.values()
    told = [other[name] for name in ("folders", "tags", "notes", "passages")]
    assert told == ["Cuaca", "hujan; banjir", "Cocok untuk bab 2", ""]


def test_json_lines_have_each_clipping_of_an_article(exported: dict[str, str]) -> None:
    about, *lines = map(json.loads, exported["jsonl"].splitlines())
    assert about["about"]["rows"] == len(lines) == 2
    (article,) = (line["clippings"] for line in lines if line["id"] == KALSEL)
    assert [(one["folder"], one["note"], one["tags"]) for one in article] == [
        ("Diplomasi", "", []),
        ("Diplomasi", NOTE, ["korut", "50% & #1"]),
    ]
    assert [one["passage"] and one["passage"]["paragraph"] for one in article] == [None, "2"]


def test_references_have_notes_and_keywords_that_no_style_prints(exported: dict[str, str]) -> None:
    told = f"Map: Diplomasi · {QUOTED} · {ON_ONE_LINE}"
    (record,) = (one for one in exported["ris"].split("ER  - \r\n") if f"ID  - {KALSEL}\r\n" in one)
    assert record.endswith(f"N1  - Map: Diplomasi\r\nN1  - {told}\r\nKW  - korut\r\nKW  - 50% & #1\r\n")
    assert exported["ris"].endswith("ER  - \r\n\r\n")
    (entry,) = (one for one in exported["bibtex"].split("\n}\n") if f"@article{{{key(KALSEL)}," in one)
    comment, keywords = entry.splitlines()[-2:]
    assert comment.startswith(f"  comment = {{Map: Diplomasi; Map: Diplomasi · {QUOTED}")
    assert comment.endswith(r"""baris \{kedua\} \& \textbackslash{}},""")
    assert keywords == r"  keywords = {korut, 50\% \& \#1},"
    assert "note = {Map" not in entry
    (item,) = (one for one in json.loads(exported["csl-json"]) if one["id"] == KALSEL)
    assert (item["note"], item["keyword"]) == (f"Map: Diplomasi; {told}", "korut, 50% & #1")


def test_a_file_that_the_server_refuses_is_told_by_its_own_answer(desk: Desk, reader: BrowserContext) -> None:
    with desk.context(kept=reader.storage_state(indexed_db=True)) as context:
        page = desk.open(context, COLLECTION)
        page.route("**/export", lambda route: route.fulfill(status=400, body=""), times=1)
        with page.expect_download() as download:
            page.click("#desk form[action='/export'] button")
        assert "folders" not in Path(download.value.path()).read_text("utf-8")


def test_searches_are_remembered_named_and_forgotten(desk: Desk) -> None:
    with desk.context(kept=NOTHING) as context:
        for path in ("/?q=hujan", "/?q=perundingan&outlet=Tempo.co", "/?q=hujan&sort=oldest"):
            page = desk.open(context, path)
            page.wait_for_function(REMEMBERED)
        page = desk.open(context, COLLECTION)
        expect(page.locator("#history li a")).to_have_text(["hujan", "perundingan · Tempo.co"])
        expect(page.locator("#history li a").first).to_have_attribute("href", "/?q=hujan&sort=oldest")
        page.locator("#history input").first.fill("Musim hujan")
        page.locator("#history input").first.press("Tab")
        expect(page.locator("#named li")).to_have_count(1)
        page.click("#forget")
        expect(page.locator("#history li")).to_have_count(0)
        page.uncheck("#log")
        desk.open(context, "/?q=banjir")
        page.reload()
        expect(page.locator("#named li a")).to_have_text(["hujan"])
        expect(page.locator("#history li")).to_have_count(0)
        page.click("#named li a")
        expect(page.locator("#find")).to_have_value("hujan")


def test_an_article_without_a_date_says_so_among_clippings(desk: Desk, tmp_path: Path) -> None:
    one = dict.fromkeys(("key", "article", "title", "folder", "note", "added", "changed"), "satu")
    path = tmp_path / "kept.json"
    path.write_text(json.dumps({"kliping": 1, "clippings": [{**one, "outlet": "Detik"}], "searches": []}), "utf-8")
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, COLLECTION)
        page.set_input_files("#load", path)
        expect(page.locator(".kept-one .origin")).to_have_text("Detik · tanpa tanggal")


def test_past_searches_are_told_in_the_language_of_the_page(desk: Desk) -> None:
    with desk.context(kept=NOTHING) as context:
        page = desk.open(context, "/?precision=unknown")
        page.wait_for_function(REMEMBERED)
        desk.go(page, COLLECTION)
        expect(page.locator("#history li a")).to_have_text("semua artikel · tanpa tanggal")
        found = re.findall(r"(\d+) artikel", page.inner_text("#history .origin"))
        page.click(".top [hreflang=en]")
        expect(page.locator("#history li a")).to_have_text("all articles · no date")
        assert re.findall(r"(\d+) articles?", page.inner_text("#history .origin")) == found


def test_without_script_the_page_says_what_works(desk: Desk) -> None:
    with desk.context(script=False) as context:
        page = desk.open(context, COLLECTION)
        expect(page.get_by_text("memerlukan JavaScript")).to_be_visible()
        expect(page.locator("#desk")).to_be_hidden()
        page.fill(".scriptless textarea", KALSEL)
        with page.expect_download() as download:
            page.click("button[value=ris]")
        assert "TY  - NEWS" in Path(download.value.path()).read_text("utf-8")
        page.goto(desk.address + "/?q=hujan")
        expect(page.locator(".keep").first).to_be_hidden()


def test_the_page_with_clippings_shuts_nobody_out(desk: Desk, kept: Page) -> None:
    kept.set_viewport_size({"width": 320, "height": 800})
    kept.reload()
    expect(kept.locator(".kept-one")).to_have_count(3)
    assert violations(kept) == []
    assert kept.evaluate("document.documentElement.scrollWidth") <= 320
    assert desk.complaints == []
