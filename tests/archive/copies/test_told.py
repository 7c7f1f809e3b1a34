"""What articles say of themselves tells copies from other news of one outlet, and round-ups from what they hold."""

from datetime import date

import pytest

from archive.article import Article
from archive.copies.fingerprints import fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.stories import Stories
from archive.copies.titles import announces_round_up, title_words
from archive.copies.told import Told, told_by
from archive.intake import article_from_record
from archive.record import Record
from tests.archive.copies.test_near_duplicates import words_of

MATCH = "Timnas Indonesia Menyerah 0-3 dari Thailand"
TEXT = "Timnas Indonesia kalah lagi di kandang sendiri. Pelatih meminta maaf kepada semua pendukung."


def grouped(*articles: tuple[list[str], Told]) -> Stories:
    detector = NearDuplicateDetector()
    for number, (words, told) in enumerate(articles):
        detector.add("abcd"[number], fingerprint([" ".join(words)]), told)
    return detector.group(lambda _: ())


def of_one_outlet(one: str, other: str, outlets: tuple[str, str] = ("Okezone", "Okezone")) -> Stories:
    """Two texts that share two thirds and open alike, as an outlet writes two pieces from one set of notes."""
    body = words_of("match", 160)
    edited = [*body[:100], *words_of("second half", 30), *body[130:], *words_of("end", 20)]
    return grouped((body, Told(outlet=outlets[0], title=one)), (edited, Told(outlet=outlets[1], title=other)))


def test_another_title_of_the_same_outlet_tells_other_news() -> None:
    found = of_one_outlet(MATCH, "Timnas Indonesia dan Thailand Sama Kuat di Babak Pertama")
    assert found.story_ids == {}
    assert [(link.article, link.relation) for link in found.links_of("a")] == [("b", "passages")]


@pytest.mark.parametrize(
    "title", [MATCH, "Timnas Menyerah 0-3 dari Thailand", "", "Indonesia takluk dari Thailand, 0-3"]
)
def test_a_title_that_is_kept_or_unknown_or_hardly_changed_leaves_a_copy(title: str) -> None:
    assert of_one_outlet(MATCH, title).story_ids == {"a": "a", "b": "a"}


@pytest.mark.parametrize("outlets", [("Okezone", "Sindonews"), ("Okezone", ""), ("", "")])
def test_copies_in_other_outlets_have_any_title(outlets: tuple[str, str]) -> None:
    found = of_one_outlet(MATCH, "Pelatih Kecewa Anak Asuhnya Kalah Lagi", outlets)
    assert found.story_ids == {"a": "a", "b": "a"}


def test_another_score_in_the_title_tells_other_news() -> None:
    found = of_one_outlet("Maroko Vs Haiti Piala Dunia: Menang 4-2", "Maroko Vs Haiti Piala Dunia: Imbang 2-1")
    assert found.story_ids == {}


def test_the_report_of_a_half_is_not_that_of_the_result() -> None:
    assert of_one_outlet("Arsenal Ungguli Frankfurt di Babak Pertama", "Arsenal Ungguli Frankfurt").story_ids == {}


def test_the_same_text_under_another_title_is_a_copy() -> None:
    body = words_of("match", 160)
    told = (Told(outlet="Tribun", title="Jadwal Siaran Langsung"), Told(outlet="Tribun", title="Cara Menonton di HP"))
    assert grouped((body, told[0]), ([*body, "akhir"], told[1])).story_ids == {"a": "a", "b": "a"}
    assert grouped((body, told[0]), (body[:90], told[1])).story_ids == {"a": "a", "b": "a"}


@pytest.mark.parametrize(("own", "same"), [(15, True), (40, False)])
def test_two_reports_of_one_press_conference_are_no_copies(own: int, same: bool) -> None:
    quoted = words_of("quoted", 200)
    reports = [
        [*quoted[:40], *words_of(f"{seed} own", own), *quoted[40:140], *words_of(seed, 60 * (seed == "long"))]
        for seed in ("short", "long")
    ]
    reports[1] = [*reports[1], *words_of("more", 60)]
    found = grouped((reports[0], Told(outlet="Okezone")), (reports[1], Told(outlet="Sindonews")))
    assert bool(found.story_ids) is same


@pytest.mark.parametrize(("lead", "same"), [(25, False), (8, True)])
def test_two_reports_with_leads_of_their_own_over_one_background_are_no_copies(lead: int, same: bool) -> None:
    background = words_of("background", 90)
    reports = [[*words_of(seed, lead), *background] for seed in ("minister arrives", "speaker arrives")]
    assert bool(grouped((reports[0], Told()), (reports[1], Told())).story_ids) is same
    assert grouped((reports[0], Told()), ([*reports[0], *words_of("more", 60)], Told())).story_ids != {}


@pytest.mark.parametrize(("outlet", "same"), [("Liputan6.com", False), ("Okezone", True)])
def test_a_reaction_that_holds_the_whole_report_of_its_outlet_is_no_copy(outlet: str, same: bool) -> None:
    report = words_of("report", 500)
    reaction = [*words_of("reaction", 110), *report]
    told = Told(outlet=outlet, title="Pesan Erick Thohir")
    assert bool(grouped((report, Told(outlet="Liputan6.com", title=MATCH)), (reaction, told)).story_ids) is same


@pytest.mark.parametrize(("day", "relation"), [(24, "template"), (18, "edited")])
def test_an_advertisement_with_the_day_of_the_next_week_fills_a_template(day: int, relation: str) -> None:
    first, again = (["sale", number, *words_of("sale", 150)] for number in ("17", "24"))
    found = grouped((first, Told(date(2026, 5, 17), "detikcom")), (again, Told(date(2026, 5, day), "detikcom")))
    assert set(found.relations.values()) == {relation}


@pytest.mark.parametrize(("title", "same"), [(MATCH, True), ("Thailand Puas", False), ("", False)])
def test_a_version_under_the_same_title_is_a_copy_however_it_opens(title: str, same: bool) -> None:
    body = words_of("match", 300)
    cut = [*words_of("another lead", 40), *body[160:260]]
    found = grouped((body, Told(outlet="Okezone", title=MATCH)), (cut, Told(outlet="Okezone", title=title)))
    assert bool(found.story_ids) is same


def test_a_title_derived_from_the_text_is_no_evidence() -> None:
    told = [
        told_by(article)
        for given in (MATCH, None)
        if isinstance(article := article_from_record(Record("a", "a.json", TEXT, title=given)), Article)
    ]
    assert [one.title for one in told] == [MATCH, ""]


def test_a_text_announced_as_the_most_read_of_the_day_is_in_no_story_of_them() -> None:
    body = words_of("source", 200)
    told = Told(outlet="detikcom", title="Dedi Mulyadi Curhat Bandara Kertajati Nombok")
    found = grouped(
        (body, told), (body[:190], Told(outlet="detikcom", title="Terpopuler: Curhat Bandara Kertajati Nombok"))
    )
    assert found.story_ids == {}
    assert set(found.relations.values()) == {"round-up"}


@pytest.mark.parametrize(("second", "same"), [("Crash Ngeri di Le Mans", False), ("Ducati Senang Lagi", True)])
def test_articles_that_stand_whole_in_one_text_are_no_copies(second: str, same: bool) -> None:
    one, other = words_of("first", 150), words_of("second", 140)
    found = grouped(
        ([*one, *other, *words_of("third", 120)], Told()),
        (one, Told(title="Ducati Senang Lagi")),
        (other, Told(title=second)),  # with the same title, both are cut from one long article
    )
    assert bool(found.story_ids) is same
    assert set(found.relations.values()) == ({"cut"} if same else {"round-up"})


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[POPULER NASIONAL] Inikah Akhir KPK? | Dua Surat Xanana", True),
        ("Terpopuler: KDM Curhat Bandara", True),
        ("5 Berita Terpopuler Internasional", True),
        ("Berita Populer: Fathir Ahmad", True),
        ("Top 3 Tekno Berita Hari Ini: BJ Habibie, Revisi UU KPK", True),
        ("TOP 3 News: Mahfud", True),
        ("10 Member Girl Group Terpopuler September 2019", False),
        ("Top 3 Puteri Indonesia 2019 Dikirim ke Ajang Internasional", False),
        ("Top 10 Film Karakter DC Comics Terbaik Hingga Saat Ini", False),
        ("Nama Anak Paling Populer di Jepang", False),
        ("", False),
    ],
)
def test_which_titles_announce_a_round_up(title: str, expected: bool) -> None:
    assert announces_round_up(title) is expected


def test_titles_are_compared_without_case_and_words_that_say_nothing() -> None:
    found = title_words(["Jokowi akan tiba di Padang", "", "JOKOWI TIBA: PADANG", "dan di yang"])
    assert found.lengths.tolist() == [3, 0, 3, 0]
    assert found.values[:3].tolist() == found.values[3:].tolist()


def test_several_articles_of_one_text_speak_together() -> None:
    body = words_of("match", 160)
    edited = [*body[:100], *words_of("second half", 30), *body[130:], *words_of("end", 20)]
    first = Told(date(2019, 9, 1), "Okezone", "Pelatih Kecewa")
    found = grouped((body, first), (body, Told(outlet="Okezone", title=MATCH)), (edited, Told(None, "Okezone", MATCH)))
    assert set(found.story_ids) == {"a", "b", "c"}
    elsewhere = (body, Told(outlet="Sindonews", title="Lain"))
    assert set(grouped((body, first), elsewhere, (edited, Told(None, "Okezone", "Hasil Laga"))).story_ids) == set("abc")
