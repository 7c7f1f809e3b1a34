"""Query expansion: what it adds, what it leaves unchanged, how it is switched off and reported."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.meanings.sense_selection import ShortForm, ShortFormKind
from archive.meanings.short_forms import ShortForms
from index.answers.expansion_report import expansions, offered, word_forms
from index.expansion.query_expansion import ExpansionContext, expand, normalized, parse_and_expand
from index.query.editing import with_alternative
from index.query.language import parse
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import Expanded, ExpansionReason, Node, Not, Phrase, Word
from index.query.writing import to_text
from index.words.stemming import stem
from tests.contract.engine_contract import an_article
from tests.contract.memory_engine import MemoryVocabulary, says

ARTICLES = [
    an_article("a", "Amerika Serikat menang. Roda as patah."),
    an_article("b", "AS kalah. KPK dan Komisi Pemberantasan Korupsi rapat."),
    an_article("c", "aktivitas di Jumat, aktifitas di Jum'at. Menlu bertemu, pertemuan ditemui"),
    an_article("e", "Satpol PP datang. Satuan Polisi Pamong Praja pulang. Ada pp lain."),
    an_article("d", "Menteri Luar Negeri Korea Utara. Korut dan SIM, surat izin mengemudi"),
]
WORDS = ["AS", "as", "KPK", "kpk", "Korut", "Menlu", "aktivitas", "bertemu", "SIM", "roda", "-AS", '"AS"', "=as"]
NAMES = ["Amerika Serikat", "komisi pemberantasan korupsi", "menteri luar negeri", "korea utara", "judul:(korea utara)"]


def form(written: str, long: str, *, applied: bool = True, capitals: bool = False) -> ShortForm:
    return ShortForm(written.lower(), written, tuple(long.split()), 3, 1.0, ShortFormKind.LEARNED, applied, capitals)


SHORT_FORMS = [
    form("AS", "amerika serikat", capitals=True),
    form("KPK", "komisi pemberantasan korupsi"),
    form("Korut", "korea utara"),
    form("Menlu", "menteri luar negeri"),
    form("SIM", "surat izin mengemudi", applied=False, capitals=True),
    form("Timteng", "timur tengah"),
    form("Satpol PP", "satuan polisi pamong praja"),
]


@pytest.fixture(scope="module")
def means() -> ExpansionContext:
    return ExpansionContext(ShortForms(SHORT_FORMS), MemoryVocabulary(ARTICLES))


def read(means: ExpansionContext, text: str, **wishes: object) -> Node:
    query = Query(text, **wishes)  # type: ignore[arg-type]  # wishes are Query's own fields
    return expand(query, parse(text), means)


def found(tree: Node) -> set[str]:
    return {article.id for article in ARTICLES if says(article, tree)}


def also(means: ExpansionContext, text: str, **wishes: object) -> list[str]:
    return [one.also for one in expansions(read(means, text, **wishes), text) if not one.off]


def expanded(node: Node) -> Iterator[Expanded]:
    if isinstance(node, Expanded):
        yield node
    for part in getattr(node, "parts", ()):
        yield from expanded(part)


def test_a_short_form_is_searched_with_its_long_form_and_the_other_way_round(means: ExpansionContext) -> None:
    assert found(read(means, "Korut")) == found(read(means, "Korea Utara")) == {"d"}
    assert found(read(means, "AS")) == {"a", "b"}
    assert also(means, "kpk") == ["Komisi Pemberantasan Korupsi"]
    assert also(means, "pidato Menteri Luar Negeri Korea Utara") == ["Menlu", "Korut"]


def test_a_short_form_of_several_words_is_one_expression(means: ExpansionContext) -> None:
    assert also(means, "razia satpol PP") == ["Satuan Polisi Pamong Praja"]
    assert also(means, "satuan polisi pamong praja") == ["Satpol PP"]
    assert found(read(means, "satuan polisi pamong praja")) == {"e"}


def test_a_short_form_that_is_an_everyday_word_is_searched_in_capitals_alone(means: ExpansionContext) -> None:
    (node,) = expanded(read(means, "Amerika Serikat"))
    assert [other.leaf for other in node.also] == [Word("as", node.asked.parts[0].span, capitals=True)]  # type: ignore[union-attr]


def test_a_short_form_that_is_a_name_is_searched_in_its_very_form(means: ExpansionContext) -> None:
    (node,) = expanded(read(means, "komisi pemberantasan korupsi"))
    assert [type(other.leaf) for other in node.also] == [Phrase]


def test_words_of_a_name_are_one_part_and_keep_their_neighbours(means: ExpansionContext) -> None:
    tree = read(means, "rapat komisi pemberantasan korupsi kemarin")
    assert [type(part).__name__ for part in tree.parts] == ["Word", "Expanded", "Word"]  # type: ignore[union-attr]
    assert to_text(tree) == "rapat komisi pemberantasan korupsi kemarin"


@pytest.mark.parametrize(
    "text", ['"Korut"', "=Korut", '"Korea Utara"', "-Korut", "outlet:korut", "-(Korea Utara)", "kor?t"]
)
def test_what_is_quoted_denied_or_asked_of_facts_means_itself_alone(means: ExpansionContext, text: str) -> None:
    assert read(means, text) == parse(text)


def test_titles_are_searched_with_what_means_the_same_in_titles(means: ExpansionContext) -> None:
    (node,) = expanded(read(means, "judul:Korut"))
    assert [other.leaf.field for other in node.also] == ["title"]


def test_what_the_archive_does_not_have_is_not_searched(means: ExpansionContext) -> None:
    assert read(means, "Timteng") == parse("Timteng")


def test_what_is_asked_anyway_is_not_added(means: ExpansionContext) -> None:
    assert read(means, 'Korut OR "Korea Utara"') == parse('Korut OR "Korea Utara"')


def test_nothing_is_added_where_nothing_is_to_be_expanded(means: ExpansionContext) -> None:
    assert read(means, "Korut AS", expand=False) == parse("Korut AS")


@pytest.mark.parametrize("words", ["Korea Utara", "korea utara", "KOREA  UTARA"])
def test_one_expansion_can_be_switched_off_and_is_remembered(means: ExpansionContext, words: str) -> None:
    tree = read(means, "Korut Menlu", off=(words,))
    assert [(one.also, one.off) for one in expansions(tree, "Korut Menlu")] == [
        ("Korea Utara", True),
        ("Menteri Luar Negeri", False),
    ]
    assert found(read(means, "Korut", off=(words,))) == found(parse("Korut"))


def test_an_unsure_meaning_is_offered_with_the_query_that_asks_for_it(means: ExpansionContext) -> None:
    text = "SIM -roda"
    tree = read(means, text)
    (one,) = offered(tree, text)
    assert (one.asked, one.also, one.because) == ("SIM", "Surat Izin Mengemudi", ExpansionReason.LONG_FORM)
    assert found(tree) == found(parse(text))
    assert with_alternative(tree, text, one.span, one.leaf) == '(SIM OR "surat izin mengemudi") -roda'
    accepted = with_alternative(tree, text, one.span, one.leaf)
    assert not offered(read(means, accepted), accepted)


def test_a_form_that_is_switched_off_is_not_found_by_any_word_of_its_stem(means: ExpansionContext) -> None:
    vocabulary = means.vocabulary
    tree = read(means, "bertemu", off=("ditemui",))
    assert isinstance(tree, Word)
    assert tree.without == ("ditemui",)
    (word,) = word_forms(tree, "bertemu", vocabulary)
    assert {(one.form, one.off) for one in word.forms} == {("bertemu", False), ("pertemuan", False), ("ditemui", True)}
    assert found(read(means, "temu", off=("bertemu", "pertemuan"))) == {"c"}
    assert found(read(means, "temu", off=("bertemu", "pertemuan", "ditemui"))) == set()


def test_the_forms_of_a_word_are_told_once_and_not_of_words_in_capitals_or_denied(means: ExpansionContext) -> None:
    text = "temu KPK pertemuan -rapat outlet:roda Korut"
    told = word_forms(read(means, text), text, means.vocabulary)
    assert [word.word for word in told] == ["temu", "Korut"]
    assert {one.form: one.articles for one in told[0].forms} == {"bertemu": 1, "pertemuan": 1, "ditemui": 1}


def test_a_query_is_read_once(means: ExpansionContext) -> None:
    assert parse_and_expand(Query("Korut page"), means) is parse_and_expand(Query("Korut page", page=2), means)
    assert parse_and_expand(Query("Korut page"), means) is not parse_and_expand(
        Query("Korut page", expand=False), means
    )


queries = st.recursive(
    st.sampled_from([*WORDS, *NAMES]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) OR ({two[1]})"),
        inner.map("-({})".format),
    ),
    max_leaves=5,
)


@given(queries)
def test_expanding_never_loses_what_was_found_without(means: ExpansionContext, text: str) -> None:
    assert found(parse(text)) <= found(read(means, text))


@given(
    queries, st.lists(st.sampled_from(["Korea Utara", "AS", "bertemu", "aktifitas", "", "!"])).map(tuple), st.booleans()
)
def test_an_expanded_query_asks_for_the_same_words_in_the_same_places(
    means: ExpansionContext, text: str, off: tuple[str, ...], expand: bool
) -> None:
    tree = read(means, text, off=off, expand=expand)
    assert to_text(tree) == to_text(parse(text))
    assert [leaf.span for leaf in leaves(tree)] == [leaf.span for leaf in leaves(parse(text))]
    assert not any(isinstance(node.asked, Not) for node in expanded(tree))


def test_words_are_compared_without_regard_to_how_they_are_written() -> None:
    assert normalized("Amerika  SERIKAT!") == "amerika serikat"
    assert stem("ditemui") == stem("pertemuan")


@pytest.mark.parametrize(
    ("typed", "written"), [("undang-undang", "UU"), ("Perserikatan Bangsa-Bangsa", "PBB"), ("undang undang", "UU")]
)
def test_a_name_may_be_written_with_a_hyphen_and_is_shown_with_one(typed: str, written: str) -> None:
    laws = [an_article("law", "Undang-Undang (UU) baru"), an_article("un", "Perserikatan Bangsa-Bangsa (PBB)")]
    shorts = ShortForms([form("UU", "undang undang"), form("PBB", "perserikatan bangsa bangsa")])
    means = ExpansionContext(shorts, MemoryVocabulary(laws))
    assert also(means, typed) == [written]
    assert also(means, f"rapat {typed} baru") == [written]
    assert also(means, "UU PBB") == ["Undang-Undang", "Perserikatan Bangsa-Bangsa"]
    assert also(means, "UU", off=("Undang-Undang",)) == also(means, typed, off=(written,)) == []
    assert also(means, "perundang-undangan bangsa-bangsa") == []


def test_a_word_with_several_meanings_in_capitals_is_meant_in_capitals() -> None:
    said = [an_article("in capitals", "SIM"), *(an_article(f"{number}", "sim") for number in range(9))]
    context = ExpansionContext(ShortForms(SHORT_FORMS), MemoryVocabulary(said))
    assert [leaf.capitals for leaf in leaves(read(context, "SIM")) if isinstance(leaf, Word)] == [True]
    context = ExpansionContext(ShortForms([]), MemoryVocabulary(said))
    assert [leaf.capitals for leaf in leaves(read(context, "SIM")) if isinstance(leaf, Word)] == [False]
