"""Did you mean: a typo is corrected to a word of the archive, but only if the correction finds something."""

import pytest

from archive.meanings.edit_distance import distance
from index.answers.hints.did_you_mean import clearer_correction, correction, has_unknown_word
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    said = [
        "Membuat kemajuan besar dalam perundingan",
        "kemajuan besar",
        "Harga beras naik",
        "beras naik lagi",
        "Pemerintah memberi keterangan; harga tetap",
        "diberi harga",
        "beri",
        "tanggung jawab menteri",
        "bulutangkis di rumah",
        "KPK memeriksa pembangunan infrastruktur",
    ]
    build(held, *(an_article(str(number), text, outlet="Kompas.com") for number, text in enumerate(said)))
    return held


def meant(engine: MemoryEngine, text: str, **wishes: object) -> str | None:
    found = correction(engine, Query(text, **wishes))  # type: ignore[arg-type]  # wishes are Query's own fields
    return None if found is None else found.query.text


def test_a_slip_of_one_letter_is_met_by_the_word(engine: MemoryEngine) -> None:
    assert [meant(engine, text) for text in ("kemajaun", "kemajun", "kemajuuan", "kemojuan")] == ["kemajuan"] * 4


def test_a_long_word_may_have_two_slips(engine: MemoryEngine) -> None:
    assert meant(engine, "infrastuktr") == "infrastruktur"
    assert meant(engine, "brsa") is None


def test_words_written_as_one_are_parted_and_parted_ones_joined(engine: MemoryEngine) -> None:
    assert meant(engine, "tanggungjawab") == "tanggung jawab"
    assert meant(engine, "bulu tangkis") == "bulutangkis"


def test_of_several_words_the_one_that_goes_with_the_others_is_meant(engine: MemoryEngine) -> None:
    assert meant(engine, "harga bers naik") == "harga beras naik"


def test_only_the_slip_changes_in_what_was_typed(engine: MemoryEngine) -> None:
    assert meant(engine, '"Membuat kemajaun" besar -Jepang') == '"Membuat kemajuan" besar -Jepang'
    assert meant(engine, "(kemajaun OR kemundurann) besar") == "(kemajuan OR kemundurann) besar"


def test_a_slip_in_what_a_fact_is_asked_by_is_met_by_the_words_of_its_values(engine: MemoryEngine) -> None:
    assert meant(engine, "outlet:kompaz") == "outlet:kompas"
    assert meant(engine, "harga media:(Kompass OR Tempo) naik") == "harga media:(Kompas OR Tempo) naik"
    assert meant(engine, "outlet:kemajaun") is None


def test_nothing_is_offered_that_finds_nothing(engine: MemoryEngine) -> None:
    assert meant(engine, "kemajaun bulutangkis") is None
    assert meant(engine, "kemajaun", chosen={"outlet": ("Tempo.co",)}) is None
    assert meant(engine, "zzzzzz") is None


def test_what_is_denied_is_no_slip(engine: MemoryEngine) -> None:
    assert meant(engine, "beras -kemajaun jawab") is None


def test_words_typed_in_capitals_by_chance_are_met_in_small_letters(engine: MemoryEngine) -> None:
    assert meant(engine, "KEMAJUAN") == "kemajuan"
    assert meant(engine, "KEMAJAUN") == "KEMAJUAN"


def test_capitals_stay_as_they_were_typed_where_that_finds_something(engine: MemoryEngine) -> None:
    assert meant(engine, "Kemajaun Besar") == "Kemajuan Besar"
    assert meant(engine, "KPK pembagunan") == "KPK pembangunan"
    assert meant(engine, "HARGA pembagunan OR KPK pembagunan") == "HARGA pembangunan OR KPK pembangunan"


def test_a_correction_says_how_much_it_finds(engine: MemoryEngine) -> None:
    found = correction(engine, Query("kemajaun", page=7))
    assert found is not None
    assert (found.articles, found.stories, found.query.page) == (2, 2, 1)


def test_an_alternative_the_archive_lacks_is_noticed_although_others_find(engine: MemoryEngine) -> None:
    assert has_unknown_word(engine, Query("beras OR kemajaun"))
    assert not has_unknown_word(engine, Query("beras OR majunya"))
    assert not has_unknown_word(engine, Query("beras harga"))


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("beras", "beras", 0),
        ("beras", "bears", 1),
        ("beras", "keras", 1),
        ("", "abc", 3),
        ("infrastuktr", "infrastruktur", 2),
    ],
)
def test_the_distance_counts_edits_and_swapped_neighbours_once(one: str, other: str, edits: int) -> None:
    assert distance(one, other) == distance(other, one) == edits


@pytest.fixture(scope="module")
def larger() -> MemoryEngine:
    held = MemoryEngine()
    said = ["Anies Baswedan di Freeport"] * 40 + ["Anis Baswedan di Freport", "teh anis", "manggis enak", "manis enak"]
    build(held, *(an_article(str(number), text) for number, text in enumerate(said)))
    return held


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("freport", "freeport"),
        ("anis baswedan", "anies baswedan"),
        ("freport OR x", "freeport OR x"),
        ("anis", None),  # a word of the language, alone
        ("manggis", None),  # no neighbour is so much more frequent
        ("freeport", None),
    ],
)
def test_beside_a_few_results_a_spelling_with_clearly_more_is_offered(
    larger: MemoryEngine, text: str, expected: str | None
) -> None:
    found = clearer_correction(larger, Query(text), larger.find(Query(text)).articles)
    assert (found.query.text if found else None) == expected


def test_many_results_are_not_doubted(larger: MemoryEngine) -> None:
    assert clearer_correction(larger, Query("freport"), 26) is None


def test_a_far_relative_is_no_other_spelling() -> None:
    held = MemoryEngine()
    build(held, *(an_article(f"{number}", "pemerintah pusat") for number in range(9)))
    assert meant(held, "perintah") is None
    assert meant(held, "pemerimtah") == "pemerintah"
