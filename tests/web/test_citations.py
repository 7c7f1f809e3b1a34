"""Citations: every style, files for reference managers, and what they pick up from a page; no doubt is left out."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.answers.citing import ris
from index.answers.citing.reference import Holding, Reference
from index.answers.citing.styles import STYLES, cited, plain
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from tests.web import sample_archive
from tests.web.sample_archive import KALSEL, STORY
from web import create_app
from web.exporting.in_text import in_text
from web.exporting.setting import today

TEMPO = "tempo/1"


@pytest.fixture(scope="module")
def app() -> Flask:
    app = sample_archive.app()
    app.config["KLIPING_URL"] = "https://arsip.example"
    return app


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def in_style(style: str, language: str = "en", **facts: Any) -> str:
    article = an_article("a", "Isi.", str(facts.pop("day", "")) or None, title_derived=False, **facts)
    held = Holding("Kliping", "abc", "https://x.id/a..b", today())
    return plain(cited([Reference(article, held)], style, language)[0])


def test_each_style_writes_a_newspaper_article_as_its_manual_does() -> None:
    facts: dict[str, Any] = {
        "day": "2018-05-31",
        "title": "Harga naik",
        "outlet": "Kompas",
        "reporters": ("Ani", "Budi S."),
    }
    day = f"{today().day} {today():%B %Y}"
    assert {style: in_style(style, **facts) for style in STYLES} == {
        "apa": "Ani, & Budi S. (2018, May 31). Harga naik. Kompas. https://x.id/a..b",
        "chicago": "Ani and Budi S. “Harga naik.” Kompas, May 31, 2018. https://x.id/a..b.",
        "chicago-note": "Ani and Budi S., “Harga naik,” Kompas, May 31, 2018, https://x.id/a..b.",
        "mla": f"Ani and Budi S. “Harga naik.” Kompas, 31 May 2018, https://x.id/a..b. Accessed {day}.",
        "indonesia": f"Ani and Budi S. “Harga naik”. Kompas, 31 May 2018. Accessed {day}. Kliping, indeks abc. "
        "https://x.id/a..b",
    }
    assert in_style("indonesia", "id", **facts).startswith("Ani dan Budi S. “Harga naik”. Kompas, 31 Mei 2018. Diakses")


def in_running_text(app: Flask, paragraph: int | None = None, **facts: Any) -> str:
    article = an_article("a", "Isi.", str(facts.pop("day", "")) or None, **{"title_derived": False} | facts)
    with app.test_request_context():
        return in_text(Reference(article, Holding("Kliping", "abc", "", today())), paragraph)


def test_a_quotation_is_cited_in_running_text_with_its_paragraph(app: Flask) -> None:
    title, long = "Siapa menang?", "Harga beras naik lagi di semua pasar Jakarta"
    assert in_running_text(app, 3, title=title, day="2018-05") == "(“Siapa menang?,” 2018, paragraf 3)"
    assert in_running_text(app, title=long) == "(“Harga beras naik lagi di semua,” t.t.)"
    assert (
        in_running_text(app, title=long, title_derived=True, day="2018") == "([Harga beras naik lagi di semua], 2018)"
    )
    assert in_running_text(app, 1, reporters=("Ani", "Budi S."), day="2018") == "(Ani & Budi S., 2018, paragraf 1)"
    assert in_running_text(app, reporters=("Ani", "Budi", "Cici"), day="2018") == "(Ani dkk., 2018)"


def test_the_page_of_citations_tells_a_paragraph_and_its_address(client: FlaskClient) -> None:
    page = client.get(f"/article/{TEMPO}/cite?paragraph=2").text
    assert "(“Utusan AS ke Seoul,” 2020, paragraf 2)" in page
    assert f">https://arsip.example/article/{TEMPO}#p2</a>" in page
    assert "paragraf 2)" not in client.get(f"/article/{TEMPO}/cite").text
    assert client.get(f"/article/{TEMPO}/cite?paragraph=99").status_code == 400


def test_what_is_not_known_is_not_written() -> None:
    assert in_style("apa", title="Siapa menang?") == "Siapa menang? (n.d.). https://x.id/a..b"
    assert in_style("chicago", title="Siapa menang?", day="2018-05") == "“Siapa menang?” May 2018. https://x.id/a..b."
    assert in_style("chicago-note", title="Siapa menang?", day="2018") == "“Siapa menang?,” 2018, https://x.id/a..b."
    assert (
        in_style("chicago", title="Kata <i>dia</i>...", day="2018") == "“Kata <i>dia</i>...” 2018. https://x.id/a..b."
    )


def test_an_article_without_address_is_cited_by_its_place_in_the_archive(client: FlaskClient) -> None:
    article = an_article("d {1}", "Isi.", title="Harga naik", title_derived=False)
    reference = Reference(article, Holding("Kliping", "abc", "", today()))
    for style in STYLES:
        told = plain(cited([reference], style, "en")[0])
        assert told.endswith("Kliping, indeks abc, artikel d {1}."), told
        assert not re.search(r"\.[”’]?\.|“.*“", told), told
    assert "artikel d {1}\r\n" in ris.record(reference)
    assert client.get(f"/api/v1/citations/{TEMPO}").get_json()["csl"]["archive_location"].startswith("indeks ")


def test_a_title_made_from_the_first_sentence_stands_in_brackets_everywhere() -> None:
    reference = Reference(an_article("d", "Siapa menang?"), Holding("Kliping", "abc", "", today()))
    for style in STYLES:
        told = plain(cited([reference], style, "en")[0])
        assert "[Siapa menang?]" in told
        assert "“" not in told
    assert "TI  - [Siapa menang?]" in ris.record(reference)


def test_the_page_of_citations_says_that_a_date_is_inferred(client: FlaskClient) -> None:
    page = client.get(f"/article/{KALSEL}/cite").get_data(as_text=True)
    assert page.count("2 Juli 2020 [tanggal diperkirakan]") == 4
    assert "(2020, Juli 2 [tanggal diperkirakan])" in page
    assert "<i>ANTARA News (Kalimantan Selatan)</i>" in page
    assert f"https://arsip.example/article/{KALSEL}" in page
    sure = client.get(f"/article/{TEMPO}/cite").get_data(as_text=True)
    assert "3 Juli 2020" in sure
    assert "diperkirakan" not in sure
    assert "&lt;script&gt;alert" in client.get("/article/hostile/cite").get_data(as_text=True)


def test_records_are_downloads_at_two_addresses(client: FlaskClient) -> None:
    records = (("ris", "ris", "TY  - NEWS"), ("bib", "bibtex", "@article{"), ("csl.json", "csl-json", "["))
    for ending, format_, begins in records:
        named = client.get(f"/article/{TEMPO}.{ending}")
        asked = client.get(f"/article/{TEMPO}/cite?format={format_}")
        assert named.get_data() == asked.get_data()
        assert named.get_data(as_text=True).startswith(begins)
    assert client.get(f"/article/{TEMPO}/cite?format=pdf").status_code == 400
    for missing in ("/article/none/cite", "/article/none.ris", "/unapi?id=none", "/unapi?id=none&format=ris"):
        assert client.get(missing).status_code == 404


def test_an_article_whose_id_looks_like_a_record_goes_before() -> None:
    engine = MemoryEngine()
    build(engine, *(an_article(id_, f"teks {id_}") for id_ in ("a", "a.ris", "b/cite")))
    client = create_app({"TESTING": True}, engine=engine).test_client()
    for id_ in ("a.ris", "b/cite"):
        assert f"teks {id_}" in client.get(f"/article/{id_}").get_data(as_text=True)
    assert client.get("/article/a.ris/cite").status_code == client.get("/article/b/cite/cite").status_code == 200


def test_a_result_is_a_list_of_references(client: FlaskClient) -> None:
    page = client.get("/cite?q=banjir&style=chicago").get_data(as_text=True)
    assert page.count("Cuaca hari ke-") == 40
    assert '<abbr class="unapi-id" title="cuaca-3">' in page
    story = client.get(f"/story/{STORY}").get_data(as_text=True)
    (link,) = re.findall(r'href="(/cite\?[^"]+)"', story)
    cited_story = client.get(link.replace("&amp;", "&")).get_data(as_text=True)
    assert "Utusan AS ke Seoul" in cited_story
    assert STORY not in cited_story.partition('class="asked"')[2].partition("</p>")[0], "a story is told by its title"
    assert client.get("/cite?style=harvard").status_code == 400
    assert "Ini 50 yang pertama" not in page


def test_an_article_is_cited_in_the_style_asked_for_and_an_unknown_one_is_told(client: FlaskClient) -> None:
    every, one = (client.get(f"/article/{TEMPO}/cite{asked}").get_data(as_text=True) for asked in ("", "?style=mla"))
    names = ["APA", "Chicago", "Chicago, catatan kaki", "MLA", "Indonesia"]
    assert re.findall(r"<dt>([^<]+)</dt>", every)[: len(names)] == names
    assert [name for name in names if f">{name}<" in one] == ["MLA"]
    refused = client.get(f"/article/{TEMPO}/cite?style=harvard")
    assert refused.status_code == 400
    assert "chicago" in refused.get_data(as_text=True)


def test_zotero_finds_a_newspaper_article(client: FlaskClient) -> None:
    page = client.get(f"/article/{TEMPO}").get_data(as_text=True)
    tags = dict(re.findall(r'<meta (?:name|property)="([\w.:]+)" content="([^"]*)">', page))
    expected = {
        "z:itemType": "newspaperArticle",
        "citation_title": "Utusan AS ke Seoul",
        "citation_date": "2020-07-03",
        "og:site_name": "Tempo.co",
        "citation_public_url": f"https://arsip.example/article/{TEMPO}",
        "DC.language": "id",
    }
    assert expected.items() <= tags.items()
    assert "citation_journal_title" not in tags, "it would become a journal article"
    doubtful = client.get(f"/article/{KALSEL}").get_data(as_text=True)
    assert 'content="2020-07-02 [tanggal diperkirakan]"' in doubtful


def test_linked_data_tells_only_dates_that_are_sure(client: FlaskClient) -> None:
    def linked(article_id: str) -> dict[str, object]:
        page = client.get(f"/article/{article_id}").get_data(as_text=True)
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        data: dict[str, object] = json.loads(found)
        return data

    assert linked(TEMPO)["datePublished"] == "2020-07-03"
    assert "datePublished" not in linked(KALSEL)
    assert linked("hostile")["headline"] == '<script>alert("judul")</script> & rekan'


def test_unapi_tells_its_formats_and_gives_records(client: FlaskClient) -> None:
    formats = client.get(f"/unapi?id={TEMPO}")
    assert formats.status_code == 300
    assert re.findall(r'<format name="([\w-]+)"', formats.get_data(as_text=True)) == ["ris", "bibtex", "csl-json"]
    assert client.get(f"/unapi?id={TEMPO}&format=ris").get_data().startswith(b"TY  - NEWS")
    results = client.get("/?q=banjir").get_data(as_text=True)
    assert 'rel="unapi-server"' in results
    assert results.count('class="unapi-id"') == 10
