"""One expression, however it is cut: each way to write it finds the other, and what means two things is never tied."""

import pytest

from archive.meanings.joints import DIFFERENT, LISTED
from archive.meanings.short_forms import ShortForms
from index.answers.expansion_report import expansions
from index.expansion.joints import JointFinder
from index.expansion.query_expansion import ExpansionContext, expand
from index.query.language import parse
from index.query.request import Query
from index.query.tree import Node, Word
from tests.contract.engine_contract import an_article
from tests.contract.memory_engine import MemoryVocabulary, says

WAYS = {
    "walikota": "Walikota meresmikan pasar.",
    "wali kota": "Wali kota meresmikan taman.",
    "u-19": "Timnas U-19 menang.",
    "u19": "Pelatih U19 memanggil pemain.",
    "u 19": "Tim U 19 berlaga.",
    "km50": "Itu terjadi di Km50 jalan tol.",
    "km 50": "Itu terjadi di KM 50 jalan tol.",
    "bj": "BJ Habibie dikenang.",
    "b.j.": "B.J. Habibie wafat.",
    "b j": "B J Habibie pernah di Jerman.",
    "antikorupsi": "Gerakan antikorupsi digalakkan.",
    "anti korupsi": "Gerakan anti korupsi digalakkan.",
    "anti-korupsi": "Gerakan anti-korupsi digalakkan.",
    "alquran": "Lomba baca Alquran.",
    "al-quran": "Lomba baca Al-Quran.",
    "covid19": "Vaksin covid19 tiba.",
    "covid-19": "Vaksin Covid-19 tiba.",
    "5,6": "Gempa magnitudo 5,6 terasa.",
    "5.6": "Gempa magnitudo 5.6 terasa.",
    "aktivis": "Seorang aktivis ditangkap.",
    "aktifis": "Para aktifis berunjuk rasa.",
    "w-2": "Formulir W-2 wajib diserahkan.",
    "ww-2": "Formulir WW-2 tidak dipakai.",
    "w dari 2": "Surat W dari 2 saksi dibacakan.",
    "beruang": "Seekor beruang masuk kampung; orang ber dan uang lain hal.",
    "sejauh": "Sejauh ini aman; se kampung jauh dari sini.",
}
ARTICLES = {name: an_article(name, text, title="Kabar") for name, text in WAYS.items()}


@pytest.fixture(scope="module")
def context() -> ExpansionContext:
    return ExpansionContext(ShortForms([]), MemoryVocabulary(ARTICLES.values()))


def read(context: ExpansionContext, text: str, **wishes: object) -> Node:
    return expand(Query(text, **wishes), parse(text), context)  # type: ignore[arg-type]  # wishes are Query's own fields


def found(context: ExpansionContext, text: str, **wishes: object) -> set[str]:
    tree = read(context, text, **wishes)
    return {name for name, article in ARTICLES.items() if says(article, tree)}


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        (("walikota", "wali kota", "wali-kota", "Walikota"), {"walikota", "wali kota"}),
        (("U-19", "U19", "u19", "U 19"), {"u-19", "u19", "u 19"}),
        (("KM 50", "Km50", "km50", "KM-50"), {"km50", "km 50"}),
        (("BJ Habibie", "B.J. Habibie", "B. J. Habibie", "B J Habibie"), {"bj", "b.j.", "b j"}),
        (("antikorupsi", "anti korupsi", "anti-korupsi"), {"antikorupsi", "anti korupsi", "anti-korupsi"}),
        (("alquran", "Al-Quran", "al quran"), {"alquran", "al-quran"}),
        (("covid19", "Covid-19", "covid 19"), {"covid19", "covid-19"}),
        (("5,6", "5.6"), {"5,6", "5.6"}),
        (("aktivis", "aktifis"), {"aktivis", "aktifis"}),
        (("W-2",), {"w-2"}),
    ],
)
def test_each_way_to_write_an_expression_finds_all(
    context: ExpansionContext, typed: tuple[str, ...], ways: set[str]
) -> None:
    assert {text: found(context, text) for text in typed} == dict.fromkeys(typed, ways)


@pytest.mark.parametrize("text", ['"wali kota"', "=walikota", '"U-19"', "=U-19", "=(U-19 OR walikota)", "-walikota"])
def test_what_is_quoted_or_denied_means_this_way_alone(context: ExpansionContext, text: str) -> None:
    assert read(context, text) == parse(text)


def test_words_that_mean_something_else_apart_are_not_split(context: ExpansionContext) -> None:
    for text in ("beruang", "sejauh"):
        assert isinstance(read(context, text), Word)


def test_the_other_way_is_told_and_can_be_switched_off(context: ExpansionContext) -> None:
    (one,) = expansions(read(context, "walikota"), "walikota")
    assert (one.asked, one.also, one.because.value, one.off) == ("walikota", "wali kota", "joint", False)
    assert found(context, "walikota", off=("wali kota",)) == {"walikota"}
    (again,) = expansions(read(context, "walikota", off=("wali kota",)), "walikota")
    assert again.off
    assert found(context, "wali kota", off=("walikota",)) == {"wali kota"}
    assert found(context, "B.J.", off=("BJ",)) == {"b.j.", "b j"}


def test_counts_alone_tie_what_keeps_company_and_is_written_both_ways_often_enough() -> None:
    many = [an_article(f"a{n}", "rujak cingur enak") for n in range(6)]
    joined = [an_article(f"b{n}", "rujakcingur enak") for n in range(5)]
    other = [an_article(f"c{n}", " ".join(f"kata{n}x{word}" for word in range(60))) for n in range(20)]
    assert JointFinder(MemoryVocabulary([*many, *joined, *other])).apart("rujakcingur") == (("rujak", "cingur"),)
    assert JointFinder(MemoryVocabulary([*many, *joined[:4], *other])).apart("rujakcingur") == ()
    apart = [an_article(f"d{n}", f"rujak lain {n}, cingur lain {n}") for n in range(40)]
    assert JointFinder(MemoryVocabulary([*many, *joined, *apart])).apart("rujakcingur") == ()


def test_a_root_word_is_never_split_by_counts_alone() -> None:
    articles = [an_article(f"a{n}", "kertas kado dan kemarau panjang") for n in range(6)]
    articles += [an_article(f"b{n}", "ke marau mereka pergi") for n in range(6)]
    assert JointFinder(MemoryVocabulary(articles)).apart("kemarau") == ()


def test_the_lists_are_of_two_words_and_do_not_contradict_each_other() -> None:
    assert LISTED
    assert not LISTED & DIFFERENT
    assert all(first.isalnum() and second.isalnum() for first, second in LISTED | DIFFERENT)
