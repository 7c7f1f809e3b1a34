"""The date of a field is read however software writes it, and among other words where it is clear."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import DatePrecision
from archive.dating.date_parser import MONTHS
from archive.dating.metadata_dates import date_from_metadata
from archive.dating.stated_dates import parse_stated_date

FIFTH = date(2019, 8, 5)


def day(text: str) -> date | None:
    found = parse_stated_date(text)
    return found.first if found and found.precision is DatePrecision.DAY else None


@pytest.mark.parametrize(
    "text",
    [
        "detikNewsSenin, 05 Agu 2019 17:40 WIB",
        "SepakbolaSenin, 05 Agu 2019 14:55 WIB",
        "Kompas.com - 05/08/2019, 17:40 WIB",
        "Tim detikcom - detikNewsSenin, 05 Agu 2019 17:40 WIB",
        "CNN Indonesia | Senin, 05/08/2019 14:30 WIB",
        "Liputan6.com pada 05 Agt 2019, 14:30 WIB",
        "Oleh Ani Rahma, 5 Agustus 2019 14:30",
        "By Ani | August 5, 2019",
        "JAKARTA, 5 Agustus 2019",
        "Diterbitkan 05 Agustus 2019, 10:00 WIB",
        "Diperbarui 06 Agu 2019, 16:00 WIB Diterbitkan 05 Agu 2019, 14:30 WIB",
        "Terbit: 5 Agustus 2019 Update: 6 Agustus 2019",
        "Published 2019-08-05 Last modified 2019-08-07",
        "Senin, 5 Agustus 2019 / 4 Zulhijah 1440 H",
        "4 Zulhijah 1440 H / 5 Agustus 2019",
        "5 Agustus 2019 14:30 | Editor: Budi | dibaca: 1.234 kali | komentar 0 | bagikan berita ini kepada kawan Anda",
    ],
)
def test_words_around_a_clear_date_do_not_hide_it(text: str) -> None:
    assert day(text) == FIFTH


@pytest.mark.parametrize(
    "text",
    [
        "2019-08-05WIB19:17:34",
        "2019-08-05WIB19:17:34+07:00",
        "05/08/2019WIB19:17",
        "2019-08-05 19:17WIB",
        "Senin,05 Agustus 2019-19:17WIB",
        "5 Agustus 2019 19.17WITA",
        "Senin 5 Agustus 2019, Jam: 20:00 WIB",
    ],
)
def test_a_zone_may_be_glued_to_the_time(text: str) -> None:
    assert day(text) == FIFTH


@pytest.mark.parametrize(
    "text",
    [
        "datetime.datetime(2019, 8, 5, 14, 30)",
        "datetime.date(2019, 8, 5)",
        "Timestamp('2019-08-05 14:30:00')",
        'ISODate("2019-08-05T07:30:00Z")',
        "/Date(1565004600000+0700)/",
        "2019-W32-1",
        "05082019",
        "201908051430",
        "43682",
        "43682.604166",
        "1565004600",
        "1565004600.0",
        "1565004600000",
        "1565004600000000",
        "1565004600000000000",
        "Mon Aug 05 2019 14:30:00 GMT+0700 (Western Indonesia Time)",
        "05-AUG-19 02.30.00 PM",
        "2019-08-05-14.30.00.000000",
        "5/VIII/2019",
        "5-VIII-2019",
        "5 VIII 2019",
        "Mon, 05 Aug 2019 14:30:00 +0700",
    ],
)
def test_what_software_and_registers_write_is_read(text: str) -> None:
    assert day(text) == FIFTH


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("17 Djuni 1965", date(1965, 6, 17)),
        ("1 Djuli 1959", date(1959, 7, 1)),
        ("17 Ag. 1945", date(1945, 8, 17)),
        ("Djum'at, 17 Agoestoes 1945", date(1945, 8, 17)),
        ("2 Djan. 1958", date(1958, 1, 2)),
        ("3 Djanuari 1950", date(1950, 1, 3)),
        ("11 Mrt. 1966", date(1966, 3, 11)),
        ("Saptu 1 Djuli 1961", date(1961, 7, 1)),
        ("Senen, 5 Nop. 1962", date(1962, 11, 5)),
        ("Kemis, 1 Peb. 1962", date(1962, 2, 1)),
    ],
)
def test_old_spellings_are_read(text: str, meant: date) -> None:
    assert day(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "1970-01-01",
        "Kamis 01 Jan 1970",
        "1970-01-01 07:00:00",
        "0001-01-01T00:00:00",
        "1900-01-01 00:00:00",
        "01/01/1970",
        "0000-00-00",
        "1899-12-30",
        "0",
        "-62135596800",
        "Thu Jan 01 1970 07:00:00 GMT+0700 (WIB)",
    ],
)
def test_placeholders_are_no_dates(text: str) -> None:
    assert parse_stated_date(text) is None
    assert date_from_metadata(text, "https://a.id/2019/08/05/x").first == FIFTH


@pytest.mark.parametrize(
    "text",
    [
        "5 menit lalu",
        "kemarin",
        "14:30 WIB",
        "5 Agustus",
        "Senin, 5 Agustus 2019 - Selasa, 6 Agustus 2019",
        "100",
        "Undang-Undang No. 5 Tahun 2019",
        "edisi 12345678",
        "2091-01-01",
        "62.000",
        "08123456789",
    ],
)
def test_what_names_no_one_day_gives_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2019-08-05T23:30:00Z", date(2019, 8, 6)),
        ("Mon, 05 Aug 2019 23:30:00 GMT", date(2019, 8, 6)),
        ("Published: 2019-08-05 23:30:00 UTC by Ani", date(2019, 8, 6)),
        ("2019-08-05 00:30 WIT", FIFTH),
        ("2019-08-05T00:30:00+09:00", FIFTH),
    ],
)
def test_a_time_in_utc_is_a_day_in_jakarta_and_any_other_that_of_its_zone(text: str, meant: date) -> None:
    assert day(text) == meant


@given(st.dates(date(1950, 1, 2), date(2020, 1, 1)), st.sampled_from(["Kompas.com - ", "detikNews", "Oleh A B, ", ""]))
def test_a_day_in_words_is_read_after_anything(meant: date, before: str) -> None:
    months = [names[0] for names in MONTHS]
    for text in (f"{meant.day} {months[meant.month - 1]} {meant.year}", f"{meant:%d/%m/%Y}", f"{meant:%Y-%m-%d}"):
        if meant != date(1970, 1, 1) and not (before == "detikNews" and text[0].isdigit() and "/" in text):
            assert day(f"{before}{text}, 14:30 WIB") == meant


@given(st.text(max_size=100))
def test_any_text_is_read(text: str) -> None:
    parse_stated_date(text)
