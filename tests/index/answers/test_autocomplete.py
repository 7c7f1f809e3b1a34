"""Autocomplete completes the word being typed from the archive and keeps the text before it."""

import pytest

from index.answers.hints.autocomplete import suggestions
from index.query.language import MAX_LENGTH
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    build(
        held,
        an_article("a", "kemajuan kemarin, kata KPK; Jong-un; orang andal"),
        an_article("b", "kemajuan kembali; Jakarta"),
        an_article("c", "kemajuan kembali; anak-anak"),
    )
    return held


def texts(engine: MemoryEngine, typed: str) -> list[str]:
    return [one.text for one in suggestions(engine, typed)]


def test_the_last_word_is_completed_the_most_frequent_first(engine: MemoryEngine) -> None:
    found = suggestions(engine, "harga kem")
    assert [(one.text, one.word, one.articles) for one in found] == [
        ("harga kemajuan", "kemajuan", 3),
        ("harga kembali", "kembali", 2),
        ("harga kemarin", "kemarin", 1),
    ]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ('"dua kemaj', '"dua kemajuan'),
        ("-kemaj", "-kemajuan"),
        ("judul:kemaj", "judul:kemajuan"),
        ("(satu OR Kemaj", "(satu OR Kemajuan"),
        ("KP", "KPK"),
        ("Jak", "Jakarta"),
        ("anak-an", "anak-anak"),
    ],
)
def test_what_stands_before_it_and_its_capitals_stay(engine: MemoryEngine, typed: str, completed: str) -> None:
    assert texts(engine, typed) == [completed]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kemajuan ",
        "kem*",
        "outlet:kem",
        "-(media:kem",
        "date:20",
        "zzz",
        "?",
        "dua AND",
        "OR",
        "k" * MAX_LENGTH + "k",
    ],
)
def test_where_there_is_no_word_to_complete_nothing_is_suggested(engine: MemoryEngine, typed: str) -> None:
    assert texts(engine, typed) == []


def test_a_slip_is_met_by_its_neighbours(engine: MemoryEngine) -> None:
    assert texts(engine, "dua kemajaun") == ["dua kemajuan"]


def test_at_most_eight_are_suggested() -> None:
    held = MemoryEngine()
    build(held, an_article("a", " ".join(f"kata{letter}" for letter in "abcdefghijkl")))
    assert len(suggestions(held, "kat")) == 8


def test_after_a_hyphen_only_the_word_before_it_is_suggested(engine: MemoryEngine) -> None:
    assert texts(engine, "dua Anak-an") == ["dua Anak-anak"]
    assert [texts(engine, typed) for typed in ("Jong-k", "KPK-kem", "anak-kem")] == [[], [], []]


def test_in_capitals_only_what_stands_in_capitals_is_suggested_with_how_often_it_does(engine: MemoryEngine) -> None:
    held = MemoryEngine()
    build(held, an_article("a", "KPK kpk kpkpn orang OR and"), an_article("b", "kpk; KPKPN or"), an_article("c", "KPK"))
    assert [(one.text, one.articles) for one in suggestions(held, "KP")] == [("KPK", 2), ("KPKPN", 1)]
    assert texts(engine, "dua KEMAJ") == ["dua kemajuan"]


@pytest.fixture(scope="module")
def press() -> MemoryEngine:
    held = MemoryEngine()
    titles = [
        "Harga beras naik",
        "Harga Beras turun",
        "Harga BBM naik",
        "Harga bbm",
        "Harga dan berita",
        "Harga berita",
    ]
    articles = [
        an_article(str(number), "berita berita", title=title, title_derived=False, outlet="detikcom")
        for number, title in enumerate(titles)
    ]
    other = an_article("x", "kebakaranhebat", outlet="Kompas TV", reporters=("Budi Detikan",))
    fires = [an_article(f"f{number}", "kebakaran hebat melanda") for number in range(12)]
    build(held, *articles, other, *fires)
    return held


def test_words_that_follow_the_word_before_in_titles_come_first(press: MemoryEngine) -> None:
    found = suggestions(press, "harga b")
    assert [(one.text, one.word, one.articles) for one in found] == [
        ("harga bbm", "bbm", 2),
        ("harga beras", "beras", 2),
    ]
    assert texts(press, "naiknya Harga Be") == ["naiknya Harga Beras"]
    assert texts(press, "naiknya ber") == ["naiknya berita", "naiknya beras"]


def test_words_that_lost_their_blank_are_not_suggested(press: MemoryEngine) -> None:
    assert texts(press, "kebakaran") == ["kebakaran"]
    assert texts(press, "kebakaranh") == []


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("harga outlet:det", ["harga outlet:detikcom"]),
        ("-media:komp", ['-media:"Kompas TV"']),
        ('beras outlet:"kompas t', ['beras outlet:"Kompas TV"']),
        ("outlet:tv", ['outlet:"Kompas TV"']),
        ("(reporter:bud", ['(reporter:"Budi Detikan"']),
        ("outlet:zzz", []),
    ],
)
def test_values_of_facts_are_completed(press: MemoryEngine, typed: str, completed: list[str]) -> None:
    assert texts(press, typed) == completed


def test_values_of_facts_are_offered_beside_words(press: MemoryEngine) -> None:
    offered = suggestions(press, "harga deti", lambda field: press.find(Query(), facets=(field,)).counts[field])
    assert [one.text for one in offered] == ["harga outlet:detikcom"]
