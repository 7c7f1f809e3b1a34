"""The relation of each copy to the article on the page, and other texts with the same passages."""

import random
from datetime import date
from functools import cache

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.copies.fingerprints import fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.relations import Relation
from archive.copies.relatives import compare_bodies, recorded_relation, relatives
from archive.copies.stories import NO_STORIES, STORIES, Stories
from tests.contract.engine_contract import an_article
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import compile_translations
from web import create_app
from web.related_texts import MAX_RELATED_TEXTS, related


def paragraphs(name: str, count: int) -> list[str]:
    """Paragraphs of forty random words that no other text has."""
    chosen = random.Random(name)
    return [" ".join("".join(chosen.choices("abcdefghij", k=6)) for _ in range(40)) for _ in range(count)]


def schedule(day: str, times: int) -> str:
    form = " ".join(paragraphs("form", 3)).split()
    for place in range(0, len(form), 12):
        form[place] = f"{day if place == 0 else (times + place) % 60}"
    return " ".join(form)


STORY, OTHER = paragraphs("story", 5), paragraphs("other", 8)
TEXTS = {
    "cut": STORY[:3],
    "edited": [*STORY[:4], *paragraphs("edited", 1)],
    "extended": [*STORY, *paragraphs("extended", 5)],
    "lead": STORY,
    "passages": [STORY[0], *OTHER],
    "same": STORY,
    "schedule-1": [schedule("Senin", 1)],
    "schedule-2": [schedule("Jumat", 20)],
}
DATES = {"lead": "2020-07-02", "cut": "2020-07-03", "same": "2020-07-04", "extended": "2020-07-05"}
ARTICLES = {
    id_: an_article(id_, "\n".join(body), DATES.get(id_, "2021-01-01"), outlet=id_.title())
    for id_, body in TEXTS.items()
}


@cache
def grouped() -> Stories:
    fingerprints = NearDuplicateDetector()
    for article in ARTICLES.values():
        fingerprints.add(article.id, fingerprint(article.paragraphs))
    return fingerprints.group(lambda _: ())


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    with held.build() as build:
        for article in ARTICLES.values():
            build.add(article)
        stories = grouped()
        stories.save(build.companion_file(STORIES))
        build.set_stories(stories.story_ids, stories.loose_group_ids)
    return held


@pytest.fixture(scope="module")
def client(engine: MemoryEngine) -> FlaskClient:
    compile_translations()
    return create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()


def told(one: str, *others: str) -> list[tuple[Relation, bool]]:
    found = relatives(grouped(), ARTICLES[one], [ARTICLES[other] for other in others])
    return [(relative.relation, relative.longer) for relative in found]


def test_each_copy_is_told_for_what_it_is_to_whoever_leads() -> None:
    assert told("lead", "same", "cut", "extended") == [
        (Relation.IDENTICAL, False),
        (Relation.CUT, False),
        (Relation.CUT, True),
    ]
    assert told("same", "lead", "edited") == [(Relation.IDENTICAL, False), (Relation.EDITED, False)]


def test_copies_of_one_lead_are_held_against_each_other_by_their_texts() -> None:
    assert recorded_relation(grouped(), "cut", "extended") is None
    assert told("cut", "extended") == [(Relation.CUT, True)]


@given(st.sampled_from(sorted(ARTICLES)), st.sampled_from(sorted(ARTICLES)))
def test_what_groups_know_of_two_articles_holds_either_way(one: str, other: str) -> None:
    assert recorded_relation(grouped(), one, other) == recorded_relation(grouped(), other, one)
    assert compare_bodies(TEXTS[one], TEXTS[other]) == compare_bodies(TEXTS[other], TEXTS[one])


def test_stories_tell_standing_and_company_of_an_article() -> None:
    stories = grouped()
    standing = {id_: stories.relation_to_lead(id_) for id_ in TEXTS}
    assert {id_: found for id_, found in standing.items() if found} == {
        id_: (relation, stories.leads[id_]) for id_, relation in stories.relations.items()
    }
    assert set(stories.companions("cut")) == {"edited", "extended", "lead", "same"}
    assert stories.companions("schedule-1") == ("schedule-2",)
    assert stories.companions("passages") == NO_STORIES.companions("cut") == ()
    assert stories.relation_to_lead("nobody") is None


def test_a_page_of_hits_names_outlets_and_relations_of_copies(client: FlaskClient) -> None:
    word = STORY[0].split()[0]
    html = " ".join(client.get(f"/?q={word}&from=2020&to=2020&lead=earliest").get_data(as_text=True).split())
    assert "+3 salinan di " in html
    summary = html[html.index("+3 salinan di ") :]
    assert all(name in summary[: summary.index("<")] for name in ("Same", "Cut", "Extended"))
    assert html.count('<span class="relation">') == 3
    for relation in ("identik", "dipotong", "diperluas"):
        assert f'<span class="relation">{relation}</span>' in html


def test_loosely_folded_hits_are_not_called_copies(client: FlaskClient) -> None:
    word = schedule("Senin", 1).split()[1]
    html = " ".join(client.get(f"/?q={word}&copies=loose").get_data(as_text=True).split())
    assert "+1 teks serupa di Schedule" in html
    assert '<span class="relation">berpola sama</span>' in html
    assert "1–1 dari 1" in html


def test_the_page_of_a_story_links_to_what_shares_its_passages(client: FlaskClient) -> None:
    html = " ".join(client.get("/story/cut").get_data(as_text=True).split())
    after = html[html.index("Juga memuat bagian yang sama") :]
    assert "/article/passages" in after
    assert '<span class="relation">sebagian sama</span>' in after
    assert "/article/lead" not in after
    assert "identik" in html


def test_programs_get_relations_and_related_texts(client: FlaskClient) -> None:
    body = client.get("/api/v1/stories/cut").get_json()
    assert body["base"] == "lead"
    assert {one["id"]: one["relation"] for one in body["versions"]} == {
        "lead": None,
        "cut": "cut",
        "same": "identical",
        "extended": "cut",
        "edited": "edited",
    }
    assert [(one["id"], one["relation"]) for one in body["related"]] == [("passages", "passages")]
    alone = client.get("/api/v1/stories/schedule-1").get_json()
    assert [(one["id"], one["relation"]) for one in alone["related"]] == [("schedule-2", "template")]


def test_programs_fold_loosely_and_choose_the_lead(client: FlaskClient) -> None:
    word = STORY[0].split()[0]
    for copies, hits in (("fold", 2), ("loose", 2), ("show", 6)):
        body = client.get(f"/api/v1/search?q={word}&copies={copies}").get_json()
        assert body["hits_in_all"] == len(body["hits"]) == hits
        assert sum(1 + len(hit["copies"]) for hit in body["hits"]) == body["total"]["articles"] == 6
    for lead, id_ in (("earliest", "lead"), ("longest", "extended")):
        body = client.get(f"/api/v1/search?q={word}&lead={lead}&to=2020").get_json()
        assert [hit["id"] for hit in body["hits"]] == [id_]
        assert body["query"]["lead"] == lead


def test_the_article_page_tells_what_its_copies_are_to_it(client: FlaskClient) -> None:
    html = " ".join(client.get("/article/extended").get_data(as_text=True).split())
    assert html.count('<span class="relation">dipotong</span>') == 4
    assert "sebagian sama" in html


def test_a_form_filled_in_by_the_hundred_names_a_few_of_its_kind() -> None:
    held = MemoryEngine()
    days = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
    texts = {f"{number:03}": [schedule(days[number % 7], number)] for number in range(3 * MAX_RELATED_TEXTS)}
    fingerprints = NearDuplicateDetector()
    with held.build() as build:
        for id_, body in texts.items():
            build.add(an_article(id_, "\n".join(body)))
            fingerprints.add(id_, fingerprint(body))
        stories = fingerprints.group(lambda _: ())
        stories.save(build.companion_file(STORIES))
        build.set_stories(stories.story_ids, stories.loose_group_ids)
    assert len(related(held, [held.articles["000"]])) == MAX_RELATED_TEXTS


def test_versions_stand_by_when_each_is_known_to_have_appeared(client: FlaskClient) -> None:
    held = MemoryEngine()
    body = "\n".join(STORY)
    with held.build() as build:
        build.add(an_article("undated", body))
        build.add(an_article("dated", body, date(2020, 7, 2).isoformat()))
        build.set_stories({"dated": "dated", "undated": "dated"})
    app = create_app({"TESTING": True}, engine=held).test_client()
    answer = app.get("/api/v1/stories/dated").get_json()
    assert [(one["id"], one["date"]["value"]) for one in answer["articles"]] == [
        ("dated", "2020-07-02"),
        ("undated", "2020-07"),
    ]
