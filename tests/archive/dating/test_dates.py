"""Indonesian dates are parsed, and articles are dated from their metadata, URL and text."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import DateBasis, DatePrecision, Evidence, EvidenceKind
from archive.dating.date_parser import MONTHS, WEEKDAYS, PartialDate, parse_date
from archive.dating.publication_date import DateSources, date_article

days = st.dates(date(1900, 1, 1), date(2026, 12, 31))


def day(text: str) -> date | None:
    found = parse_date(text)
    return found.first if found and found.precision is DatePrecision.DAY else None


@given(days)
def test_an_iso_day_is_read_as_written(when: date) -> None:
    for text in (when.isoformat(), when.strftime("%Y/%m/%d"), when.strftime("%Y%m%d"), f"{when.isoformat()} 23:59:59"):
        assert day(text) == when


@given(days, st.sampled_from([0, -1]), st.booleans())
def test_an_indonesian_day_is_read_as_written(when: date, spelling: int, weekday: bool) -> None:
    month = MONTHS[when.month - 1][spelling]
    prefix = f"{WEEKDAYS[when.weekday()][0]}, " if weekday else ""
    for suffix in ("", " 10:44 WIB", " 23.59 WIT", " | 21:05"):
        assert day(f"{prefix}{when.day} {month} {when.year}{suffix}") == when


@given(days)
def test_the_day_stands_before_the_month(when: date) -> None:
    assert day(when.strftime("%d/%m/%Y")) == when
    assert day(when.strftime("%d - %m - %Y").replace(" ", "")) == when


@given(st.text(max_size=100))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or isinstance(found, PartialDate)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Jum'at, 5 Agt 2022", date(2022, 8, 5)),
        ("Ahad 15 September 2019", date(2019, 9, 15)),
        ("Min, 3 Mar 2019", date(2019, 3, 3)),
        ("12 Nop 2020 pukul 19:00 WITA", date(2020, 11, 12)),
        ("Rabu (11 / 9 / 2019)", date(2019, 9, 11)),
        ("31 May 2018", date(2018, 5, 31)),
        ("May 31, 2018 10:02 PM", date(2018, 5, 31)),
        ("10 September 2019 Pukul 07.00", date(2019, 9, 10)),
        ("10 September 2019 - 07.00", date(2019, 9, 10)),
        ("10/09/2019 jam 07:00", date(2019, 9, 10)),
        ("12 Agst 2019", date(2019, 8, 12)),
        ("12 Peb 2019", date(2019, 2, 12)),
    ],
)
def test_outlets_spell_days_in_many_ways(text: str, value: date) -> None:
    assert day(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2018-05-30T22:15:00+07:00", date(2018, 5, 30)),
        ("2018-05-30T22:15:00-05:00", date(2018, 5, 30)),
        ("2018-05-30T22:15:00Z", date(2018, 5, 31)),
        ("2018-05-30T22:15:00.000+0000", date(2018, 5, 31)),
        ("2018-05-30T22:15:00", date(2018, 5, 30)),
        ("Thu, 31 May 2018 20:00:00 GMT", date(2018, 6, 1)),
        ("Thu, 31 May 2018 20:00:00 +0900", date(2018, 5, 31)),
    ],
)
def test_an_instant_is_the_day_of_its_own_zone_and_utc_is_told_in_jakarta(text: str, value: date) -> None:
    assert day(text) == value


@pytest.mark.parametrize(
    "text",
    ["20190910120000", "201909101200", "20190910T120000", "20190910 12:00:00", "2019/09/10 12:00:00",
     "2019-9-10 12:00", "2019.09.10 12:00", "2019-09-10, 12:00 WIB", "2019-09-10 | 12.00"],
)  # fmt: skip
def test_where_the_year_leads_the_month_is_next_whatever_follows(text: str) -> None:
    assert day(text) == date(2019, 9, 10)


@given(st.dates(date(2001, 9, 10), date(2026, 12, 31)), st.times())
def test_seconds_and_milliseconds_since_1970_are_a_day_in_jakarta(when: date, clock: time) -> None:
    seconds = int(datetime.combine(when, clock, ZoneInfo("Asia/Jakarta")).timestamp())
    for text in (f"{seconds}", f"{seconds}.0", f"{seconds}123", f"{seconds}000.0"):
        assert day(text) == when


@pytest.mark.parametrize("text", ["2018", "Mei 2018", "2018-05"])
def test_what_was_not_stated_is_not_made_up(text: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.precision is (DatePrecision.YEAR if text == "2018" else DatePrecision.MONTH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kemarin",
        "Kamis",
        "12 Juni",
        "31 Februari 2019",
        "2019-13-40",
        "9999-99-99",
        "1 Mei 1700",
        "1 Mei 2999",
        "20191340120000",
        "999999999",
        "99999999999",
        "0123456789",
    ],
)
def test_what_is_no_possible_day_is_unreadable(text: str) -> None:
    assert parse_date(text) is None


def test_a_given_date_wins_over_address_and_text() -> None:
    dated = date_article(DateSources("2019-01-02", "https://a.id/2020/03/04/x", ("Kata dia, Rabu (30/5/2018).",)))
    assert (dated.value, dated.basis) == ("2019-01-02", DateBasis.GIVEN)
    assert dated.evidence == (Evidence("2019-01-02", EvidenceKind.GIVEN), Evidence("2020/03/04", EvidenceKind.ADDRESS))


@pytest.mark.parametrize(("given_date", "url_date"), [("2019-10-09", "2019/09/10"), ("03/12/2021", "2021/03/12")])
def test_a_given_date_with_day_and_month_swapped_gives_way_to_its_address(given_date: str, url_date: str) -> None:
    dated = date_article(DateSources(given_date, f"https://a.id/read/{url_date}/x", ("Tanpa tanggal.",)))
    assert (dated.value, dated.basis) == (url_date.replace("/", "-"), DateBasis.URL)
    assert set(dated.evidence) == {Evidence(given_date, EvidenceKind.GIVEN), Evidence(url_date, EvidenceKind.ADDRESS)}


@pytest.mark.parametrize("given_date", ["2019-09-10", "2019-09-12", "2019-09", "2019"])
def test_an_address_that_agrees_with_the_given_date_is_no_news(given_date: str) -> None:
    dated = date_article(DateSources(given_date, "https://a.id/2019/09/10/x", ("Tanpa tanggal.",)))
    assert (dated.value, dated.basis) == (given_date, DateBasis.GIVEN)
    assert dated.evidence == (Evidence(given_date, EvidenceKind.GIVEN),)


def test_an_unreadable_given_date_is_kept_and_the_text_is_asked() -> None:
    dated = date_article(DateSources("entah", None, ("Kata dia, Rabu (30/5/2018).",)))
    assert (dated.value, dated.basis) == ("2018-05-30", DateBasis.CUE)
    assert dated.evidence == (
        Evidence("entah", EvidenceKind.UNREADABLE),
        Evidence("Rabu (30/5/2018)", EvidenceKind.DAY),
    )


def test_an_unreadable_given_date_is_kept_even_where_nothing_else_dates() -> None:
    dated = date_article(DateSources("entah", None, ("Tanpa tanggal.",)))
    assert (dated.value, dated.evidence) == (None, (Evidence("entah", EvidenceKind.UNREADABLE),))


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://nasional.kompas.com/read/2019/09/10/110000520/judul", "2019-09-10"),
        ("https://www.cnnindonesia.com/ekonomi/20191030083208-92-444009/judul", "2019-10-30"),
        ("https://www.cnbcindonesia.com/news/20191030083208-4-92/judul", "2019-10-30"),
        ("https://ekonomi.bisnis.com/read/20190910/12/114/judul", "2019-09-10"),
        ("https://20.detik.com/detikupdate/20190910-190910053/judul", "2019-09-10"),
        ("https://www.jawapos.com/nasional/10/09/2019/judul", "2019-09-10"),
        ("https://www.republika.co.id/berita/nasional/umum/16/10/14/oezyxd-judul", "2016-10-14"),
        ("https://www.bbc.com/indonesia/berita_indonesia/2016/10/161014_judul", "2016-10-14"),
        ("https://a.id/2019-09-10-judul", "2019-09-10"),
        ("https://a.id/2019/09/14-tahun-berlalu", None),
        ("https://a.id/20190910/judul", None),
        ("https://www.liputan6.com/read/20190910/judul", None),
        ("https://www.tempo.co/read/20190910083208/judul", None),
        ("https://nasional.bisnis.com/arsip/20190910/judul", None),
        ("https://notcnnindonesia.com/ekonomi/20191030083208-92-444009/judul", None),
        ("https://a.id/2019/13/40/judul", None),
        ("https://a.id/read/201909101", None),
        ("https://a.id/19991231000", None),
    ],
)
def test_an_address_dates_an_article_where_it_safely_can(url: str, value: str | None) -> None:
    assert date_article(DateSources(None, url, ("Tanpa tanggal.",))).value == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ('"Kami datang," kata Deni, Selasa (10/9/2019).', "2019-09-10"),
        ("Ia ditemui Rabu (11 / 9 / 2019) di rumahnya.", "2019-09-11"),
        ("Menurut dia, Minggu, 3 Maret 2019, harga naik.", "2019-03-03"),
        ("Ia mengatakan pada Kamis (2/7) bahwa Pilkada 2020 ditunda.", "2020-07-02"),
        ("Ia mengatakan pada Selasa (1/10) bahwa anggota DPR 2019-2024 dilantik.", "2019-10-01"),
        ("Ia mengatakan pada Kamis (2/7) bahwa harga naik.", None),
        ("Ia lahir pada 12 Juni 2018 di Padang.", None),
        ("Persib menang (2-1) pada 2018.", None),
    ],
)
def test_a_day_the_text_names_dates_it_only_with_a_year_that_fits(sentence: str, value: str | None) -> None:
    assert date_article(DateSources(None, None, (sentence,))).value == value


@pytest.mark.parametrize(
    "words",
    [
        "UU Nomor 30 Tahun 2002 tentang KPK direvisi",
        "Undang-Undang No. 30 Tahun 2002 direvisi",
        "revisi UU KPK Nomor 30/2002 ditunda",
        "penyanyi kelahiran 2002 itu datang",
        "warga yang lahir di Padang pada 2002 itu datang",
        "kantor itu berdiri sejak tahun 2002",
        "krisis pada tahun 2002 terulang",
        "pengungsi yang tiba 2002 silam pulang",
    ],
)
def test_years_of_laws_births_and_history_date_no_day(words: str) -> None:
    sentence = f"Ia mengatakan {words}, kata Deni, Kamis (19/9)."
    assert date(2002, 9, 19).weekday() == 3
    assert date_article(DateSources(None, None, (sentence,))).value is None


def test_an_old_year_does_not_date_where_the_text_names_a_later_one() -> None:
    body = "Film itu dibuat untuk Festival 2002. Ia berbicara pada Kamis (19/9) tentang Festival 2018."
    assert date_article(DateSources(None, None, (body,))).value is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Pada Senin, 7 Juli 2020, berkas perkara akan dilimpahkan.",
        "Acara itu digelar hingga Selasa (7/7/2020).",
        "Penyidik menjadwalkan pemeriksaan saksi pada Selasa (7/7/2020).",
        "Jalan bersih itu diulang Selasa (7/7/2020) pekan depan.",
        "Penonton dapat menyaksikan konser itu pada Selasa (7/7/2020).",
        "Selasa (7/7/2020), Chelsea vs Arsenal | 02:00 WIB.",
        "Ia mundur terhitung mulai Selasa (7/7/2020).",
        "Mereka akan bertemu pada Selasa (7/7/2020).",
        "Pertandingan dijadwalkan digelar Sabtu (11/7/2020).",
        "Ia berkunjung Selasa (7/7/2020) mendatang.",
    ],
)
def test_an_announced_day_is_evidence_but_dates_nothing(sentence: str) -> None:
    dated = date_article(DateSources(None, None, (sentence,)))
    assert dated.value is None
    assert [evidence.bearing for evidence in dated.evidence] == [EvidenceKind.FUTURE]


@pytest.mark.parametrize(
    "sentence",
    [
        '"Kami akan datang," ujar Deni, Selasa (7/7/2020).',
        "Pertandingan akan digelar malam ini, Selasa (7/7/2020).",
        "Bupati di Ambon, Selasa (7/7/2020), mengatakan pembahasan akan dimulai.",
        "Dikutip dari laman resmi, Selasa (7/7/2020), telepon itu akan dijual.",
        "Korban hanya bisa tertunduk di kantor polisi, Selasa (7/7/2020).",
        "Hingga Selasa (7/7/2020) api belum padam.",
        "Unjuk rasa berlanjut hingga Selasa (7/7/2020) sore.",
        "Ia membagikan beras yang akan dimasak, Rabu (8/7/2020) lalu. Selasa (7/7/2020) hujan.",
    ],
)
def test_a_day_on_which_something_was_said_or_done_dates_though_it_speaks_of_plans(sentence: str) -> None:
    assert date_article(DateSources(None, None, (sentence,))).value in {"2020-07-07", "2020-07-08"}


def test_a_day_long_before_an_announced_one_is_history() -> None:
    body = "Ia melawan Myanmar (10/10/2018). Kini ia akan tampil pada Selasa (10/9/2019)."
    assert date_article(DateSources(None, None, (body,))).value is None


def test_a_weekday_that_contradicts_the_copyright_year_does_not_date() -> None:
    dated = date_article(DateSources(None, None, ("Katanya pada Rabu (2/7).",), 2020, "© 2020"))
    assert (dated.value, dated.precision, dated.basis) == ("2020", DatePrecision.YEAR, DateBasis.COPYRIGHT)


def test_the_weekday_of_the_lead_moves_on_from_the_last_day_named() -> None:
    bodies = ("Mereka bertemu di New York, Kamis.", "Makan malam itu digelar Rabu malam (30/5).")
    dated = date_article(DateSources(None, None, bodies, 2018, "© ANTARA 2018"))
    assert dated.value == "2018-05-31"
    assert [evidence.words for evidence in dated.evidence] == ["Rabu malam (30/5)", "Kamis", "© ANTARA 2018"]


def test_evidence_stays_short() -> None:
    bodies = tuple(f"Mereka akan bertemu pada ({number}/7/2020)." for number in range(1, 20))
    assert len(date_article(DateSources("entah", None, bodies)).evidence) == 6


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Harga beras naik pada Selasa (7/7/2020).", "2020-07-07"),
        ("Harga beras naik pada hari Selasa (7/7/2020) malam.", "2020-07-07"),
    ],
)
def test_a_day_on_which_something_happened_dates_where_the_news_itself_is_told(sentence: str, value: str) -> None:
    assert date_article(DateSources(None, None, (sentence,))).value == value


def test_a_day_on_which_something_happened_gives_the_month_further_down() -> None:
    body = "Harga beras naik. " * 20 + "Panen itu gagal pada Selasa (7/7/2020)."
    dated = date_article(DateSources(None, None, (body,)))
    assert (dated.value, dated.precision, dated.basis) == ("2020-07", DatePrecision.MONTH, DateBasis.CUE)
    assert dated.evidence == (Evidence("Selasa (7/7/2020)", EvidenceKind.DAY),)
    spoken = body.replace("gagal pada", "gagal, kata Deni,")
    assert date_article(DateSources(None, None, (spoken,))).value == "2020-07-07"


def test_what_else_a_text_names_tells_how_far_down_a_day_dates_it() -> None:
    far = "Warga kota itu bergotong royong di tepi sungai. " * 30
    alone = f"{far}Sungai meluap, Selasa (7/7/2020)."
    event = f"{far[:480]}Sungai meluap pada Selasa (7/7/2020)."
    many = f"{far[:900]}Sungai meluap, Selasa (7/7/2020). Dulu ia meluap, Rabu (8/1/2020) dan Kamis (13/2/2020)."
    again = f"{event} {far[:240]}Banjir pada Selasa (7/7/2020) itu surut."
    found = [date_article(DateSources(None, None, (text,))).value for text in (alone, event, many, again)]
    assert found == ["2020-07-07", "2020-07", "2020-07", "2020-07-07"]


@pytest.mark.parametrize("words", ["Selasa (7/7/2020) lalu", "Selasa lalu (7/7/2020)", "Selasa, 7 Juli 2020 silam"])
def test_a_day_told_of_as_past_long_since_gives_the_month_at_most(words: str) -> None:
    assert date_article(DateSources(None, None, (f"Mereka menikah pada {words}.",))).value == "2020-07"


@pytest.mark.parametrize(
    "sentence",
    [
        "Penyidik dijadwalkan memeriksa saksi pada Rabu (8/7/2020) hari ini.",
        "Sidang akan digelar hari ini, Rabu (8/7/2020).",
    ],
)
def test_today_dates_even_what_is_announced(sentence: str) -> None:
    body = f"{sentence} Hakim sudah dipilih, kata Deni, Kamis (2/7/2020)."
    assert date_article(DateSources(None, None, (body,))).value == "2020-07-08"


@pytest.mark.parametrize(
    "sentence",
    [
        "Pertandingan digelar Sabtu (11/7/2020). Duel ini akan menjadi yang pertama.",
        "Kereta beroperasi mulai Senin (6/7/2020) hingga Kamis (9/7/2020).",
        "Ia siap tampil pada Sabtu (11/7/2020).",
    ],
)
def test_days_to_come_are_known_by_what_follows_and_by_the_beginning_of_their_range(sentence: str) -> None:
    dated = date_article(DateSources(None, None, (sentence,)))
    assert dated.value not in {"2020-07-09", "2020-07-11"}
    assert EvidenceKind.FUTURE in [evidence.bearing for evidence in dated.evidence]


@pytest.mark.parametrize(
    "line",
    [
        "Sabtu, 11 November 2017 15:35 WIB",
        "Kompas.com - 11/11/2017, 15:35 WIB",
        "Adhi Maulana | 11 Nov 2017, 14:30 WIB",
        "11 November 2017 pukul 15.35",
    ],
)
def test_the_line_of_the_page_dates_before_all_the_text_says(line: str) -> None:
    bodies = ("Judul berita", line, "Harga naik, kata Deni, Rabu (15/11/2017).")
    dated = date_article(DateSources(None, None, bodies))
    assert (dated.value, dated.basis) == ("2017-11-11", DateBasis.DATELINE)


def test_the_line_of_a_page_that_is_linked_below_dates_nothing() -> None:
    bodies = ("Satu.", "Dua.", "Tiga.", "Empat.", "Selasa, 14 Juli 2020 9:59 Wib")
    assert date_article(DateSources(None, None, bodies)).precision is not DatePrecision.DAY


@pytest.mark.parametrize(
    "head", ["Jakarta, 24 April 2019 -", "JAKARTA, Rabu (24/4/2019) –", "Bandung, Rabu, 24 April 2019 -"]
)
def test_a_dateline_with_a_day_dates(head: str) -> None:
    dated = date_article(
        DateSources(None, None, (f"{head} Film itu diputar. Ia datang, kata Deni, Senin (6/5/2019).",))
    )
    assert (dated.value, dated.basis) == ("2019-04-24", DateBasis.DATELINE)


def test_the_title_vouches_for_a_year() -> None:
    body = ("Ia mengatakan pada Kamis (2/7) bahwa harga naik.",)
    assert date_article(DateSources(None, None, body, title="Pilkada 2020 ditunda")).value == "2020-07-02"


def test_a_day_whose_year_is_unknown_is_shown_though_it_dates_nothing() -> None:
    dated = date_article(DateSources(None, None, ("Ia mengatakan pada Kamis (2/7) bahwa harga naik.",)))
    assert (dated.value, dated.basis) == (None, None)
    assert dated.evidence == (Evidence("Kamis (2/7)", EvidenceKind.DAY),)


def test_a_given_date_that_is_the_texts_with_day_and_month_swapped_gives_way() -> None:
    dated = date_article(DateSources("2025-02-09", None, ('"Naik," kata Deni, Selasa (2/9/2025).',)))
    assert (dated.value, dated.basis, dated.disputed) == ("2025-09-02", DateBasis.CUE, True)
    assert dated.evidence == (
        Evidence("Selasa (2/9/2025)", EvidenceKind.DAY),
        Evidence("2025-02-09", EvidenceKind.GIVEN),
    )


def test_words_spoken_long_after_the_given_date_are_likelier_and_soon_after_are_shown() -> None:
    later = date_article(DateSources("2019-11-19", None, ("Harga naik, kata Deni, Kamis (2/7/2020).",)))
    assert (later.value, later.basis, later.disputed) == ("2020-07-02", DateBasis.CUE, True)
    sooner = date_article(DateSources("2020-06-24", None, ("Harga naik, kata Deni, Kamis (2/7/2020).",)))
    assert (sooner.value, sooner.basis, sooner.disputed) == ("2020-06-24", DateBasis.GIVEN, True)
    assert sooner.evidence == (
        Evidence("2020-06-24", EvidenceKind.GIVEN),
        Evidence("Kamis (2/7/2020)", EvidenceKind.DAY),
    )


def test_a_day_long_before_the_given_one_and_a_notice_of_another_year_are_shown() -> None:
    dated = date_article(
        DateSources("2018-04-20", None, ("Harga naik, kata Deni, Selasa (22/7/2014).",), 2014, "© 2014")
    )
    assert (dated.value, dated.disputed) == ("2018-04-20", True)
    assert [piece.words for piece in dated.evidence] == ["2018-04-20", "Selasa (22/7/2014)", "© 2014"]


def test_a_text_that_agrees_with_the_given_date_is_no_news() -> None:
    dated = date_article(DateSources("2020-07-03", None, ("Harga naik, kata Deni, Kamis (2/7/2020).",), 2020, "© 2020"))
    assert (dated.evidence, dated.disputed) == ((Evidence("2020-07-03", EvidenceKind.GIVEN),), False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Video itu diunggah akun lain pada Selasa (10/9/2019).",
        "Akun Facebook “Warga Kota” pada Selasa (10/9/2019) membagikan tautan itu.",
        "Pada Selasa (10/9/2019), beredar sebuah video di media sosial.",
        "Beredar video dari akun TikTok “Warga Kota” pada Selasa (10/9/2019) berisi ancaman.",
        "Hal itu dimuat dalam artikel Kompas berjudul Harga Beras, Selasa (10/9/2019).",
        "Kabar itu muncul lewat unggahan di laman resmi, Selasa (10/9/2019).",
        "Berita yang tayang Selasa (10/9/2019) itu dihapus.",
        "Isinya: “Kami bertemu Selasa (10/9/2019) di rumah.” Itu saja.",
    ],
)
def test_the_day_of_what_is_quoted_is_shown_and_dates_nothing(sentence: str) -> None:
    dated = date_article(DateSources(None, None, (sentence,)))
    assert (dated.value, dated.disputed) == (None, False)
    assert dated.evidence == (Evidence("Selasa (10/9/2019)", EvidenceKind.QUOTED),)
    other = date_article(DateSources(None, None, (sentence, "Itu tidak benar, kata Deni, Kamis (12/9/2019).")))
    assert other.value == "2019-09-12"


def test_a_fact_check_is_dated_by_its_own_days_only() -> None:
    title, claim = "[SALAH] Harga beras turun", "Harga turun, kata Deni kepada Kompas.com, Selasa (10/9/2019)."
    own = "Hingga Kamis (12/9/2019), unggahan tersebut telah dibagikan 30 kali."
    assert date_article(DateSources(None, None, (claim,))).value == "2019-09-10"
    checked = date_article(DateSources(None, None, (claim,), title=title))
    assert (checked.value, checked.evidence) == (None, (Evidence("Selasa (10/9/2019)", EvidenceKind.QUOTED),))
    assert date_article(DateSources(None, None, (claim, own), title=title)).value == "2019-09-12"
    assert date_article(DateSources(None, None, (f"Tim Cek Fakta menelusuri. {claim}", own))).value == "2019-09-12"


def test_a_word_that_a_text_marks_in_passing_makes_no_fact_check() -> None:
    spoken = 'Keluarga menyesalkan kabar bohong (hoaks) itu. "Kami sehat," kata Sri di Jakarta, Selasa (7/7/2020).'
    assert date_article(DateSources(None, None, (spoken,))).value == "2020-07-07"
    checked = "(HOAKS) Pesan ini tidak benar. Narasi itu beredar, Selasa (7/7/2020)."
    assert date_article(DateSources(None, None, (checked,))).value is None


@pytest.mark.parametrize(
    "words",
    [
        "Selasa malam, 7 Juli 2020",
        "Selasa dini hari, 7 Juli 2020",
        "Selasa pagi WIB, 7 Juli 2020",
        "Selasa tanggal 7 Juli 2020",
        "Selasa (7/7/2020",
        "Selasa 7/7/2020)",
    ],
)
def test_a_day_is_read_with_its_hour_and_with_a_bracket_lost(words: str) -> None:
    dated = date_article(DateSources(None, None, (f"Api sudah padam, kata Deni, {words}. Warga pulang.",)))
    assert (dated.value, [piece.words for piece in dated.evidence]) == ("2020-07-07", [words.rstrip(")")])


def test_a_text_that_lost_its_capitals_names_days_too() -> None:
    assert date_article(DateSources(None, None, ("harga emas turun, selasa (7 juli 2020).",))).value == "2020-07-07"


def test_a_count_up_to_a_day_is_not_announced() -> None:
    assert date_article(
        DateSources(None, None, ("Anggaran terserap 47,6 persen hingga Selasa (7/7/2020) pagi.",))
    ).value
    ahead = date_article(DateSources(None, None, ("Pameran berlangsung dari Minggu hingga Selasa (7/7/2020).",)))
    assert ahead.value is None


def test_no_day_dates_a_text_that_names_a_later_one_whatever_its_weekday() -> None:
    told = "Itu benar, kata Deni, Rabu (8/6/2022). Ayahnya wafat, kata Ani, Selasa (7/7/2020)."
    assert date_article(DateSources(None, None, (told,))).value == "2022-06-08"
    slipped = told.replace(
        "Rabu", "Jumat"
    )  # 8 June 2022 was a Wednesday: it dates nothing, and yet the text is not older
    assert date_article(DateSources(None, None, (slipped,))).value is None


def test_a_year_still_to_come_is_no_past() -> None:
    bodies = ("Bonus demografi tiba di tahun 2095, kata Deni, Selasa (7/7/2020).",)
    assert date_article(DateSources(None, None, bodies)).value == "2020-07-07"


def test_a_year_lies_between_those_the_text_looks_back_on_and_those_it_announces() -> None:
    day = "Jumlahnya naik sejak tahun 1967, kata Deni, Kamis (7/12)."
    assert date_article(DateSources(None, None, (day, "Pada 2016 jumlahnya lebih kecil."))).value is None
    assert date_article(DateSources(None, None, (day, "Tahun 2017 ini jumlahnya lebih kecil."))).value == "2017-12-07"
    stated = "Harga naik, kata Deni, Kamis (7/12/2017)."
    assert date_article(DateSources(None, None, (stated, "Ia menjabat sejak 2019."))).value is None
    assert date_article(DateSources(None, None, (stated, "Ia akan maju pada Pemilu 2019."))).value == "2017-12-07"


@given(
    st.lists(st.sampled_from(["Kata dia, ", "Rabu (30/5/2018)", "akan ", "hari ini ", "\n", "(1/13)", "31 Juni 2019 "]))
)
def test_any_text_is_dated_or_not(pieces: list[str]) -> None:
    dated = date_article(DateSources(None, None, ("".join(pieces) or ".",)))
    assert (dated.first is None) == (dated.precision is DatePrecision.UNKNOWN) == (dated.basis is None)
