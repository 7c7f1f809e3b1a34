"""Query expansions and word forms on pages and in the API, and how they are switched off and on."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import KALSEL, article
from web import create_app


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def link(html: str, words: str) -> str:
    """The URL of the only link with this text or label."""
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"([^>]*)>(.*?)</a>', html, re.DOTALL)
    (address,) = {
        unescape(address) for address, more, inside in found if text(inside) == words or f'"{words}"' in unescape(more)
    }
    return address


def ask(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return response.json


def test_what_was_searched_beside_a_word_stands_by_its_chip_and_is_switched_off_and_on(client: FlaskClient) -> None:
    html = page(client, "/?q=Korut&year=2020")
    assert re.search(r"kepanjangan dasarnya \d+ artikel memuat .*Korea Utara ?×", text(html))
    assert link(html, "Jangan cari Korea Utara") == "/?q=Korut&off=Korea+Utara&year=2020"
    off = page(client, "/?q=Korut&off=Korea+Utara")
    assert "<s>Korea Utara</s>" in off
    assert link(off, "Cari juga Korea Utara") == "/?q=Korut"


def test_one_link_leaves_what_was_typed_alone_and_one_takes_it_back(client: FlaskClient) -> None:
    assert link(page(client, "/?q=Korut"), "hanya yang diketik") == "/?q=Korut&expand=off"
    alone = page(client, "/?q=Korut&expand=off")
    assert "Korea Utara ×" not in text(alone)
    assert link(alone, "cari juga yang searti") == "/?q=Korut"
    for address in ("/?q=hujan", "/?q=as", "/?q=Korut&off=Korea+Utara"):
        assert "hanya yang diketik" not in page(client, address)


def test_a_name_of_several_words_is_one_chip(client: FlaskClient) -> None:
    html = page(client, "/?q=Biegun+Korea+Utara")
    assert link(html, "Hapus Korea Utara") == "/?q=Biegun"
    assert link(html, "Jangan cari Korut") == "/?q=Biegun+Korea+Utara&off=Korut"


def test_a_word_in_capitals_says_so_and_leads_to_small_letters(client: FlaskClient) -> None:
    html = page(client, "/?q=AS&outlet=Tempo.co")
    assert "Huruf besar AS" in text(html)
    assert link(html, "abaikan huruf besar") == "/?q=as&outlet=Tempo.co"
    assert "abaikan huruf besar" not in page(client, "/?q=as")


def test_an_unsure_meaning_is_offered_and_not_searched(client: FlaskClient) -> None:
    html = page(client, "/?q=as+-zzz")
    assert "mungkin kepanjangan dasarnya" in text(html)
    assert re.search(r"\d+ artikel memuat", text(html))
    assert link(html, "Cari juga Amerika Serikat") == "/?q=%28as+OR+%22amerika+serikat%22%29+-zzz"


def test_several_unsure_meanings_share_one_chip_and_each_is_still_offered_with_its_grounds(client: FlaskClient) -> None:
    html = page(client, "/?q=as+hujan+OR+as")
    ((line, panel),) = re.findall(r'<li class="also off">(.*?)<div class="forms offers">(.*?)</div>', html, re.DOTALL)
    assert text(line) == "2 arti lain yang mungkin"
    assert html.count('class="also') == 1
    assert text(panel).count("Amerika Serikat kepanjangan") == 2
    assert re.search(r"\d+ artikel memuat", text(panel))
    assert "OR" in link(panel.split("<h3>")[1], "Cari juga Amerika Serikat")


def test_forms_of_a_word_are_shown_with_their_articles_and_switched_off_and_on(client: FlaskClient) -> None:
    html = page(client, "/?q=berunding")
    assert "banyaknya artikel yang memuatnya di seluruh arsip" in text(html)
    forms = re.findall(r"berunding: (\d+) bentuk", text(html))
    assert link(html, "☑ Jangan cari bentuk perundingan 6") == "/?q=berunding&off=perundingan#bentuk-1"
    off = page(client, "/?q=berunding&off=perundingan")
    assert "<s>perundingan</s>" in off
    assert link(off, "☐ Cari lagi bentuk perundingan 6") == "/?q=berunding#bentuk-1"
    assert re.findall(r"berunding: (\d+) bentuk", text(off)) == [str(int(number) - 1) for number in forms] != []
    assert "1 berita berbeda dalam 3 artikel" in text(off)
    assert "<mark>perundingan</mark>" not in off


def test_what_is_switched_off_stays_so_wherever_one_goes(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&expand=off&off=hujannya&off=Korea+Utara")
    kept = "q=hujan&expand=off&off=hujannya&off=Korea+Utara"
    assert link(html, "terbaru") == f"/?{kept}&sort=newest"
    assert link(html, "berikutnya →") == f"/?{kept}&page=2"
    assert f"/?{kept}&outlet=Detik" in unescape(html)
    assert re.search(rf'href="/article/cuaca-\d+\?{re.escape(kept)}"', unescape(html))
    for hidden in ('name="off" value="Korea Utara"', 'name="expand" value="off"'):
        assert html.count(f'<input type="hidden" {hidden}>') == html.count("<form ") - html.count(
            '<form method="dialog"'
        )


@pytest.fixture(scope="module")
def families() -> FlaskClient:
    texts = ["Perintah itu jelas", "Pemerintah pusat", "Pemerintahan baru", "Pemerintah memerintahkan"]
    held = MemoryEngine()
    with held.build() as build:
        for number, text in enumerate(texts):
            build.add(article(f"{number}", f"Berita {number}", (text,)))
    return create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=held).test_client()


def test_a_far_relative_stands_by_the_chip_with_its_articles_one_click_away(families: FlaskClient) -> None:
    html = page(families, "/?q=perintah&sort=newest")
    assert "juga: pemerintah 2" in text(html)
    assert "2 berita berbeda" in text(html)
    assert link(html, "hanya “perintah”") == "/?q=%22perintah%22&sort=newest"
    address = link(html, "Cari juga pemerintah")
    assert address == "/?q=perintah&on=pemerintah&sort=newest"
    both = page(families, address)
    assert "4 berita berbeda" in text(both)
    assert "juga: pemerintah 2 ×" in text(both)
    assert link(both, "Jangan cari pemerintah") == "/?q=perintah&sort=newest"
    assert link(both, "☑ Jangan cari bentuk pemerintah 2") == "/?q=perintah&sort=newest#bentuk-1"
    assert '<input type="hidden" name="on" value="pemerintah">' in both


def test_programs_are_told_which_forms_are_far(families: FlaskClient) -> None:
    body = ask(families, "/api/v1/search?q=perintah")
    (word,) = body["words"]
    held = {form["form"]: (form["far"], form["off"]) for form in word["forms"]}
    assert held == {
        "perintah": (False, False),
        "memerintahkan": (False, False),
        "pemerintah": (True, True),
        "pemerintahan": (True, True),
    }
    assert set(body["query"]["tree"]["without"]) == {"pemerintah", "pemerintahan"}
    far = next(form for form in word["forms"] if form["form"] == "pemerintah")
    both = ask(families, far["switch_url"])
    assert (both["query"]["on"], both["total"]["articles"]) == (["pemerintah"], 4)
    only = ask(families, word["only_url"])
    assert (only["query"]["text"], only["total"]["articles"]) == ('"perintah"', 1)


def test_an_article_is_marked_by_what_found_it(client: FlaskClient) -> None:
    assert re.search(r'<mark id="hit-\d+">Korea Utara \(Korut\)</mark>', page(client, f"/article/{KALSEL}?q=Korut"))
    for switch in ("off=korea+utara", "expand=off"):
        html = page(client, f"/article/{KALSEL}?q=Korut&{switch}")
        assert re.findall(r'<mark id="hit-\d+">([^<]*)', html) == ["Korut", "Korut"]


def test_programs_are_told_the_same(client: FlaskClient) -> None:
    body = ask(client, "/api/v1/search?q=AS+berunding+Korut&off=Korea+Utara")
    assert [(one["asked"], one["also"], one["because"], one["off"]) for one in body["expansions"]] == [
        ("AS", "Amerika Serikat", "long_form", False),
        ("Korut", "Korea Utara", "long_form", True),
    ]
    assert body["query"]["off"] == ["Korea Utara"]
    assert body["query"]["expand"] is True
    expanded, word, _ = body["query"]["tree"]["parts"]
    assert expanded["kind"] == "expanded"
    assert expanded["asked"]["capitals"] is True
    assert [other["forms"] for other in expanded["also"]] == [["amerika", "serikat"]]
    assert (word["capitals"], word["without"]) == (False, [])
    berunding = next(one for one in body["words"] if one["word"] == "berunding")
    assert {(form["form"], form["articles"], form["off"]) for form in berunding["forms"]} == {
        ("perundingan", 6, False),
        ("berunding", 3, False),
    }


def test_programs_switch_by_the_addresses_they_are_given(client: FlaskClient) -> None:
    body = ask(client, "/api/v1/search?q=Korut+berunding")
    off = ask(client, body["expansions"][0]["switch_url"])
    assert off["expansions"][0]["off"] is True
    assert ask(client, off["expansions"][0]["switch_url"])["query"] == body["query"]
    form = next(form for word in body["words"] for form in word["forms"] if form["form"] == "perundingan")
    assert ask(client, form["switch_url"])["query"]["off"] == ["perundingan"]
    offered = ask(client, "/api/v1/search?q=as")["offered"]
    assert [one["also"] for one in offered] == ["Amerika Serikat"]
    assert ask(client, offered[0]["url"])["query"]["text"] == 'as OR "amerika serikat"'


def test_the_snippet_of_one_article_is_marked_by_what_found_it(client: FlaskClient) -> None:
    snippet = ask(client, "/api/v1/articles/tempo/1?q=Korut")["snippet"]
    assert {"text": "Korea Utara (Korut)", "matched": True} in snippet


def test_the_command_tells_what_it_searched_beside(served: Flask) -> None:
    run = served.test_cli_runner().invoke
    assert "also searched: Korut → Korea Utara" in run(args=["search", "Korut"]).output
    assert "also searched" not in run(args=["search", "Korut", "--no-expand"]).output


def test_the_command_tells_what_may_be_meant_but_was_not_searched(served: Flask) -> None:
    run = served.test_cli_runner().invoke
    assert "not searched, but perhaps meant: as → Amerika Serikat" in run(args=["search", "as"]).output
    assert "perhaps meant" not in run(args=["search", "AS"]).output


def test_a_phrase_is_shown_in_the_letters_it_was_typed_in(client: FlaskClient) -> None:
    for typed in ('"Kim Jong-Un"', '"Kim Jong-Un"~3', 'judul:"Kim Jong-Un"', "=Kim-Jong-Un"):
        shown = client.get("/", query_string={"q": f"hujan OR {typed}"}).text
        assert "“Kim Jong-Un”" in shown or "“Kim-Jong-Un”" in shown
