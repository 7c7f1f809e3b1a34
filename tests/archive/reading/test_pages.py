"""Saved pages give the article alone, with the facts that heading, metadata and layout agree on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive.article import Article
from archive.intake import article_from_record
from archive.reading.pages.extraction import extract_fields
from archive.reading.records import read
from archive.record import Record
from quality import pages
from tests import ROOT
from tests.archive.reading import outlet_pages

TITLE = "Warga Dusun Kaliwangi Panen Cabai Lebih Awal"
BODY = (
    "Warga dusun itu memanen cabai dua pekan lebih awal karena hujan deras diperkirakan turun pada awal bulan depan.",
    "“Kami tidak mau cabai membusuk di ladang,” kata ketua kelompok tani, Sarwono, saat ditemui di balai desa.",
    "Harga cabai di pasar kecamatan turun menjadi dua puluh ribu rupiah sekilogram sejak panen dimulai pekan lalu.",
)
OTHERS = (
    "Jalan Kabupaten Ditutup Sepekan",
    "Bupati Resmikan Jembatan Gantung Baru",
    "Sekolah Libur karena Kabut Asap",
    "Harga Gabah Naik di Tiga Kecamatan",
)
LIST = "<ul>" + "".join(f'<li><a href="/b/{n}">{one}</a></li>' for n, one in enumerate(OTHERS)) + "</ul>"
PARAGRAPHS = "".join(f"<p>{part}</p>" for part in BODY)
READ_ALSO = f'<p><strong>Baca juga: <a href="/b/9">{OTHERS[0]}</a></strong></p>'
CAPTION = "<figure><img src='a.jpg'><figcaption>Petani memetik cabai. (Foto: Dok. Desa)</figcaption></figure>"


def head(title: str, *more: str) -> str:
    return f"<head><meta charset='utf-8'><title>{title}</title>{''.join(more)}</head>"


LAYOUTS = {
    "detik, 2015": head(TITLE, '<meta property="og:site_name" content="detiknews">')
    + f"""<body><div class="newstag"><h2>Berita Terpopuler</h2>{LIST}</div><article><div class="jdl">
    <div class="date">Selasa 16 Jun 2015, 14:05 WIB</div><h1>{TITLE}</h1>
    <div class="author">Sarwo Edi - detikNews</div></div>
    <div class="detail_text" id="detikdetailtext"><b>Kaliwangi</b> - {BODY[0]}<br><br>{BODY[1]}<br><br>{BODY[2]}<br>
    <div class="linksisip"><a href="/b/1">{OTHERS[1]}</a></div><b>(bgs/rul)</b></div></article>{LIST}</body>""",
    "Kompas, 2017": head(
        f"{TITLE} Halaman all - Kompas.com",
        f'<meta property="og:title" content="{TITLE} - Kompas.com"><meta name="author" content="Kompas Cyber Media">',
        '<meta property="og:site_name" content="KOMPAS.com">',
        '<meta name="content_PublishedDate" content="2015-06-16 14:05:00">',
    )
    + f"""<body><h1>Regional</h1><div class="read__header"><h1 class="read__title">{TITLE}</h1>
    <div class="read__author"><a>Sarwo Edi</a></div></div><div class="read__content">{CAPTION}
    <p>KALIWANGI, KOMPAS.com - {BODY[0]}</p>
    {READ_ALSO}<p>{BODY[1]}</p><p>{BODY[2]}</p></div><div class="terkait">{LIST}</div></body>""",
    "Tribunnews, 2016": head(
        f"{TITLE} - Tribunnews.com",
        f'<meta property="og:title" content="{TITLE} - Tribunnews.com">',
        '<meta property="og:site_name" content="Tribunnews.com">',
        '<meta property="article:published_time" content="2015-06-16T14:05:00+07:00">',
    )
    + f"""<body><h1 id="arttitle">{TITLE}</h1><time>Selasa, 16 Juni 2015 14:05 WIB</time><div>Penulis: Sarwo Edi</div>
    <div class="side-article txt-article">{PARAGRAPHS}<p class="baca">Baca: <a href="/b/2">{OTHERS[2]}</a></p></div>
    <div class="populer"><h3>Berita Populer</h3>{LIST}</div></body>""",
    "Liputan6, 2016": head(
        f"{TITLE} - News Liputan6.com",
        '<meta property="og:site_name" content="liputan6.com">',
        '<script type="application/ld+json">'
        + json.dumps(
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "datePublished": "2015-06-16T14:05:00+07:00",
                "author": {"@type": "Person", "name": "Sarwo Edi"},
                "articleSection": "Regional",
            }
        )
        + "</script>",
    )
    + f"""<body><header><h1 class="entry-title" itemprop="headline">{TITLE}</h1></header>
    <div class="article-content-body__item-content">{PARAGRAPHS}</div>
    <div class="baca-juga-collections">{LIST}</div><div>- Rate artikel ini</div></body>""",
    "a layout of nobody": head(
        f"{TITLE} | Kabar Kaliwangi",
        '<meta property="og:site_name" content="Kabar Kaliwangi"><meta name="date" content="2015-06-16">',
        '<meta name="author" content="Sarwo Edi">',
    )
    + f"<body><nav>{LIST}</nav><main><h1>{TITLE}</h1><section>{PARAGRAPHS}{READ_ALSO}</section></main>{LIST}</body>",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_page_gives_its_article_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html><html>{LAYOUTS[name]}</html>")
    (record,) = (item for item in read([tmp_path]) if isinstance(item, Record))
    made = article_from_record(record)
    assert isinstance(made, Article)
    assert made.title == TITLE
    assert made.date.value == "2015-06-16"
    assert made.reporters == ("Sarwo Edi",)
    text = "\n".join(made.paragraphs)
    assert all(part in text for part in BODY)
    assert not [one for one in OTHERS if one in text]
    assert "Foto: Dok" not in text


@pytest.mark.parametrize("name", outlet_pages.PAGES)
def test_the_largest_outlets_give_exactly_the_paragraphs_of_an_article(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html><html>{outlet_pages.PAGES[name]}</html>")
    (record,) = (item for item in read([tmp_path]) if isinstance(item, Record))
    made = article_from_record(record)
    assert isinstance(made, Article)
    assert (made.title, made.date.value) == (outlet_pages.TITLE, "2021-01-14")
    assert (made.outlet or "").lower().startswith(name.partition(",")[0].lower())
    assert made.paragraphs == outlet_pages.BODY
    assert made.reporters in {("Wulan Pratiwi",), ()}
    assert made.editors in {("Bagus Santika",), ()}


def article_page(body: str, *more: str) -> str:
    return f"<html>{head(TITLE, *more)}<body><h1>{TITLE}</h1>{body}</body></html>"


def test_words_of_a_sentence_stay_whatever_their_link_is_called() -> None:
    linked = BODY[0].replace("cabai", '<a class="inner-link-tag" href="/tag/cabai">cabai</a>')
    found = extract_fields(
        article_page(f'<div class="read__content"><p>{linked}</p><p>{BODY[1]}</p><p>{BODY[2]}</p></div>')
    )
    assert found["text"] == "\n".join(BODY)


def test_the_parts_of_an_article_over_several_pages_are_all_taken() -> None:
    parts = "".join(
        f"""<div class="detail-body" id="list-pagination">
        <div class="detail-body__break"><small>{at} dari 3 halaman</small></div>
        <div class="content-news" itemprop="articleBody"><p>{part}</p></div></div>"""
        for at, part in enumerate(BODY, 1)
    )
    others = "".join(f"<p>{part} Demikian kabar lain dari tempat yang lain.</p>" for part in BODY[:1])
    found = extract_fields(article_page(f"{parts}<div class='related'>{others}</div>"))
    assert found["text"] == "\n".join(BODY)


def test_what_is_between_the_paragraphs_for_clicking_is_no_text() -> None:
    between = (
        "<p>2 dari 3 halaman</p>", "<div>Lanjutkan Membaca ↓</div>", "<span>Perbesar</span>",
        "<p>(credit: instagram.com/tani)</p>",
        "<p>Ikuti kami di <a href='https://t.me/kabar'>kanal Telegram</a> untuk kabar terbaru.</p>",
    )  # fmt: skip
    body = "".join(f"<p>{part}</p>{''.join(between)}" for part in BODY)
    assert extract_fields(article_page(f"<div class='read__content'>{body}</div>"))["text"] == "\n".join(BODY)


def test_a_tag_that_is_never_closed_leaves_nothing_of_itself() -> None:
    unclosed = "<div id='oop-bawah'\n<!-- Adserver -->\n<ins data-zone='3'></ins></div>"
    found = extract_fields(article_page(f"<div class='read__content'>{PARAGRAPHS}{unclosed}</div>"))
    assert found["text"] == "\n".join(BODY)


@pytest.mark.parametrize(
    ("stated", "shown", "day"),
    [
        ("Thu, 20 Aug 2020 17:36:46 GMT", "20 Agustus 2020 17:36", "2020-08-20"),  # a local clock that is called GMT
        ("2020-08-20T17:36:46+00:00", "Jumat, 21 Agustus 2020 00:36 WIB", "2020-08-21"),
        ("2020-08-20T17:36:46+07:00", "Kamis, 20 Agustus 2020 17:36 WIB", "2020-08-20"),
        ("", "<a>DUSUN</a> | 20 Agustus 2020 17:36", "2020-08-20"),
        ("", "Diperbarui 22 Agustus 2020 09:00</p><p>20 Agustus 2020 17:36", "2020-08-20"),
    ],
)
def test_the_day_is_the_local_one_that_the_page_shows(tmp_path: Path, stated: str, shown: str, day: str) -> None:
    meta = f'<meta property="article:published_time" content="{stated}">' if stated else ""
    page = article_page(f"<p>{shown}</p><div class='read__content'>{PARAGRAPHS}</div>", meta)
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html>{page}")
    (record,) = (item for item in read([tmp_path]) if isinstance(item, Record))
    made = article_from_record(record)
    assert isinstance(made, Article)
    assert made.date.value == day


def test_elements_that_are_no_html_leave_their_words_alone() -> None:
    body = (
        f"<div class='read__content'><p>{BODY[0]} <time>Kamis</time> <x-unknown>pagi</x-unknown></p>{PARAGRAPHS}</div>"
    )
    assert str(extract_fields(article_page(body))["text"]).startswith(f"{BODY[0]} Kamis pagi\n")


def test_an_editor_that_a_page_states_is_no_reporter() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Bima Sakti"}}</script>'
    meta = '<meta name="content_author" content="Sarwo Edi"><meta name="content_editor" content="Bima Sakti">'
    found = extract_fields(article_page(PARAGRAPHS, data, meta))
    assert (found["reporter"], found["editor"]) == ("Sarwo Edi", "Bima Sakti")


@pytest.mark.parametrize(
    ("site", "title"),
    [
        ("Kompas.com", f"{TITLE} Halaman all - Kompas.com"),
        ("Kompas.com", f"{TITLE} Halaman 2 - Kompas.com Bola"),
        ("Republika Online", f"{TITLE} | Republika Online"),
        ("okezone.com", f"{TITLE} :: Okezone News"),
        ("KapanLagi.com", f"KapanLagi.com: {TITLE}"),
        ("ANTARA News", f"{TITLE} - ANTARA News"),
        ("Tempo", f"{TITLE} - Nasional Tempo.co"),
    ],
)
@pytest.mark.parametrize("heading", [f"<h1>{TITLE}</h1>", "<h1>Bola</h1>", ""])
def test_a_title_is_told_without_the_name_of_its_site(site: str, title: str, heading: str) -> None:
    page = f'<html><head><title>{title}</title><meta property="og:site_name" content="{site}"></head>'
    assert extract_fields(f"{page}<body>{heading}{PARAGRAPHS}</body></html>")["title"] == TITLE


def test_a_title_keeps_its_own_dashes_and_colons() -> None:
    title = "Kata Bupati: Jalan Desa - Jembatan Gantung Segera Dibangun"
    page = f"<html><head><title>{title} - Kompas.com</title><meta property='og:site_name' content='Kompas.com'></head>"
    assert extract_fields(f"{page}<body>{PARAGRAPHS}</body></html>")["title"] == title


def test_a_title_keeps_a_part_that_only_begins_like_the_site() -> None:
    title = "Jembatan Desa - Antara Harapan dan Kenyataan"
    page = f"<html><head><title>{title}</title><meta property='og:site_name' content='Antara News'></head>"
    assert extract_fields(f"{page}<body>{PARAGRAPHS}</body></html>")["title"] == title


def test_a_bare_page_tells_its_site_in_its_title_and_its_day_in_a_line() -> None:
    page = f"<html><head><title>{TITLE} - Kompas.com</title></head><body><h1>{TITLE}</h1>"
    found = extract_fields(
        f"{page}<div class='txt-article'>Selasa, 16 Juni 2015 | 14:05 WIB<br>{PARAGRAPHS}</div></body></html>"
    )
    assert (found["title"], found["outlet"], found["text"]) == (TITLE, "Kompas.com", "\n".join(BODY))
    assert "16 Juni 2015" in str(found["date"])


def test_a_paragraph_that_is_a_headline_elsewhere_is_left_out() -> None:
    links = "".join(f"<p><a href='/{n}'>{one}</a></p>" for n, one in enumerate(OTHERS))
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class='read__content'>"
    found = extract_fields(f"{page}{PARAGRAPHS}{links}<p>{BODY[0]}</p></div></body></html>")
    assert not [one for one in OTHERS if one in str(found["text"])]


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "<p>", "<html><body><h1></h1></body></html>", "\x00<html>"])
def test_a_page_with_nothing_in_it_has_no_text(page: str) -> None:
    assert not extract_fields(page).get("text")


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[1, 2",
        "null",
        '"a"',
        '{"@type": 3}',
        '{"@graph": [[[[[[[[1]]]]]]]]}',
        '{"@type": "NewsArticle", "author": [[]]}',
    ],
)
def test_broken_data_in_a_page_does_no_harm(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    page = f"<html><head>{script}</head><body><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>"
    found = extract_fields(page)
    assert (found["title"], str(found["text"]).count("\n")) == (TITLE, 2)


def test_a_known_layout_needs_no_library_that_guesses() -> None:
    page = f"<html>{LAYOUTS['Liputan6, 2016']}</html>"
    code = (
        "import sys; from archive.reading.pages.extraction import extract_fields; "
        "assert extract_fields(sys.stdin.read())['text']; sys.exit('trafilatura' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], input=page, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0


def test_the_quality_of_pages_is_measured_against_labels(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(f"<!DOCTYPE html><html>{LAYOUTS['Liputan6, 2016']}</html>")
    label = {"file": "a.html", "title": TITLE, "day": "2015-06-16", "outlet": "Liputan6.com", "body": "\n".join(BODY)}
    wrong = {"file": "a.html", "title": "Judul lain", "day": "2015-06-17", "reporter": "Sarwo Edi", "body": BODY[0]}
    (folder / "labels.jsonl").write_text(f"{json.dumps(label)}\n{json.dumps(wrong)}\n")
    assert pages.measure(tmp_path) == {
        "pages": 2, "title": 0.5, "day": 0.5, "outlet": 1.0, "reporter": 1.0, "body": 0.5
    }  # fmt: skip
    with pytest.raises(FileNotFoundError):
        pages.measure(folder)
