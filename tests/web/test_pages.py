"""The pages as plain HTML, without script."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.engine import DamagedIndex, IndexInfo
from index.query.errors import SENTENCES, BadQuery
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import INFERRED, KALSEL, STORY, app, article
from web import create_app, error_messages
from web.config import ROOT, SETTINGS
from web.i18n import gettext
from web.setting_values import BadSetting

PAGES = [
    "/",
    "/?sort=newest",
    "/?q=perundingan+Korut",
    "/?q=hujan&year=2018&outlet=Tempo.co&not.place=Kota+1&from=2015",
    "/?q=zzz+Korut",
    "/?q=perundingan&copies=show&page=2&size=1",
    "/?year=2015&year=2016&sort=oldest",
    f"/article/{KALSEL}?q=perundingan+Korut",
    "/article/hostile?q=perundingan",
    "/article/longs",
    "/clippings?q=hujan",
    f"/story/{STORY}",
    "/facets/outlet?q=hujan",
    "/trends?series=hujan&series=perundingan",
    "/coverage?by=month",
    "/kwic?q=perundingan+Korut",
    "/words?q=perundingan+Korut",
    "/similar/cuaca-3",
    "/help",
    "/?q=Korut+OR+(",
    "/nowhere",
]


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


def text(html: str) -> str:
    """The text of a page without tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def links(html: str, words: str) -> list[str]:
    """The URLs of all links on a page whose text or label contains some words."""
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"([^>]*)>(.*?)</a>', html, re.DOTALL)
    return [unescape(address) for address, more, inside in found if words in text(inside) or words in unescape(more)]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_landmarks_and_one_heading(client: FlaskClient, address: str) -> None:
    html = client.get(address).get_data(as_text=True)
    for mark in ("<header", "<main", "<footer", 'class="skip"', '<html lang="id"'):
        assert html.count(mark) == 1
    assert html.count("<h1") == 1
    assert "<title>" in html
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_script_or_style_in_line(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    html = response.get_data(as_text=True)
    assert not re.search(r"<script(?![^>]*\bsrc=| type=\"application/ld\+json\")|<style|\sstyle=|\son\w+=\"", html)
    assert response.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self'; "
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_results_say_how_the_query_was_read_and_how_much_was_found(client: FlaskClient) -> None:
    html = page(client, "/?q=perundingan+Korut")
    assert "2 berita berbeda dalam 4 artikel, dari 46" in text(html)
    assert links(html, "Hapus perundingan") == ["/?q=Korut"]
    assert "<mark>perundingan</mark>" in html


def test_chips_remove_filters_and_denied_words(client: FlaskClient) -> None:
    html = page(client, "/?q=Korut+-Jepang&outlet=Tempo.co&not.place=Seoul&from=2018-05")
    assert links(html, "Hapus Jepang") == ["/?q=Korut&outlet=Tempo.co&not.place=Seoul&from=2018-05"]
    assert "/?q=Korut+-Jepang&not.place=Seoul&from=2018-05" in links(html, "Hapus Tempo.co")
    assert "/?q=Korut+-Jepang&outlet=Tempo.co&not.place=Seoul" in links(html, "Hapus Mei 2018")


def test_a_group_of_words_is_one_chip(client: FlaskClient) -> None:
    html = page(client, "/?q=(banjir+OR+longsor)+hujan")
    assert links(html, "Hapus banjir atau longsor") == ["/?q=hujan"]


def test_a_facet_value_holds_its_count_in_its_link_and_leads_to_that_many(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan")
    address = links(html, "Detik 5")[0]
    assert address == "/?q=hujan&outlet=Detik"
    assert "5 berita berbeda dalam 5 artikel" in text(page(client, address))


def test_filters_begin_with_the_days_and_end_with_how_dates_are_known_folded(client: FlaskClient) -> None:
    beside = page(client, "/?q=perundingan").partition("<aside")[2].partition("</aside>")[0]
    assert re.findall(r"<h3[^>]*>([^<]*\w)", beside) == [
        *("Rentang tanggal", "Tahun", "Media", "Biro", "Kantor berita", "Tempat", "Pewarta", "Editor"),
        *("Versi beritanya", "Media yang memuat beritanya", "Ketepatan tanggal", "Dasar tanggal"),
    ]
    before, _, folded = beside.partition('<details class="technical">')
    assert "Dasar tanggal" in folded
    assert "Ketepatan" not in before
    assert '<details class="technical" open>' in page(client, "/?q=hujan&precision=day")


def test_a_facet_with_one_value_that_all_hits_have_takes_no_room(client: FlaskClient) -> None:
    assert "Ketepatan tanggal" not in page(client, "/?q=hujan")
    assert "Ketepatan tanggal" in page(client, "/?q=hujan&not.precision=year")


def test_a_story_that_was_chosen_is_a_chip_with_its_title(client: FlaskClient) -> None:
    html = text(page(client, f"/?story={STORY}"))
    assert "Berita Utusan khusus Amerika Serikat untuk Korea Utara" in html
    assert f"Berita {STORY}" not in html
    assert "Berita tidak/ada" in text(page(client, "/?story=tidak/ada"))


def test_a_facet_ends_with_what_has_no_value_which_its_link_finds(client: FlaskClient) -> None:
    address, count = re.findall(
        r'<li class="lacking"><a class="value" href="([^"]*)"><span class="name">tanpa tempat</span> '
        r'<span class="n">(\d+)</span>',
        page(client, "/?q=Korut+OR+perundingan&place=Seoul"),
    )[0]
    assert address == "/?q=%28Korut+OR+perundingan%29+-place%3A%2A"
    html = page(client, address)
    assert f"{count} berita berbeda" in text(html)
    assert links(html, "Hapus tanpa tempat"), "the chip has the same name"
    undated = page(client, "/?q=perundingan&year=2018")
    assert 'href="/?q=perundingan&amp;precision=unknown"><span class="name">tanpa tanggal</span>' in undated
    assert "tanpa tanggal" not in page(client, "/?q=hujan&precision=day")


@pytest.mark.parametrize(("language", "named"), [("id", "tanpa media"), ("en", "no outlet")])
def test_what_names_no_outlet_has_one_name_on_all_pages(language: str, named: str) -> None:
    engine = MemoryEngine()
    with engine.build() as build:
        build.add(article("a", "Banjir", ("Banjir besar.",), outlet="Detik", date=INFERRED))
        build.add(article("b", "Banjir", ("Banjir kecil.",), date=INFERRED))
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": language}, engine=engine).test_client()
    for path in ("/", "/?q=banjir", "/?q=banjir+-outlet:*", "/facets/outlet", "/coverage", "/kwic?q=banjir"):
        assert named in text(page(client, path)), path
    assert named in text(client.post("/batch", data={"queries": "banjir", "format": "page"}).text)
    assert '"(none)",1,1' in client.get("/coverage.csv").text, "programs read the same word in every language"


def test_a_page_says_whether_its_facets_count_stories_or_articles(client: FlaskClient) -> None:
    for path in ("/?q=hujan", "/facets/place?q=hujan"):
        assert "Angkanya berita, bukan artikel." in text(page(client, path))
        assert "Angkanya artikel, bukan berita." in text(page(client, path + "&copies=show"))


def test_a_facet_says_how_many_values_it_has_and_bars_stand_behind_their_counts(client: FlaskClient) -> None:
    html = page(client, "/?q=perundingan")
    assert "Media , 5 nilai" in text(html)
    shares = re.findall(r'<li class="w(\d+)[^>]*>\s*<a class="value" [^>]*>.*?<span class="n">(\d+)</span>', html)
    largest = max(int(count) for _, count in shares)
    assert {int(share) for share, count in shares if int(count) == largest} == {20}
    assert all(1 <= int(share) <= 20 for share, count in shares if count != "0")


def test_a_long_facet_has_a_box_that_finds_values_and_keeps_the_query() -> None:
    engine = MemoryEngine()
    with engine.build() as build:
        for number in range(15):
            build.add(article(f"a-{number}", "Banjir", (f"Banjir {number}.",), outlet=f"Media {number}", place="Kota"))
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()
    (form,) = re.findall(
        r'<form class="pick" action="([^"]+)">(.*?)</form>', page(client, "/?q=banjir&place=Kota"), re.DOTALL
    )
    assert form[0] == "/facets/outlet"
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form[1]) == [("q", "banjir"), ("place", "Kota")]
    assert text(page(client, "/facets/outlet?find=media+7&q=banjir&place=Kota")).count("Media 7") >= 1


def test_the_button_of_filters_says_how_many_are_set(client: FlaskClient) -> None:
    assert "saringan terpasang" not in text(page(client, "/?q=hujan"))
    filtered = "/?q=hujan&outlet=Detik&not.place=Kota+1&from=2015&to=2020"
    assert "Saring 3 saringan terpasang" in text(page(client, filtered))


def test_facet_values_can_be_joined_excluded_and_taken_back(client: FlaskClient) -> None:
    chosen = page(client, "/?q=hujan&outlet=Detik")
    assert "/?q=hujan&outlet=Detik&outlet=Tempo.co" in links(chosen, "Tempo.co")
    assert "/?q=hujan" in links(chosen, "Detik")
    assert "/?q=hujan&not.outlet=Detik" in links(page(client, "/?q=hujan"), "Kecualikan Detik")
    assert "35 berita berbeda" in text(page(client, "/?q=hujan&not.outlet=Detik"))


def test_the_page_of_a_facet_ends_with_what_has_none_of_it_as_the_panel_does(client: FlaskClient) -> None:
    found = client.get("/api/v1/facets/place?q=perundingan").get_json()["missing"]["stories"]
    (address,) = re.findall(
        rf'href="([^"]*)"><span class="name">tanpa tempat</span> <span class="n">{found}<',
        page(client, "/facets/place?q=perundingan"),
    )
    assert address in page(client, "/?q=perundingan")
    assert "tanpa tempat" not in page(client, "/facets/place?q=perundingan&find=a"), "values alone are looked for"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("versi:2..", "Versi beritanya ≥ 2"),
        ("versi:..3", "Versi beritanya ≤ 3"),
        ("versi:2..3", "Versi beritanya 2–3"),
        ("versi:2..2", "Versi beritanya 2"),
        ("date:2018..", "Tanggal sejak 1 Januari 2018"),
        ("date:..2018", "Tanggal sampai 31 Desember 2018"),
        ("date:2018-05-31", "Tanggal 31 Mei 2018"),
    ],
)
def test_an_open_range_is_told_without_dots(client: FlaskClient, asked: str, shown: str) -> None:
    (chip,) = re.findall(r'<span class="chip">(.*?)<a', page(client, f"/?q={asked}"), re.DOTALL)
    assert text(chip) == shown


def test_a_range_of_one_month_is_one_chip(client: FlaskClient) -> None:
    html = text(page(client, "/?q=hujan&from=2018-05&to=2018-05"))
    assert "Tanggal Mei 2018" in html
    assert "Sampai Mei 2018" not in html


def test_long_facets_lead_to_a_page_with_all_values_that_can_be_searched(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan")
    assert "/facets/outlet?q=hujan" in links(html, "3 lainnya…")
    assert "9 nilai" in text(page(client, "/facets/outlet?q=hujan"))
    few = text(page(client, "/facets/outlet?q=hujan&find=tem"))
    assert "Tempo.co" in few
    assert "Detik" not in few
    page(client, "/facets/nothing", 404)


def test_an_article_says_where_and_when_it_appeared_above_its_title(client: FlaskClient) -> None:
    above = page(client, f"/article/{KALSEL}").partition("<article")[2].partition("<h1")[0]
    assert "ANTARA News Kalimantan Selatan" in text(above)
    assert "2 Juli 2020" in text(above)
    assert "“Kamis (2/7)” menyebut tanggal dan bulannya." in text(above)


def test_the_pager_shows_the_ends_and_the_neighbours_of_a_page(client: FlaskClient) -> None:
    def pages(number: int) -> list[str]:
        pager = page(client, f"/?page={number}&size=1&copies=show").partition('class="pager"')[2].partition("</nav>")[0]
        return re.findall(r"\d+(?=</a>)|…(?=</li>)", pager)

    last = int(pages(1)[-1])
    assert pages(1) == ["1", "2", "…", str(last)]
    assert pages(4) == ["1", "…", "3", "4", "5", "…", str(last)]
    assert pages(last) == ["1", "…", str(last - 1), str(last)]


def test_the_timeline_says_how_many_articles_it_has_no_place_for(client: FlaskClient) -> None:
    found = client.get("/api/v1/search").get_json()
    undated = found["total"]["articles"] - sum(value["count"] for value in found["facets"]["year"])
    assert undated
    assert f"{undated} artikel tanpa tanggal" in client.get("/?sort=newest").text
    assert " artikel tanpa tanggal" not in client.get("/?year=2018").text


def test_the_timeline_filters_by_year_then_by_month(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan")
    assert "/?q=hujan&year=2018" in links(html, "2018: 5")
    year = page(client, "/?q=hujan&year=2018")
    assert "/?q=hujan" in links(year, "← semua tahun")
    assert any("month=2018-" in address for address in links(year, "2018: 1"))


def test_an_inferred_date_wears_its_sign_and_tells_its_evidence(client: FlaskClient) -> None:
    html = page(client, "/?q=Pompeo")
    assert "≈ 31 Mei 2018" in text(html)
    assert "“Rabu malam (30/5)” menyebut tanggal dan bulannya." in text(html)
    assert '<details class="evidence">' in html
    assert '<details class="evidence">' not in page(client, "/?q=hujan")


def test_copies_unfold_under_their_story(client: FlaskClient) -> None:
    html = page(client, "/?q=Biegun")
    assert "+2 salinan di" in text(html)
    assert links(html, "Utusan AS ke Seoul") == ["/article/tempo/1?q=Biegun"]
    assert "1–3 dari 3" in text(page(client, "/?q=Biegun&copies=show"))


def test_copies_that_a_search_leaves_out_are_told_and_lead_to_their_story(client: FlaskClient) -> None:
    told = "+2 salinan di luar pencarian ini"
    assert links(page(client, "/?q=Biegun&outlet=Tempo.co"), told) == [f"/story/{STORY}?q=Biegun&outlet=Tempo.co"]
    narrower = text(page(client, "/?q=Biegun&not.outlet=ANTARA"))
    assert "+1 salinan di ANTARA News Kalimantan Selatan; 1 lagi di luar pencarian ini" in narrower
    assert links(page(client, "/?q=Biegun&copies=show"), "Semua 3 versi berita ini")
    assert "di luar pencarian" not in text(page(client, "/?q=Biegun"))


def test_order_and_pages_are_links(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&page=2")
    assert "11–20 dari 40" in text(html)
    assert links(html, "terbaru") == ["/?q=hujan&sort=newest"]
    assert links(html, "berikutnya →") == ["/?q=hujan&page=3"]
    assert links(html, "← sebelumnya") == ["/?q=hujan"]


def test_a_page_past_the_end_leads_back(client: FlaskClient) -> None:
    assert links(page(client, "/?q=hujan&page=99"), "Ke halaman terakhir") == ["/?q=hujan&page=4"]


def test_an_empty_answer_says_what_to_try(client: FlaskClient) -> None:
    html = page(client, "/?q=zzz+Korut&outlet=Tempo.co")
    assert "Tidak ada berita yang cocok" in text(html)
    assert "Korut 1 berita" in text(html)
    assert "zzz tidak ditemukan" in text(html)
    assert "Cari tanpa “zzz” 1 berita" in text(html)
    assert links(html, "Cari tanpa “zzz”") == ["/?q=Korut&outlet=Tempo.co"]


def test_an_empty_answer_names_the_filter_to_blame(client: FlaskClient) -> None:
    html = page(client, "/?q=Pompeo&outlet=Tempo.co&from=2015")
    assert links(html, "Cari tanpa saringan Media: Tempo.co") == ["/?q=Pompeo&from=2015"]
    assert "Cari tanpa batas tanggal" not in text(html)
    html = page(client, "/?q=Pompeo+Biegun+perundingan&outlet=Tempo.co")
    assert "Pompeo 1 berita tanpa saringan" in text(html)


def test_a_slip_is_met_by_a_question_and_never_corrected_unasked(client: FlaskClient) -> None:
    html = page(client, "/?q=perundinagn&from=2015")
    assert "Tidak ada berita yang cocok" in text(html)
    assert "Mungkin maksud Anda: perundingan 3 berita" in text(html)
    assert links(html, "perundingan") == ["/?q=perundingan&from=2015"]
    assert "Mungkin maksud Anda" not in text(page(client, "/?q=perundingan"))
    assert "Mungkin maksud Anda: hujan OR perundingan" in text(page(client, "/?q=hujan+OR+perundinagn"))


def test_partial_matches_stand_apart_and_say_what_they_lack(client: FlaskClient) -> None:
    html = page(client, "/?q=siapa+pejabat+yang+bertemu+Pompeo+di+Seoul")
    said = text(html)
    assert "Tidak ada berita yang cocok" in said
    assert said.index("Cocok sebagian") < said.index("Pompeo dan pejabat tinggi Korut bertemu lagi")
    assert "Tidak memuat: Seoul" in said
    assert html.count("berita berbeda dalam") == 0
    assert links(html, "Semua yang memuat salah satu katanya") == ["/?q=pejabat+OR+bertemu+OR+Pompeo+OR+Seoul"]
    assert "Cocok sebagian" not in text(page(client, "/?q=Pompeo"))


def test_a_bad_query_is_shown_with_its_place_and_the_remedy(client: FlaskClient) -> None:
    html = page(client, "/?q=1+OR+(", 400)
    assert "1 OR <u>(</u>" in html
    assert "Kurung ini tidak ditutup" in html
    assert 'value="1 OR ("' in html


def test_a_bad_argument_is_named_with_what_would_be_right(client: FlaskClient) -> None:
    assert (
        "Argumen “sort” tidak dapat bernilai “foo”. Yang dapat: relevance, newest, oldest, copies, outlets, indexed."
        in text(page(client, "/?sort=foo", 400))
    )


@pytest.mark.parametrize("address", ["/?outlt=Tempo.co", "/facets/place?outlt=Tempo.co", f"/article/{KALSEL}?outlt=Te"])
def test_a_misspelt_argument_is_named_with_the_nearest(client: FlaskClient, address: str) -> None:
    assert "Argumen “outlt” tidak dikenal; hapus, atau pakai: outlet." in text(page(client, address, 400))


def test_an_argument_is_only_known_where_it_means_something(client: FlaskClient) -> None:
    page(client, "/facets/outlet?q=hujan&find=tem")
    assert "Argumen “find” tidak dikenal" in text(page(client, "/?find=tem", 400))


def test_what_others_hang_on_links_does_not_stop_a_reader(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&utm_source=surel&utm_medium=x&fbclid=1&gclid=2")
    assert "40 berita berbeda" in text(html)
    assert "utm_source" not in "".join(links(html, "terbaru"))


@pytest.mark.parametrize("address", ["/?q=Korut&q=hujan", "/?page=1&page=2", "/facets/outlet?find=a&find=b"])
def test_what_can_only_be_asked_once_is_refused_when_given_twice(client: FlaskClient, address: str) -> None:
    assert "hanya dapat diberikan satu kali" in text(page(client, address, 400))


def test_a_range_that_ends_before_it_begins_is_refused(client: FlaskClient) -> None:
    said = text(page(client, "/?from=2020&to=2019", 400))
    assert "Rentang dari 2020 sampai 2019 berakhir sebelum mulai; tukar “from” dan “to”." in said


@pytest.mark.parametrize("address", ["/?year=0000", "/?month=0000-01", "/?not.year=0000", "/?from=0000"])
def test_a_year_no_calendar_has_is_refused(client: FlaskClient, address: str) -> None:
    assert "0000" in text(page(client, address, 400))


def test_an_index_folder_that_cannot_be_used_is_told_as_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    made = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id", "KLIPING_INDEX": tmp_path / "file"})
    said = text(page(made.test_client(), "/", 503))
    assert "Folder indeks tidak dapat dipakai" in said
    assert str(tmp_path) not in said


def test_values_stand_by_the_stories_a_reader_sees_however_many_there_are() -> None:
    engine, stories = MemoryEngine(), {}
    with engine.build() as build:
        for number in range(45 * 3):
            copied = article(f"copy-{number}", "Salinan", ("Teks yang sama.",), outlet=f"Media {number % 45:02}")
            stories[copied.id] = f"story-{number % 45}"
            build.add(copied)
        for number in range(2):
            build.add(article(f"own-{number}", "Sendiri", (f"Teks {number}.",), outlet="Zaman"))
        build.set_stories(stories)
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()
    beside = text(page(client, "/?sort=newest"))
    assert beside.index("Zaman 2") < beside.index("Media 00 1")
    assert "40 lainnya…" in beside
    shown = text(page(client, "/?copies=show"))
    assert "Media 00 3" in shown
    assert "Zaman 2" not in shown


@pytest.mark.parametrize("words", ["zzz", '"Korut Amerika"'])
def test_an_article_without_the_words_searched_for_says_only_that(client: FlaskClient, words: str) -> None:
    html = client.get(f"/article/{KALSEL}", query_string={"q": words}).text
    assert "Kata atau frasa yang dicari tidak ada di dalam teks ini." in text(html)


@pytest.mark.parametrize("words", ["outlet:antara", "date:2020", "-Jepang"])
def test_an_article_found_without_asking_for_words_says_so(client: FlaskClient, words: str) -> None:
    html = client.get(f"/article/{KALSEL}", query_string={"q": words}).text
    assert "Pencarian ini tidak meminta kata dari teks, jadi tidak ada yang ditandai." in text(html)


def test_every_error_of_the_query_language_is_said_in_the_language_of_the_page() -> None:
    with app().test_request_context("/"):
        said = {code: error_messages.bad_query(BadQuery(code, 0, "x", "title")) for code in SENTENCES}
    assert len(set(said.values())) == len(SENTENCES)


def test_without_an_index_the_page_names_the_command() -> None:
    empty = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=MemoryEngine())
    assert "flask reindex" in page(empty.test_client(), "/", 503)


def test_a_damaged_index_is_told_as_one() -> None:
    class Broken(MemoryEngine):
        def info(self) -> IndexInfo:
            raise DamagedIndex("segment 3 does not match its checksum")

    assert "flask reindex --full" in page(create_app({"TESTING": True}, engine=Broken()).test_client(), "/", 503)


def test_an_article_shows_its_hits_numbered_and_linked(client: FlaskClient) -> None:
    html = page(client, f"/article/{KALSEL}?q=Korut+perundingan")
    numbers = re.findall(r'<mark id="hit-(\d+)">', html)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert f"{len(numbers)} temuan" in text(html)
    for number in numbers:
        assert f'href="#hit-{number}"' in html
    assert links(html, "← 2 hasil") == ["/?q=Korut+perundingan"]


def test_neighbouring_words_of_an_article_are_one_hit_on_the_page_and_in_the_api(client: FlaskClient) -> None:
    html = page(client, f"/article/{KALSEL}?q=masih+ada+waktu+berunding")
    marked = re.findall(r'<mark id="hit-\d+">([^<]+)', html)
    assert "Masih ada waktu" in marked
    assert f"{len(marked)} temuan" in text(html)
    told = client.get(f"/api/v1/articles/{KALSEL}?q=masih+ada+waktu+berunding").get_json()
    assert told["marks"]["total"] == len(marked)


def test_hits_of_a_title_made_from_the_text_are_not_counted_twice(client: FlaskClient) -> None:
    assert "2 temuan" in text(page(client, f"/article/{KALSEL}?q=%3DKorut"))
    assert "2 temuan" in text(page(client, "/article/000_ee651f1e8b72a640?q=%3DKorut"))


def test_an_article_shows_its_facts_with_their_evidence(client: FlaskClient) -> None:
    said = text(page(client, f"/article/{KALSEL}"))
    assert "≈ 2 Juli 2020, disimpulkan dari isi teks" in said
    assert "“Selasa (7/7)” disebut sebagai hal yang masih akan datang." in said
    assert "Judul ini diambil dari kalimat pertama" in said
    assert "Teks aslinya mengulang 2 paragraf" in said
    assert "paragraf berulang" in said
    assert "baris hak cipta" in said
    assert f"http://localhost/article/{KALSEL}" in said
    assert "2 salinan" in said


def test_a_dateline_stands_before_the_first_sentence(client: FlaskClient) -> None:
    html = page(client, "/article/000_ee651f1e8b72a640")
    assert '<span class="dateline">New York (ANTARA News)</span>' in html
    assert "baris penulis" in html
    assert "hasil</a>" not in html


def test_every_copy_keeps_its_own_address_whatever_its_id_holds(client: FlaskClient) -> None:
    html = page(client, f"/story/{STORY}")
    addresses = [links(html, title)[0] for title in ("Utusan AS ke Seoul", "Biegun ke Korea")]
    assert addresses == ["/article/tempo/1", "/article/jogja%202%3F%23%C3%BC"]
    for address in addresses:
        page(client, address)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/article/nobody", "tidak punya artikel “nobody”"),
        ("/article/nobody/cite", "tidak punya artikel “nobody”"),
        ("/article/nobody.ris", "tidak punya artikel “nobody”"),
        ("/similar/nobody", "tidak punya artikel “nobody”"),
        ("/story/nobody", "tidak punya berita “nobody”"),
        ("/facets/nothing", "Tidak ada saringan “nothing”. Yang ada: year, month, outlet"),
        ("/nowhere", "Periksa alamatnya"),
        ("/static/none.js", "Periksa alamatnya"),
    ],
)
def test_what_is_not_there_is_a_404_page_that_names_it(client: FlaskClient, address: str, told: str) -> None:
    assert told in page(client, address, 404)


@pytest.mark.parametrize("address", ["/?q=perundingan", "/article/hostile?q=perundingan", "/facets/outlet"])
def test_what_an_article_holds_is_shown_and_never_run(client: FlaskClient, address: str) -> None:
    html = page(client, address)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<b>&#34;Media" not in html
    assert 'href="javascript:' not in html


@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', "'onmouseover=x", "{{ 7 * 7 }}"])
def test_what_a_reader_types_is_shown_and_never_run(client: FlaskClient, words: str) -> None:
    html = client.get("/", query_string={"q": words, "outlet": words}).get_data(as_text=True)
    assert "<script>alert" not in html
    assert words.replace('"', "&#34;").replace("'", "&#39;").replace("<", "&lt;").replace(">", "&gt;") in html


def test_english_is_a_switch_that_stays_and_leaves_no_trace_in_addresses(client: FlaskClient) -> None:
    switch = links(page(client, "/?q=Korut&outlet=Tempo.co"), "English")[0]
    response = client.get(switch)
    assert response.status_code == 302
    assert response.headers["Location"] == "/?q=Korut&outlet=Tempo.co"
    html = page(client, response.headers["Location"])
    assert '<html lang="en"' in html
    assert "1 different story in 1 article" in text(html)
    assert "lang=" not in "".join(links(html, "newest"))


def test_a_switch_of_language_never_leads_to_another_host(client: FlaskClient) -> None:
    response = client.get("/?lang=en", environ_overrides={"PATH_INFO": "//elsewhere.example/"})
    assert response.headers["Location"] == "/elsewhere.example/"
    page(client, "/?lang=xx", 400)


def test_an_address_only_answers_reading(client: FlaskClient) -> None:
    assert client.post("/").status_code == 405


def test_settings_come_from_the_environment_and_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLIPING_TITLE", "Arsip Kota")
    monkeypatch.setenv("KLIPING_INDEX", "/elsewhere/index")
    made = create_app()
    assert made.config["KLIPING_TITLE"] == "Arsip Kota"
    assert str(made.config["KLIPING_INDEX"]) == "/elsewhere/index"
    assert made.config["KLIPING_ARTICLES"].is_absolute()
    assert all(setting.help for setting in SETTINGS)
    with pytest.raises(BadSetting, match="KLIPING_LANGUAGE"):
        create_app({"KLIPING_LANGUAGE": "nl"})


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.path])
@pytest.mark.parametrize("value", ["", " ", None, "~nobody-of-this-name/index"])
def test_a_folder_must_be_named(name: str, value: str | None) -> None:
    with pytest.raises(BadSetting, match=name):
        create_app({name: value})


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.path])
@pytest.mark.parametrize("value", ["http://host:9200/berita", "https:/host", "s3://user:secret@bucket/index"])
def test_an_address_is_no_folder(name: str, value: str) -> None:
    if name == "KLIPING_INDEX" and value.startswith("http"):
        value = value.replace("http", "ftp", 1)
    with pytest.raises(BadSetting, match=f"{name} is an address of a kind that is not known") as refused:
        create_app({name: value})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("rest", ["/", "/Berita", "/a/b", "/berita?shard=3", "/berita?shards=0", ":x/berita"])
def test_an_address_of_an_index_is_read_whole_and_tells_no_password(rest: str) -> None:
    whole = create_app({"KLIPING_INDEX": "https://user:secret@host1,host2:9201/berita?shards=3&replicas=1"})
    assert str(whole.config["KLIPING_INDEX"]) == "https://host1:9200,host2:9201/berita"
    assert "secret" not in repr(whole.config["KLIPING_INDEX"])
    with pytest.raises(BadSetting, match="KLIPING_INDEX") as refused:
        create_app({"KLIPING_INDEX": f"http://user:secret@host{rest}"})
    assert "secret" not in str(refused.value)


def test_the_index_folder_must_be_its_own(tmp_path: Path) -> None:
    articles = tmp_path / "archive" / "articles"
    for index in (ROOT, ROOT.parent, ROOT / "web" / "..", ".", "instance", articles, articles.parent):
        with pytest.raises(BadSetting, match="KLIPING_INDEX"):
            create_app({"KLIPING_INDEX": index, **({} if index == "instance" else {"KLIPING_ARTICLES": articles})})
    create_app({"KLIPING_INDEX": tmp_path / "archive" / "index", "KLIPING_ARTICLES": articles})


def test_words_fall_back_to_indonesian() -> None:
    with app().test_request_context("/"):
        assert gettext("Cari") == "Cari"


def test_days_in_which_nothing_appeared_are_not_met_with_advice_on_spelling(client: FlaskClient) -> None:
    assert "Perlebar rentang tanggalnya" in client.get("/?q=date:1901").text
    assert "Periksa ejaan" in client.get("/?q=zzzzz").text
    assert "Periksa ejaan" not in client.get("/?q=date:1901").text
