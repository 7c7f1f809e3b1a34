"""Feeds: every entry is an article, with the facts that the feed says of it and none that it does not."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="feed.xsl"?>
<!-- dibuat oleh mesin -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>ANTARA News</title><link>https://www.antaranews.com</link><atom:link href="https://x/rss" rel="self"/>
<image><title>Gambar</title></image><lastBuildDate>Tue, 07 Aug 2018 10:00:00 +0700</lastBuildDate>
<item><title>Harga cabai naik</title><link>https://www.antaranews.com/berita/1/cabai</link>
<description>Ringkasan cabai.</description>
<content:encoded><![CDATA[<p>Isi penuh&nbsp;cabai.</p><p>Akhir.</p>]]></content:encoded>
<dc:creator>Budi Santoso</dc:creator><pubDate>Mon, 06 Aug 2018 17:40:00 +0700</pubDate>
<guid isPermaLink="false">1</guid><category>Ekonomi</category></item>
<item><title>Kedua</title><description>Hanya ringkasan &amp; titik.</description>
<guid>https://www.antaranews.com/berita/2</guid><author>redaksi@antaranews.com (Siti Aminah)</author>
<source url="https://tempo.co/rss">Tempo</source></item>
</channel></rss>
<!-- cached -->"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog Berita</title><updated>2020-01-01T00:00:00Z</updated>
<author><name>Pemilik</name></author>
<entry><title type="html">Judul &lt;b&gt;satu&lt;/b&gt;</title><id>tag:blog.example,2019:1</id>
<link rel="self" href="https://x/1.xml"/><link rel="alternate" href="https://blog.example/1"/>
<published>2019-05-04T03:02:01+07:00</published><updated>2021-01-01T00:00:00Z</updated>
<summary>Ringkasan.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Isi satu.</p><p>Isi dua.</p></div>
</content>
<author><name>Budi</name></author></entry>
<entry><title>Tanpa hari</title><id>x</id><updated>2021-01-01T00:00:00Z</updated>
<content>Isi.</content></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tempo</title></channel>
<item><title>Lama</title><link>https://tempo.co/1</link><description>Isi lama.</description>
<dc:date>2004-05-06</dc:date>
</item></rdf:RDF>"""


def outcome(path: Path, raw: bytes | str, log: SourceLog | None = None) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    found = list(read([path], log=log))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


def test_an_entry_of_rss_has_its_facts(tmp_path: Path) -> None:
    (first, second), rejected = outcome(tmp_path / "a.xml", RSS)
    assert rejected == []
    assert (first.title, first.outlet, first.reporter) == ("Harga cabai naik", "ANTARA News", "Budi Santoso")
    assert (first.date, first.url) == ("Mon, 06 Aug 2018 17:40:00 +0700", "https://www.antaranews.com/berita/1/cabai")
    assert "Isi penuh" in first.text
    assert "Akhir." in first.text
    assert "Ringkasan" not in first.text
    assert (second.text, second.reporter, second.outlet) == ("Hanya ringkasan & titik.", "Siti Aminah", "Tempo")
    assert (second.url, second.date) == ("https://www.antaranews.com/berita/2", None)


def test_an_entry_of_atom_has_its_facts_and_no_day_of_change(tmp_path: Path) -> None:
    (first, second), rejected = outcome(tmp_path / "a.atom", ATOM)
    assert rejected == []
    assert (first.id, first.url, first.outlet) == ("tag:blog.example,2019:1", "https://blog.example/1", "Blog Berita")
    assert (first.date, first.reporter) == ("2019-05-04T03:02:01+07:00", "Budi")
    assert "Isi satu." in first.text
    assert "Isi dua." in first.text
    assert (second.text, second.date, second.reporter) == ("Isi.", None, None)


def test_old_feeds_and_those_under_other_names_are_read(tmp_path: Path) -> None:
    for name in ("a.xml", "a.txt", "a.rss", "a.html"):
        ((one,), rejected) = outcome(tmp_path / name, RDF)
        assert (rejected, one.title, one.outlet, one.date) == ([], "Lama", "Tempo", "2004-05-06")


def test_a_feed_is_read_behind_errors_and_in_its_encoding(tmp_path: Path) -> None:
    broken = RDF.replace("Isi lama.", "Isi &bogus; caf\xe9 & lain&ndash;lain.").replace(
        '"1.0"?', '"1.0" encoding="latin1"?'
    )
    ((one,), rejected) = outcome(tmp_path / "a.xml", broken.encode("latin-1"))
    assert rejected == []
    assert "café" in one.text
    assert "lain–lain." in one.text


def test_only_posts_of_wordpress_are_articles(tmp_path: Path) -> None:
    item = "<item><title>{0}</title><description>Isi {0}.</description><wp:post_type>{0}</wp:post_type></item>"
    items = "".join(item.format(kind) for kind in ("post", "attachment", "page", "nav_menu_item"))
    raw = f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title>{items}</channel></rss>'
    found, _ = outcome(tmp_path / "a.xml", raw)
    assert [one.title for one in found] == ["post", "page"]


def test_entities_are_not_expanded_nor_followed(tmp_path: Path) -> None:
    (tmp_path / "rahasia").write_text("rahasia")
    laughs = "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{tmp_path}/rahasia"><!ENTITY b0 "ha">{laughs}]>'
    raw = (
        f"{doctype}<rss><channel><item><title>x</title><description>Isi &a; &b9;.</description></item></channel></rss>"
    )
    found, rejected = outcome(tmp_path / "a.rss", raw)
    assert found or rejected
    assert all("rahasia" not in one.text and len(one.text) < 1000 for one in found)


@pytest.mark.parametrize(
    ("name", "raw", "words", "articles"),
    [
        ("a.xml", RSS[: RSS.index("<title>Kedua")], "cut short", 1),
        ("a.xml", '<?xml version="1.0"?><urlset><url/></urlset>', "neither RSS nor Atom", 0),
        ("a.rss", "bukan umpan", "neither RSS nor Atom", 0),
        ("a.xml", "<rss><channel><title>Kosong</title></channel></rss>", "no article", 0),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, raw: str, words: str, articles: int) -> None:
    found, rejected = outcome(tmp_path / name, raw)
    assert (len(found), len(rejected)) == (articles, 1)
    assert words in rejected[0].reason


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(
    st.sampled_from((RSS, ATOM, RDF)),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(("<", ">", "</item>", "&", "]]>", "\0", "<item>", '"')))),
    st.floats(0, 1),
)
def test_whatever_is_damaged_something_is_told(
    tmp_path: Path, raw: str, changes: list[tuple[float, str]], cut: float
) -> None:
    for share, given_words in changes:
        place = int(share * len(raw))
        raw = raw[:place] + given_words + raw[place:]
    found, rejected = outcome(tmp_path / "a.xml", raw[: int(cut * len(raw))] if cut < 0.5 else raw)
    assert found or rejected
