"""The story page shows what each outlet kept, changed, cut or added, as a table and in sentences."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.article import Article, ArticleDate, DateBasis, DatePrecision
from tests.contract.engine_contract import an_article
from tests.web import sample_archive
from tests.web.sample_archive import KALSEL, STORY
from web.pages.story_axis import axis
from web.pages.story_sentences import letter, letters, sentences
from web.story_versions import MAX_TABLE_VERSIONS, compared, number_ranges, story_of


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


def test_each_version_has_a_letter() -> None:
    assert [letter(place) for place in (0, 1, 25, 26, 27, 39)] == ["A", "B", "Z", "AA", "AB", "AN"]


def dated(id_: str, day: date, basis: DateBasis = DateBasis.GIVEN) -> Article:
    return replace(version(id_, *PARAGRAPHS), date=ArticleDate(day, DatePrecision.DAY, basis, ()))


def test_versions_stand_on_a_time_axis_in_proportion(client: FlaskClient) -> None:
    first, next_day, last = date(2019, 9, 1), date(2019, 9, 2), date(2019, 9, 21)
    story = story_of([dated("a", first), dated("b", next_day, DateBasis.CUE), dated("c", last), dated("d", last)])
    with client.application.test_request_context("/"):
        drawn = axis(story, letters(story))
    assert drawn is not None
    places = [day.place for day in drawn.days]
    assert places[1] - places[0] == pytest.approx((places[2] - places[0]) / 20, abs=0.02)
    assert [day.inferred for day in drawn.days] == [False, True, False]
    assert [one.letters for one in drawn.labels] == ["A B", "C D"]
    assert (drawn.first, drawn.last) == ("1 September 2019", "21 September 2019")
    assert drawn.words == "1 September 2019: A; 2 September 2019: B; 21 September 2019: C, D"


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
    assert "<b>C</b> menambah 1 paragraf." in html
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
