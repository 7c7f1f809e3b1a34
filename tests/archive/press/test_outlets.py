"""One outlet has one name, under whatever spelling or address a file gives it."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.intake import article_from_record
from archive.press.addresses import article_address
from archive.press.outlet_table import BadOutlets, OutletTable, Publisher
from archive.press.outlets import publisher_from_name, publisher_from_url, publisher_in_text, use_outlets
from archive.record import Record

BODY = "Menteri meninjau gudang beras di pelabuhan dan meminta pedagang tidak menimbun barang."


@pytest.fixture(autouse=True)
def _shipped_table() -> Iterator[None]:
    yield
    use_outlets(OutletTable())


@pytest.mark.parametrize(
    ("outlet", "spellings"),
    [
        (
            "Kompas.com",
            [
                *("KOMPAS", "kompas.com ", "https://www.kompas.com", "https://nasional.kompas.com/", "www.kompas.com/"),
                *(
                    "Harian Kompas",
                    "Kompas Cyber Media",
                    "http://kompas.com/read/2019/x",
                    "Kompas . com",
                    "amp.kompas.com",
                ),
            ],
        ),
        (
            "detikcom",
            ["detik.com", "Detik", "DETIKCOM", "m.detik.com", "detikNews", "https://finance.detik.com", "20.detik.com"],
        ),
        ("Tempo.co", ["TEMPO", "tempo", "nasional.tempo.co", "Koran Tempo", "Tempo Interaktif", "Tempo.Co"]),
        ("Tribunnews.com", ["tribunnews", "Tribun Jabar", "TribunJabar.id", "tribun-timur.com", "TRIBUN-BALI.COM"]),
        (
            "ANTARA News",
            ["ANTARA", "Antaranews", "LKBN Antara", "en.antaranews.com", "Antara News Agency", "Antara Kalsel"],
        ),
        ("Republika", ["republika.co.id", "Republika Online", "ROL", "REPUBLIKA.CO.ID", "rejogja.republika.co.id"]),
        ("Suara.com", ["Suara", "suara.com", "SuaraJogja.id", "jatim.suara.com"]),
        ("Kumparan", ["kumparan", "kumparanNEWS", "kumparanBISNIS"]),
        ("IDN Times", ["idntimes.com", "IDN Times", "IDN Times Jateng"]),
        ("Tirto.id", ["Tirto", "tirto.id"]),
        ("BBC Indonesia", ["BBC News Indonesia", "https://www.bbc.com/indonesia/berita-1"]),
    ],
)
def test_all_spellings_of_an_outlet_are_one(outlet: str, spellings: list[str]) -> None:
    found = {spelling: publisher_from_name(spelling) for spelling in spellings}
    assert {spelling: publisher and publisher.outlet for spelling, publisher in found.items()} == dict.fromkeys(
        spellings, outlet
    )


@pytest.mark.parametrize(
    ("written", "outlet", "bureau", "section"),
    [
        ("Sumber: detik.com", "detikcom", None, None),
        ("(Kompas.com)", "Kompas.com", None, None),
        ("“Tempo”", "Tempo.co", None, None),
        ("Tempo.co, Jakarta", "Tempo.co", "Jakarta", None),
        ("Kompas.com - Regional", "Kompas.com", None, "Regional"),
        ("Redaksi Kompas.com", "Kompas.com", None, None),
        ("Tim detikcom", "detikcom", None, None),
    ],
)
def test_what_stands_around_the_name_of_an_outlet_does_not_hide_it(
    written: str, outlet: str, bureau: str | None, section: str | None
) -> None:
    assert publisher_from_name(written) == Publisher(outlet, bureau, section=section)


@pytest.mark.parametrize("written", ["Kabar Desa - Kaliwangi", "Suara - Warga", "Tempo, yang juga pernah dibredel"])
def test_a_name_that_only_has_that_of_an_outlet_in_it_stays_as_written(written: str) -> None:
    assert publisher_from_name(written) == Publisher(written, known=False)


@pytest.mark.parametrize(
    ("spelling", "outlet"),
    [
        ("Kompas TV", "Kompas.tv"),
        ("Majalah Tempo", "Majalah Tempo"),
        ("BBC", "BBC"),
        ("CNBC Indonesia", "CNBC Indonesia"),
        ("Suara Merdeka", "Suara Merdeka"),
        ("Suara Surabaya", "Suara Surabaya"),
        ("Radar Lokal", "Radar Lokal"),
        ("Detik Jurnal Kita", "Detik Jurnal Kita"),
    ],
)
def test_others_of_a_like_name_are_outlets_of_their_own(spelling: str, outlet: str) -> None:
    publisher = publisher_from_name(spelling)
    assert publisher is not None
    assert publisher.outlet == outlet


@pytest.mark.parametrize(
    ("spelling", "bureau", "section"),
    [
        ("detikJatim", "Jawa Timur", None),
        ("detikjabar", "Jawa Barat", None),
        ("https://www.detik.com/jatim/berita/d-1/x", "Jawa Timur", None),
        ("detikFinance", None, "Finance"),
        ("detik Travel", None, "Travel"),
        ("Tribun Jabar", "Jawa Barat", None),
        ("makassar.tribunnews.com", "Makassar", None),
        ("ANTARA News Kalimantan Selatan", "Kalimantan Selatan", None),
        ("Antara News Agency", None, None),
        ("kumparanBISNIS", None, "Bisnis"),
        ("SINDOnews Jatim", "Jawa Timur", None),
    ],
)
def test_desks_and_channels_are_told_apart_from_the_outlet(
    spelling: str, bureau: str | None, section: str | None
) -> None:
    publisher = publisher_from_name(spelling)
    assert publisher is not None
    assert publisher.known
    assert (publisher.bureau, publisher.section) == (bureau, section)


@pytest.mark.parametrize(
    ("address", "inner"),
    [
        ("https://web.archive.org/web/20190805143000/https://www.tempo.co/a", "https://www.tempo.co/a"),
        ("http://web.archive.org/web/20190805143000id_/http:/www.tempo.co/a", "http://www.tempo.co/a"),
        ("https://web.archive.org/web/2019*/www.tempo.co/a", "http://www.tempo.co/a"),
        ("https://archive.ph/20190805/https://www.tempo.co/a", "https://www.tempo.co/a"),
        ("https://www.google.com/amp/s/www.tempo.co/a", "https://www.tempo.co/a"),
        ("https://www.google.co.id/amp/www.tempo.co/a", "http://www.tempo.co/a"),
        ("https://www-tempo-co.cdn.ampproject.org/c/s/www.tempo.co/a", "https://www.tempo.co/a"),
        ("https://cdn.ampproject.org/v/s/www.tempo.co/a?amp_js_v=0.1", "https://www.tempo.co/a?amp_js_v=0.1"),
        (
            "http://webcache.googleusercontent.com/search?q=cache:AbC-12_xyz34:https://www.tempo.co/a+&cd=1",
            "https://www.tempo.co/a",
        ),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.tempo.co%2Fa", "https://www.tempo.co/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.tempo.co%2Fa&h=x", "https://www.tempo.co/a"),
        ("https://www-tempo-co.translate.goog/a", "https://www.tempo.co/a"),
        ("//www.tempo.co/a", "https://www.tempo.co/a"),
        ("www.tempo.co/a", "https://www.tempo.co/a"),
        ("nasional.tempo.co/a", "https://nasional.tempo.co/a"),
        (
            "https://web.archive.org/web/2019/https://www.google.com/amp/s/www.tempo.co/a",
            "https://www.tempo.co/a",
        ),
    ],
)
def test_the_address_inside_another_counts(address: str, inner: str) -> None:
    assert article_address(address) == inner
    publisher = publisher_from_url(address)
    assert publisher is not None
    assert publisher.outlet == "Tempo.co"


@pytest.mark.parametrize(
    "address", ["https://www.tempo.co/a?url=https://x.id", "https://a.id/https://b.id", "bukan alamat"]
)
def test_an_address_stands_for_itself_otherwise(address: str) -> None:
    assert article_address(address) == address


@pytest.mark.parametrize(
    "carrier",
    [
        "https://www.facebook.com/kompascom",
        "YouTube",
        "twitter.com",
        "https://archive.is/AbCd",
        "https://t.me/x",
        "x.com",
    ],
)
def test_what_carries_articles_of_others_is_no_outlet(carrier: str) -> None:
    assert publisher_from_name(carrier) is None


@given(st.text())
def test_any_name_or_address_is_read(text: str) -> None:
    publisher_from_name(text)
    publisher_from_url(text)
    assert article_address(article_address(text)) == article_address(text)


def article(**fields: str) -> Article:
    made = article_from_record(Record("a", "a.jsonl:1", BODY, **fields))
    assert isinstance(made, Article)
    return made


def test_a_known_address_beats_an_unknown_spelling() -> None:
    assert article(outlet="Kompasdotcom", url="https://nasional.kompas.com/read/1").outlet == "Kompas.com"
    assert article(outlet="Tempo", url="https://nasional.kompas.com/read/1").outlet == "Tempo.co"
    assert article(outlet="Radar Lokal", url="https://radarlokal.id/1").outlet == "Radar Lokal"
    assert article(outlet="Facebook", url="https://www.kompas.com/1").outlet == "Kompas.com"
    assert article(url="https://web.archive.org/web/20190805143000/https://www.tempo.co/arsip/1").date.first is None


def test_names_that_are_common_words_count_in_fields_alone() -> None:
    assert publisher_from_name("Suara") is not None
    assert publisher_in_text("Suara") is None
    assert article_from_record(Record("a", "a", f"Merdeka - {BODY}")).outlet is None  # type: ignore[union-attr]


LINES = """# kami
Radar Lokal	radarlokal.id | radar+
Sindo Baru	sindo
Radar Lokal	utara.id	bureau: Utara
"""


def test_the_keepers_table_extends_and_overrules(tmp_path: Path) -> None:
    path = tmp_path / "outlets.tsv"
    path.write_text(LINES)
    table = OutletTable.load(path)
    use_outlets(pickle.loads(pickle.dumps(table)))  # noqa: S301  # as other processes get it
    found = [publisher_from_name(name) for name in ("RADARLOKAL.ID", "Radar Jatim", "Sindo", "utara.id", "kompas")]
    assert [(publisher.outlet, publisher.bureau) for publisher in found if publisher] == [
        ("Radar Lokal", None),
        ("Radar Lokal", "Jawa Timur"),
        ("Sindo Baru", None),
        ("Radar Lokal", "Utara"),
        ("Kompas.com", None),
    ]
    assert table.digest != OutletTable().digest == ""


@pytest.mark.parametrize("line", ["Radar Lokal", "Radar\tradar\tbiro Utara", "\tradar"])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "outlets.tsv"
    path.write_text(f"# kami\n{line}\n")
    with pytest.raises(BadOutlets, match="line 2"):
        OutletTable.load(path)
