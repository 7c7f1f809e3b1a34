"""The story page shows what each outlet kept, changed, cut or added, as a table and in sentences."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from archive.article import Article, ArticleDate, DateBasis, DatePrecision
from tests.contract.engine_contract import an_article
from tests.web import sample_archive
from tests.web.sample_archive import KALSEL, STORY
from web.languages import COOKIE
from web.pages.story.sentences import letter, letters, sentences
from web.pages.story.time_axis import CLOSE, MOST_ROWS, axis
from web.pages.story.titles import titles
from web.pages.story.word_by_word import ENDS, SHORTEST_FOLD, blocks
from web.story_versions import MAX_TABLE_VERSIONS, Unit, compared, number_ranges, story_of


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return sample_archive.app().test_client()


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def said(html: str) -> str:
    return " ".join(html.split())


PARAGRAPHS = (
    "Utusan khusus Amerika Serikat akan mengunjungi Seoul pekan depan.",
    "Kunjungan itu untuk mendorong dimulainya kembali perundingan nuklir.",
    "Kementerian luar negeri menolak berkomentar mengenai rencana itu.",
    "Perundingan terhenti sejak pertemuan puncak di Hanoi tahun lalu.",
)


def version(id_: str, *paragraphs: str) -> Article:
    return replace(an_article(id_, "\n".join(paragraphs)), outlet=id_)


def told(app_client: FlaskClient, *paragraphs: str) -> str:
    """What is said of a version with these paragraphs."""
    story = story_of([version("a", *PARAGRAPHS), version("b", *paragraphs)])
    with app_client.application.test_request_context("/"):
        (sentence,) = sentences(story)
    assert sentence.who == "B"
    return sentence.does


def test_one_paragraph_is_told_in_the_singular(client: FlaskClient) -> None:
    with client.application.test_request_context("/", headers={"Cookie": f"{COOKIE}=en"}):
        one, two = (sentences(story_of([version("a", *PARAGRAPHS), version("b", *PARAGRAPHS[:n])]))[0] for n in (3, 2))
    assert (one.does, two.does) == ("cut paragraph 4", "cut paragraphs 3–4")


def test_versions_that_did_the_same_share_a_sentence(client: FlaskClient) -> None:
    local = "Warga Indonesia di Seoul diminta tetap tenang oleh kedutaan."
    versions = (
        PARAGRAPHS,
        PARAGRAPHS,
        (PARAGRAPHS[0], PARAGRAPHS[3]),
        (*PARAGRAPHS[:2], PARAGRAPHS[3], local),
        PARAGRAPHS,
    )
    story = story_of([version(f"{place}", *paragraphs) for place, paragraphs in enumerate(versions)])
    with client.application.test_request_context("/"):
        told = [(one.who, one.does) for one in sentences(story)]
    assert told == [
        ("C dan D", "membuang paragraf 3"),
        ("B dan E", "sama dengan naskah acuan"),
        ("C", "membuang paragraf 2"),
        ("D", "menambah 1 paragraf"),
    ]


def test_many_versions_that_did_the_same_are_told_as_ranges(client: FlaskClient) -> None:
    cut = [version(f"{place:02}", *(PARAGRAPHS if place in {0, 4, 7} else PARAGRAPHS[:3])) for place in range(29)]
    with client.application.test_request_context("/"):
        told = {one.does: one.who for one in sentences(story_of(cut))}
    assert told == {"membuang paragraf 4": "B–D, F, G dan I–AC", "sama dengan naskah acuan": "E dan H"}


def test_a_day_that_was_inferred_says_so_wherever_a_version_is_chosen(client: FlaskClient) -> None:
    html = said(page(client, f"/story/{STORY}"))
    options = [option.split("</option>")[0] for option in html.split("<option ")[1:]]
    rows = html.split('<th scope="row">')[1:]
    inferred = sum("≈" in row.split("</th>")[0] for row in rows)
    assert inferred > 0
    assert sum("≈" in option for option in options) == 2 * inferred


def test_each_version_has_a_letter() -> None:
    assert [letter(place) for place in (0, 1, 25, 26, 27, 39)] == ["A", "B", "Z", "AA", "AB", "AN"]


def dated(id_: str, day: date, basis: DateBasis = DateBasis.GIVEN) -> Article:
    return replace(version(id_, *PARAGRAPHS), date=ArticleDate(day, DatePrecision.DAY, basis, ()))


def test_versions_stand_on_a_time_axis_by_outlet_in_proportion(client: FlaskClient) -> None:
    first, next_day, last = date(2019, 9, 1), date(2019, 9, 2), date(2019, 9, 21)
    versions = [dated("a", first), dated("b", next_day, DateBasis.CUE), dated("c", last), dated("d", last)]
    story = story_of([replace(one, outlet="Kompas.com" if one.id in "ab" else "Tempo.co") for one in versions])
    with client.application.test_request_context("/"):
        drawn = axis(story, letters(story))
    assert drawn is not None
    kompas, tempo = drawn.rows
    assert (kompas.outlet, tempo.outlet) == ("Kompas.com", "Tempo.co")
    days = kompas.dots[1].place - kompas.dots[0].place
    assert days == pytest.approx((tempo.dots[0].place - kompas.dots[0].place) / 20, abs=0.02)
    assert [dot.inferred for dot in kompas.dots] == [False, True]
    assert [one.letters for row in drawn.rows for one in row.labels] == ["A B", "C D"]
    (both,) = kompas.labels  # it spans both dots and stands between them
    assert (both.first, both.last) == (kompas.dots[0].place, kompas.dots[1].place)
    assert both.first < both.place < both.last
    assert (drawn.first, drawn.last) == ("1 September 2019", "21 September 2019")
    assert drawn.words == "1 September 2019: A; 2 September 2019: B; 21 September 2019: C, D"


def test_labels_of_the_time_axis_keep_their_distance(client: FlaskClient) -> None:
    story = story_of([replace(dated(f"{day:02}", date(2019, 9, day)), outlet="Kompas.com") for day in range(1, 31)])
    with client.application.test_request_context("/"):
        drawn = axis(story, letters(story))
    assert drawn is not None
    (row,) = drawn.rows
    places = [label.place for label in row.labels]
    assert min(after - before for before, after in pairwise(places)) >= CLOSE


def test_a_version_dated_to_a_month_is_a_bar_and_one_without_a_date_stands_beside_the_axis(client: FlaskClient) -> None:
    month = replace(version("m", *PARAGRAPHS), date=ArticleDate(date(2019, 9, 1), DatePrecision.MONTH))
    days = [dated("a", date(2019, 8, 22)), dated("b", date(2019, 10, 11))]
    story = story_of([days[0], month, days[1], version("u", *PARAGRAPHS)])
    with client.application.test_request_context("/"):
        drawn = axis(story, letters(story))
    assert drawn is not None
    (bar,) = drawn.rows[1].bars
    whole = drawn.rows[2].dots[0].place - drawn.rows[0].dots[0].place
    assert bar.width == pytest.approx(whole * 29 / 50, abs=0.05)
    assert drawn.rows[1].dots == ()
    assert drawn.undated == "D"


def test_outlets_beyond_a_dozen_share_a_row(client: FlaskClient) -> None:
    story = story_of([dated(f"{place:02}", date(2019, 9, 1 + place)) for place in range(20)])
    with client.application.test_request_context("/"):
        drawn = axis(story, letters(story))
    assert drawn is not None
    assert len(drawn.rows) == MOST_ROWS
    assert len(drawn.rows[-1].dots) == 20 - MOST_ROWS + 1


def test_versions_of_one_day_need_no_axis(client: FlaskClient) -> None:
    story = story_of([dated("a", date(2019, 9, 1)), dated("b", date(2019, 9, 1)), version("c", *PARAGRAPHS)])
    with client.application.test_request_context("/"):
        assert axis(story, letters(story)) is None


def test_a_version_is_summed_up_in_a_sentence(client: FlaskClient) -> None:
    assert told(client, *PARAGRAPHS) == "sama dengan naskah acuan"
    assert told(client, PARAGRAPHS[0], PARAGRAPHS[3]) == "membuang paragraf 2–3"
    changed = PARAGRAPHS[0].replace("Amerika Serikat", "AS")
    local = "Warga Indonesia di Seoul diminta tetap tenang oleh kedutaan."
    assert told(client, changed, *PARAGRAPHS[2:], local) == (
        "membuang paragraf 2, mengubah paragraf 1 dan menambah 1 paragraf"
    )


def test_paragraphs_that_only_moved_are_told_as_moved(client: FlaskClient) -> None:
    moved = (PARAGRAPHS[2], *PARAGRAPHS[:2], PARAGRAPHS[3])
    assert told(client, *moved) == "mengubah urutan paragraf"
    assert told(client, PARAGRAPHS[2], PARAGRAPHS[0], PARAGRAPHS[1]) == (
        "membuang paragraf 4 dan mengubah urutan paragraf"
    )
    beside = compared(story_of([version("a", *PARAGRAPHS), version("b", *moved)]), "")
    assert beside is not None
    assert beside.moved
    unmoved = compared(story_of([version("a", *PARAGRAPHS), version("b", *PARAGRAPHS[:2])]), "")
    assert unmoved is not None
    assert not unmoved.moved


ONE_LINE = (
    "Presiden meresmikan bendungan di Lombok, Senin. Bendungan itu mengairi sembilan ribu hektare sawah. "
    "Menurut H. Zaini dari Jl. Langko No. 5, warga sudah lama menunggu. Biayanya Rp1.450.000.000 dari anggaran negara."
)


def test_a_text_of_one_line_is_compared_by_sentence(client: FlaskClient) -> None:
    changed = ONE_LINE.replace("sembilan ribu", "9.000").replace(" Biayanya Rp1.450.000.000 dari anggaran negara.", "")
    story = story_of([version("a", ONE_LINE), version("b", changed + " Gubernur ikut hadir dalam acara itu.")])
    assert story.parts.unit is Unit.SENTENCE
    assert len(story.parts.texts) == 4
    with client.application.test_request_context("/"):
        (sentence,) = sentences(story)
    assert sentence.does == "membuang kalimat 4, mengubah kalimat 2 dan menambah 1 kalimat"
    assert sentence.added == ("Gubernur ikut hadir dalam acara itu.",)


def test_a_version_whose_paragraphs_were_joined_is_compared_with_each_paragraph(client: FlaskClient) -> None:
    extra = "Warga Indonesia di Seoul diminta tetap tenang oleh kedutaan."
    story = story_of([version("a", *PARAGRAPHS), version("b", " ".join((*PARAGRAPHS, extra)))])
    assert story.parts.unit is Unit.PARAGRAPH
    with client.application.test_request_context("/"):
        (sentence,) = sentences(story)
    assert (sentence.does, sentence.added) == ("menambah 1 kalimat", (extra,))


def test_versions_share_a_sentence_on_what_they_added_only_if_they_added_the_same(client: FlaskClient) -> None:
    one, other = "Kedutaan meminta warga tetap tenang.", "Harga saham di Seoul turun tajam."
    added = (one, other, one.upper())
    story = story_of([version("0", *PARAGRAPHS), *(version(text, *PARAGRAPHS, text) for text in added)])
    with client.application.test_request_context("/"):
        told = [(sentence.who, sentence.added) for sentence in sentences(story)]
    assert told == [("B dan D", (one,)), ("C", (other,))]


def test_titles_that_differ_are_listed_with_the_words_that_differ() -> None:
    names = ("Harga BBM Naik", "Harga BBM naik!", "Harga BBM Resmi Naik")
    story = story_of([replace(version(name, *PARAGRAPHS), title=name, title_derived=False) for name in names])
    found = titles(story)
    assert [one.letters for one in found] == [("A", "B"), ("C",)]
    assert [stretch.text for stretch in found[1].stretches if stretch.change == "inserted"] == ["Resmi"]
    assert titles(story_of([replace(version("a", *PARAGRAPHS), title="Sama", title_derived=False)])) == ()


def test_what_two_versions_share_is_folded_to_its_ends_and_nothing_is_lost() -> None:
    same = [f"Kalimat nomor {number} ini sama di kedua naskah." for number in range(8)]
    beside = compared(story_of([version("a", *same, *PARAGRAPHS), version("b", *same, *PARAGRAPHS[1:])]), "")
    assert beside is not None
    first, *rest = blocks(beside, None)
    (piece,) = first.pieces
    assert first.numbers == "1–8"
    assert piece.fold is not None
    assert piece.fold.words == sum(len(text.split()) for text in same) >= SHORTEST_FOLD
    assert len(piece.fold.first.split()) == ENDS
    assert [text.fragments[0].text for text in piece.texts] == same
    assert [text.numbers for text in piece.texts] == [(number,) for number in range(1, 9)]
    assert [piece.change for block in rest for piece in block.pieces] == ["removed", "kept"]


def test_the_query_is_kept_on_the_page_of_a_story(client: FlaskClient) -> None:
    html = said(page(client, f"/story/{STORY}?q=kedutaan+OR+Amerika&outlet=Tempo.co&page=2"))
    assert 'class="trail"' in html
    assert "/?q=kedutaan+OR+Amerika&amp;outlet=Tempo.co&amp;page=2" in html
    assert f"/article/{KALSEL}?q=kedutaan+OR+Amerika&amp;outlet=Tempo.co" in html
    assert '<input type="hidden" name="outlet" value="Tempo.co">' in html
    assert "<mark>Amerika" in html
    assert "<mark>" not in page(client, f"/story/{STORY}")
    assert f"/story/{STORY}?q=Korut" in page(client, "/?q=Korut")
    assert f"/story/{STORY}?q=Korut" in page(client, f"/article/{KALSEL}?q=Korut")


def test_each_version_is_listed_once(client: FlaskClient) -> None:
    html = page(client, f"/story/{STORY}")
    assert html.count(f'href="/article/{KALSEL}"') == 1


def test_the_first_words_of_each_part_stand_in_the_head_of_the_table(client: FlaskClient) -> None:
    html = said(page(client, f"/story/{STORY}"))
    assert html.count('<span class="opening" lang="id">') == 3 + 1
    assert "Utusan khusus Amerika Serikat untuk Korea Utara (Korut) mengunjungi …</span>" in html


def test_numbers_are_told_as_runs() -> None:
    assert number_ranges((1, 4, 5, 6, 9)) == "1, 4–6, 9"
    assert number_ranges(()) == ""


def test_the_oldest_is_the_base_unless_another_is_named(client: FlaskClient) -> None:
    articles = [version("a", *PARAGRAPHS), version("b", *PARAGRAPHS[:2])]
    assert story_of(articles).base.id == "a"
    story = story_of(articles, "b")
    assert (story.base.id, [one.article.id for one in story.versions]) == ("b", ["a", "b"])


def test_versions_that_say_the_same_have_nothing_to_compare() -> None:
    story = story_of([version("a", *PARAGRAPHS), version("b", *PARAGRAPHS)])
    assert compared(story, "") is None
    assert compared(story, "b") is not None


def test_a_story_of_very_many_versions_compares_some_and_lists_all() -> None:
    articles = [version(f"{number:03}", *PARAGRAPHS) for number in range(MAX_TABLE_VERSIONS + 5)]
    story = story_of(articles, "044")
    assert len(story.versions) == MAX_TABLE_VERSIONS
    assert story.base.id in {one.article.id for one in story.versions}
    assert len(story.further) == 5


def test_a_version_that_is_asked_for_is_compared_however_many_there_are() -> None:
    articles = [
        version(f"{number:03}", *PARAGRAPHS[: 3 if number == 44 else 4]) for number in range(MAX_TABLE_VERSIONS + 5)
    ]
    beside = compared(story_of(articles, "043", other="044"), "044")
    assert beside is not None
    assert (beside.base.id, beside.other.id) == ("043", "044")
    assert len(story_of(articles, "043", other="044").versions) == MAX_TABLE_VERSIONS


def test_the_page_says_in_words_what_its_table_shows(client: FlaskClient) -> None:
    html = said(page(client, f"/story/{STORY}"))
    assert "<b>C</b> menambah 1 paragraf: <q" in html
    assert "<b>B</b> mengubah paragraf 1." in html
    assert html.count('class="cell changed"><span class="unseen">diubah</span>') == 1


def test_two_versions_stand_beside_each_other_with_text_for_what_colours_say(client: FlaskClient) -> None:
    html = said(page(client, f"/story/{STORY}?base={KALSEL}&with=tempo/1"))
    assert (
        '<del><span class="unseen" lang="id">[dibuang: </span>Amerika Serikat<span class="unseen">]</span></del>'
        in html
    )
    assert '<ins><span class="unseen" lang="id">[ditambah: </span>AS<span class="unseen">]</span></ins>' in html


@pytest.mark.parametrize("prefix", ["/story/", "/api/v1/stories/"])
def test_a_stranger_cannot_be_compared(client: FlaskClient, prefix: str) -> None:
    assert client.get(f"{prefix}{STORY}?with=cuaca-1").status_code == 400
    assert client.get(f"{prefix}{STORY}?base=nobody").status_code == 400


def test_programs_get_the_same_table(client: FlaskClient) -> None:
    body = client.get(f"/api/v1/stories/{STORY}?with=tempo/1").get_json()
    assert body["base"] == KALSEL
    by_id = {one["id"]: one for one in body["versions"]}
    assert by_id[KALSEL]["paragraphs"] is None
    assert by_id["tempo/1"]["paragraphs"] == ["changed", "same", "same"]
    assert len(by_id["jogja 2?#ü"]["added"]) == 1
    changes = {stretch["change"] for pair in body["compared"]["pairs"] for stretch in pair["stretches"]}
    assert changes == {"kept", "removed", "inserted"}
