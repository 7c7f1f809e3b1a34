"""The query language: how query texts are parsed, written back, and rejected with errors."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from index.query.editing import in_lowercase, with_alternative, without
from index.query.errors import BadQuery, Problem
from index.query.language import MAX_LEAVES, MAX_LENGTH, parse
from index.query.leaves import leaves
from index.query.subqueries import without_value
from index.query.tree import And, DateRange, Everything, Leaf, Node, Not, Or, Phrase, Span, StorySize, Wildcard, Word
from index.query.writing import to_text

NAMES = ["Korut", "Jong-un", "AS/Korut", "Jum’at", "KPK", "AND/KPK", "KTP-nya", "=AS", "=anak-anak"]
FORMS = [*NAMES, "korupsi", "anak-anak", "KTP-nya", "1,5", "Rp12.000", "or", "&", "apa?"]
NEAR = ['"dua kata"~~5', "korupsi NEAR/3 KPK", "U-23 NEAR anak-anak NEAR =AS"]
VALUES = [*FORMS, *NEAR, "denuklir*", "*asi", "k?rupsi", "anti-kor*", '"Kim Jong-un"', "“dua kata”~5", "«satu»"]
FIELDS = ["title", "judul", "outlet", "media", "biro", "Editor", "penulis", "tempat"]
DATES = ["2018", "2018-05", "2018-5-3", "2018..2019-06", "2018-02..", "..2018-12-30", "2020-02..2020-02", "0001"]
OPERATORS = [" ", " AND ", " DAN ", " OR ", " ATAU ", " NOT ", " BUKAN ", " -", "  - ", "\u00a0"]

values = some.sampled_from(VALUES)
plain_queries = some.recursive(
    values,
    lambda inner: some.one_of(
        some.tuples(inner, some.sampled_from(OPERATORS), inner).map("".join),
        inner.map("({})".format),
        inner.map("NOT ({})".format),
    ),
    max_leaves=6,
)
fielded = some.one_of(
    some.tuples(some.sampled_from(FIELDS), values).map(":".join),
    some.tuples(some.sampled_from(FIELDS), plain_queries).map(lambda pair: f"{pair[0]}:({pair[1]})"),
    some.sampled_from(DATES).map("tanggal:{}".format),
)
queries = some.recursive(
    some.one_of(plain_queries, fielded),
    lambda inner: some.one_of(
        some.tuples(inner, some.sampled_from(OPERATORS), inner).map("".join),
        inner.map("-({})".format),
    ),
    max_leaves=4,
)
SIGNS = ["(", ")", "=", '"', "“", "~5", "~~", "title:", "date:", "x:", "*", "?", "-", "..", "|"]
SIGNS += ["[a-z]", "\\", "&&", "+", "NEAR/", " NEAR/9 ", " TO ", "https://a.b/c?d=e*&&f", "{"]
scraps = some.lists(some.sampled_from([*VALUES, *OPERATORS, *DATES, *SIGNS])).map("".join)


def structure(node: Node) -> tuple[object, ...]:
    """The tree without its spans."""
    parts = [structure(part) for part in getattr(node, "parts", [node.part] if isinstance(node, Not) else [])]
    known = {"span", "parts", "part", "ordered"}
    shown = [fact.name for fact in fields(node) if fact.compare and fact.name not in known]
    unordered = ["unordered"] if isinstance(node, Phrase) and not node.ordered else []
    return type(node), *parts, *(getattr(node, name) for name in shown), *unordered


def word(form: str, field: str | None = None, *, capitals: bool = False) -> tuple[object, ...]:
    return Word, form, field, capitals, ()


@pytest.mark.parametrize(
    ("text", "measure", "least", "most"),
    [
        ("versi:5..", "versions", 5, None),
        ("Versions:5", "versions", 5, 5),
        ("sebaran:2..4", "outlets", 2, 4),
        ("outlets:..3", "outlets", None, 3),
        ("versi:0", "versions", 0, 0),
    ],
)
def test_the_size_of_a_story_is_a_number_or_a_range(
    text: str, measure: str, least: int | None, most: int | None
) -> None:
    (leaf,) = (one for one in leaves(parse(f"a {text}")) if isinstance(one, StorySize))
    assert (leaf.measure, leaf.least, leaf.most, leaf.span) == (measure, least, most, Span(2, 2 + len(text)))
    assert parse(to_text(leaf)) == replace(leaf, span=Span(0, len(to_text(leaf))))


def read(text: str) -> tuple[object, ...]:
    return structure(parse(text))


def only(text: str) -> Leaf:
    (leaf,) = leaves(parse(text))
    return leaf


def readable(text: str) -> Node | None:
    try:
        return parse(text)
    except BadQuery:
        return None


@pytest.mark.parametrize("text", ["", " ", "\t\u00a0\u3000\n"])
def test_a_blank_query_asks_for_everything(text: str) -> None:
    assert read(text) == (Everything,)


def test_words_side_by_side_are_all_wanted() -> None:
    assert read("kunjungan presiden") == (And, word("kunjungan"), word("presiden"))
    assert read("kunjungan AND presiden") == read("kunjungan DAN presiden") == read("kunjungan\u3000presiden")


def test_not_binds_closer_than_and_and_and_closer_than_or() -> None:
    expected = (Or, word("a"), (And, word("b"), (Not, word("c"))))
    assert read("a OR b NOT c") == read("a ATAU b AND -c") == read("a OR (b BUKAN c)") == expected
    assert read("(a OR b) c") == (And, (Or, word("a"), word("b")), word("c"))


def test_operators_in_small_letters_are_words() -> None:
    assert read("hidup atau mati") == (And, word("hidup"), word("atau"), word("mati"))
    assert read("bukan dan or") == (And, word("bukan"), word("dan"), word("or"))
    assert read("orang notaris andi") == (And, word("orang"), word("notaris"), word("andi"))


def test_a_query_may_deny_only() -> None:
    assert read("-korupsi") == read("NOT korupsi") == (Not, word("korupsi"))


def test_a_dash_between_blanks_is_punctuation() -> None:
    assert read("Trump - Kim -- Moon") == (And, word("trump"), word("kim"), word("moon"))


@pytest.mark.parametrize("text", ['"Kim Jong Un"', "“Kim Jong-un”", "„Kim Jong‑Un“", "«kim jong un»"])
def test_quotation_marks_of_any_shape_make_a_phrase(text: str) -> None:
    assert read(text) == (Phrase, ("kim", "jong", "un"), 1, None)


def test_a_phrase_may_allow_a_distance() -> None:
    assert read('"nuklir sanksi"~5') == (Phrase, ("nuklir", "sanksi"), 5, None)


@pytest.mark.parametrize("text", ['"nuklir sanksi"~~5', "nuklir NEAR/5 sanksi"])
def test_words_may_be_near_in_any_order(text: str) -> None:
    assert read(text) == (Phrase, ("nuklir", "sanksi"), 5, None, "unordered")


def test_near_binds_closest_and_joins_several_words() -> None:
    assert read("a NEAR b NEAR c d") == (And, (Phrase, ("a", "b", "c"), 10, None, "unordered"), word("d"))
    assert read("-a NEAR/3 b OR c") == (Or, (Not, (Phrase, ("a", "b"), 3, None, "unordered")), word("c"))
    assert read("title:(a NEAR/3 b)") == (Phrase, ("a", "b"), 3, "title", "unordered")
    assert read("near a") == (And, word("near"), word("a"))


def test_signs_in_an_address_mean_nothing() -> None:
    for text in ("http://antaranews.com/berita?id=12*&&x=[0-9]", "www.antaranews.com/a?b+c~1"):
        assert all(isinstance(leaf, Word) for leaf in leaves(parse(text)))
    assert read('"lihat http://a.b/c?d=e"') == (Phrase, ("lihat", "http", "a", "b", "c", "d", "e"), 1, None)


def test_pasted_text_has_question_marks_and_brackets() -> None:
    assert read("?apa korupsi? [catatan]") == (And, word("apa"), word("korupsi"), word("catatan"))


@pytest.mark.parametrize("text", ["denuklir*", "*asi", "k?rupsi", "*nukl?r*"])
def test_stars_and_question_marks_inside_a_word_are_wildcards(text: str) -> None:
    assert read(text) == (Wildcard, text, None)


def test_a_question_mark_after_a_word_is_punctuation() -> None:
    assert read("siapa presiden?") == (And, word("siapa"), word("presiden"))


def test_a_name_with_a_hyphen_is_its_parts_and_a_doubled_word_is_one() -> None:
    assert read("Kim Jong-un") == read("kim jong un") == (And, word("kim"), word("jong"), word("un"))
    assert read("anak-anak") == word("anak-anak")
    assert read("ktp-nya") == word("ktp-nya")


def test_punctuation_inside_a_word_separates_and_numbers_stay_whole() -> None:
    assert read("AS/Korut") == (And, word("as", capitals=True), word("korut"))
    assert read("1,5") == word("1,5")
    assert read("harga, & (naik)!") == (And, word("harga"), word("naik"))


def test_a_word_in_capitals_is_meant_in_capitals_and_a_part_of_one_too() -> None:
    assert read("AS") == word("as", capitals=True)
    assert read("Jong-UN as") == (And, word("jong"), word("un", capitals=True), word("as"))
    assert read("judul:KPK") == read("judul:(KPK)") == word("kpk", "title", capitals=True)
    assert read("G20 B2B") == (And, word("g20"), word("b2b", capitals=True))


def test_one_letter_a_number_and_what_asks_facts_have_no_capitals() -> None:
    assert read("A") == word("a")
    assert read("COVID-19") == (Phrase, ("covid", "19"), 1, None)
    assert read("outlet:ANTARA") == read("outlet:(ANTARA)") == word("antara", "outlet")


def test_a_clitic_says_nothing_of_a_word_in_capitals() -> None:
    assert read("KTP-nya") == word("ktp", capitals=True)
    assert read("ANAK-ANAK") == word("anak", capitals=True)
    assert read("anak-ANAK") == word("anak-anak")
    assert read("KTP-saya") == (And, word("ktp", capitals=True), word("saya"))


def test_an_operator_is_no_word_in_capitals() -> None:
    assert read("AND/KPK") == (And, word("and"), word("kpk", capitals=True))


def test_an_equals_sign_asks_for_this_very_form() -> None:
    assert read("=pertemuan") == read('"pertemuan"') == (Phrase, ("pertemuan",), 1, None)
    assert read("title:=kata") == (Phrase, ("kata",), 1, "title")
    assert read("-=AS") == (Not, (Phrase, ("as",), 1, None))
    assert read("=anak-anak") == read('"anak anak"')
    assert read("= kata") == read("kata =") == word("kata")
    assert read("=k?pal") == read("k?pal")


def test_an_equals_sign_before_parentheses_asks_for_the_very_forms_inside() -> None:
    assert read("=(bertemu OR pertemuan)") == read("=bertemu OR =pertemuan")
    assert read('-=(KPK "dua kata" anak-anak)') == read('-("kpk" "dua kata" "anak anak")')
    assert read("title:=(KPK OR beras)") == read('title:("kpk" OR "beras")')
    assert read("=(title:kata mem*)") == read('title:"kata" mem*')


def test_a_wildcard_within_hyphens_is_one_for_its_part() -> None:
    assert read("*KTP-nya") == (And, (Wildcard, "*ktp", None), word("nya"))


def test_words_in_capitals_can_be_asked_in_any_letters() -> None:
    assert in_lowercase("AS -(KPK OR “Jong Un”) Moon judul:KTP") == "as -(kpk OR “Jong Un”) Moon title:ktp"


@given(some.one_of(queries, scraps))
def test_small_letters_ask_for_the_same_words(text: str) -> None:
    tree = readable(text)
    if tree is not None:
        asked, small = leaves(tree), leaves(parse(in_lowercase(text)))
        assert [to_text(leaf).lower() for leaf in small] == [to_text(leaf).lower() for leaf in asked]
        assert not any(isinstance(leaf, Word) and leaf.capitals for leaf in small)


@given(some.one_of(queries, scraps), some.integers(0, 9))
def test_another_leaf_can_be_asked_instead_of_any_part(text: str, number: int) -> None:
    tree = readable(text)
    asked = leaves(tree) if tree is not None else []
    if tree is not None and number < len(asked):
        other = Phrase(("dua", "kata"), asked[number].span)
        said = leaves(parse(with_alternative(tree, text, asked[number].span, other)))
        places = [place for place, leaf in enumerate(asked) if leaf.span == asked[number].span]
        assert len(said) == len(asked) + len(places)
        assert to_text(said[places[0] + 1]) == '"dua kata"'


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("judul", "title"),
        ("media", "outlet"),
        ("BIRO", "bureau"),
        ("rubrik", "section"),
        ("kantor", "agency"),
        ("penulis", "reporter"),
    ],
)
def test_fields_have_names_in_both_languages(name: str, field: str) -> None:
    assert read(f"{name}:nuklir") == word("nuklir", field)


def test_a_field_takes_a_phrase_a_wildcard_or_a_group() -> None:
    assert read('outlet:"ANTARA News"') == (Phrase, ("antara", "news"), 1, "outlet")
    assert read("title:nukl*") == (Wildcard, "nukl*", "title")
    assert read("title:(a OR -b)") == (Or, word("a", "title"), (Not, word("b", "title")))


@pytest.mark.parametrize(
    ("text", "forms"), [("U-19", ("u", "19")), ("10/9/2019", ("10", "9", "2019")), ("12:30", ("12", "30"))]
)
def test_numbers_and_single_letters_of_one_typed_word_stand_side_by_side(text: str, forms: tuple[str, ...]) -> None:
    assert read(text) == (Phrase, forms, 1, None)


@pytest.mark.parametrize("text", ["outlet: antara", "Korut title:", "JUDUL: Korut"])
def test_a_field_without_a_value_is_an_error(text: str) -> None:
    with pytest.raises(BadQuery) as error:
        parse(text)
    assert error.value.code is Problem.MISSING_VALUE
    assert text[error.value.position :].startswith(error.value.detail)


@pytest.mark.parametrize("text", ["jam:", "kata: lain", "http://antaranews.com/xy"])
def test_not_every_colon_is_a_field(text: str) -> None:
    assert all(isinstance(leaf, Word) and leaf.field is None for leaf in leaves(parse(text)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("date:2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("tanggal:2018-05-31", date(2018, 5, 31), date(2018, 5, 31)),
        ("tanggal:2018..2019-06", date(2018, 1, 1), date(2019, 6, 30)),
        ("date:2018-05..", date(2018, 5, 1), None),
        ("date:..2018", None, date(2018, 12, 31)),
    ],
)
def test_dates_are_years_months_days_and_ranges_of_them(text: str, first: date | None, last: date | None) -> None:
    assert read(text) == (DateRange, first, last)


@pytest.mark.parametrize(
    ("text", "leaf"),
    [("  Korut ", "Korut"), ('(a OR "Kim Un"~3)', '"Kim Un"~3'), ("x title:Kim,", "title:Kim"), ("x Jong-un", "un")],
)
def test_every_leaf_knows_where_it_stands(text: str, leaf: str) -> None:
    assert leaf in [text[found.span.start : found.span.end] for found in leaves(parse(text))]


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ('kim "jong un', Problem.UNCLOSED_QUOTE, 4),
        ("1 OR (", Problem.UNCLOSED_PARENTHESIS, 5),
        ("(a (b)", Problem.UNCLOSED_PARENTHESIS, 0),
        ("a) b", Problem.STRAY_PARENTHESIS, 1),
        ("a ()", Problem.EMPTY_PARENTHESES, 2),
        ('a ""', Problem.EMPTY_PHRASE, 2),
        ('a "!!"', Problem.EMPTY_PHRASE, 2),
        ("a OR", Problem.DANGLING_OPERATOR, 2),
        ("OR a", Problem.DANGLING_OPERATOR, 0),
        ("a OR AND b", Problem.DANGLING_OPERATOR, 5),
        ("(a NOT)", Problem.DANGLING_OPERATOR, 3),
        ("title:)", Problem.MISSING_VALUE, 0),
        ("x title:-a", Problem.MISSING_VALUE, 2),
        ("title:!!", Problem.MISSING_VALUE, 0),
        ("a body:x", Problem.UNKNOWN_FIELD, 2),
        ("title:(a outlet:b)", Problem.FIELD_IN_FIELD, 9),
        ("date:2018-13", Problem.BAD_DATE, 5),
        ("date:2018-02-30", Problem.BAD_DATE, 5),
        ("date:kemarin", Problem.BAD_DATE, 5),
        ("date:..", Problem.BAD_DATE, 5),
        ('date:"2018"', Problem.BAD_DATE, 5),
        ("date:2019..2018", Problem.REVERSED_DATES, 5),
        ("versi:banyak", Problem.BAD_SIZE, 6),
        ("versi:..", Problem.BAD_SIZE, 6),
        ("versi:1.5", Problem.BAD_SIZE, 6),
        ("a sebaran:5+", Problem.BAD_SIZE, 10),
        ('versi:"3"', Problem.BAD_SIZE, 6),
        ("versi:(3 OR 4)", Problem.BAD_SIZE, 0),
        ("outlets:4..2", Problem.REVERSED_DATES, 8),
        ('"a b"~0', Problem.BAD_DISTANCE, 5),
        ('"a b"~dekat', Problem.BAD_DISTANCE, 5),
        ("a *", Problem.SHORT_WILDCARD, 2),
        ("ko*", Problem.SHORT_WILDCARD, 0),
        ('"anti korup*"', Problem.WILDCARD_IN_PHRASE, 6),
        ('"a b"~~0', Problem.BAD_DISTANCE, 5),
        ("a NEAR/x b", Problem.BAD_DISTANCE, 6),
        ("a NEAR/3 b NEAR/4 c", Problem.BAD_DISTANCE, 11),
        ("a NEAR/3 (b OR c)", Problem.NEAR_NEEDS_WORDS, 2),
        ('a NEAR "b c"', Problem.NEAR_NEEDS_WORDS, 2),
        ("a NEAR title:b", Problem.NEAR_NEEDS_WORDS, 2),
        ("a NEAR", Problem.DANGLING_OPERATOR, 2),
        ("a b?c", Problem.SHORT_WILDCARD, 2),
        ("ab*cd*ef", Problem.SHORT_WILDCARD, 0),
        ("201[0-9]", Problem.UNSUPPORTED, 0),
        ("a [2010 TO 2015]", Problem.UNSUPPORTED, 2),
        ("a && b", Problem.UNSUPPORTED, 2),
        ("+korupsi", Problem.UNSUPPORTED, 0),
        ("a\\b", Problem.UNSUPPORTED, 0),
        ("korupsi~2", Problem.UNSUPPORTED, 0),
        ("a || b", Problem.UNSUPPORTED, 2),
        ("a||b", Problem.UNSUPPORTED, 0),
        ("korupsi !suap", Problem.UNSUPPORTED, 8),
        ("& !!!", Problem.NOTHING_TO_SEARCH, 0),
        ("a" * (MAX_LENGTH + 1), Problem.TOO_LONG, MAX_LENGTH),
        ("a " * (MAX_LEAVES + 1), Problem.TOO_MANY_WORDS, 2 * MAX_LEAVES),
        ("-" * 900 + "a", Problem.TOO_DEEP, 879),
        ("(" * 900, Problem.UNCLOSED_PARENTHESIS, 899),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_place(text: str, code: Problem, position: int) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(text)
    assert (caught.value.code, caught.value.position) == (code, position)


def test_an_error_says_the_remedy_and_an_unknown_field_the_known_ones() -> None:
    with pytest.raises(BadQuery, match=r"no field “body”.*title, judul, outlet") as caught:
        parse("body:x")
    assert caught.value.detail == "body"
    assert str(caught.value) == caught.value.message


def test_parentheses_around_one_thing_may_be_many() -> None:
    assert read("(" * 400 + "a" + ")" * 400) == word("a")


@given(some.one_of(some.text(), scraps))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    tree = readable(text)
    if tree is not None:
        assert all(0 <= leaf.span.start < leaf.span.end <= len(text) for leaf in leaves(tree))


@given(some.one_of(queries, scraps))
def test_a_tree_shown_and_read_again_is_the_same(text: str) -> None:
    tree = readable(text)
    if tree is not None:
        assert structure(parse(to_text(tree))) == structure(tree)


@given(some.one_of(queries, scraps))
def test_removing_any_leaf_leaves_a_query_that_asks_for_the_others(text: str) -> None:
    tree = readable(text)
    asked = leaves(tree) if tree is not None else []
    for leaf in asked:
        left = leaves(parse(without(text, leaf.span)))
        assert [to_text(other) for other in left] == [to_text(other) for other in asked if other.span != leaf.span]


@pytest.mark.parametrize(
    ("text", "leaf", "left"),
    [
        ("Kim Jong-un", "un", "Kim Jong"),
        ("Korut OR Korsel", "Korut", "Korsel"),
        ("Korut -Korsel", "Korsel", "Korut"),
        ("Trump (Korut OR Korsel)", "Korsel", "Trump Korut"),
        ("“Kim Jong Un” OR date:2018", "date:2018", "“Kim Jong Un”"),
        ("judul:(Kim OR Moon) Trump", "Kim", "title:Moon Trump"),
        ("outlet:* outlet:tempo Korut", "Korut", "outlet:* outlet:tempo"),
        ("Korut -outlet:* outlet:tempo place:Bogor", "Korut", "-outlet:* outlet:tempo place:Bogor"),
        ("Korut (outlet:* OR outlet:tempo)", "Korut", "outlet:* OR outlet:tempo"),
        ("Korut", "Korut", ""),
    ],
)
def test_a_removed_chip_takes_its_operator_along(text: str, leaf: str, left: str) -> None:
    start = text.index(leaf)
    assert without(text, Span(start, start + len(leaf))) == left


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", "-outlet:*"),
        ("harga “beras”", "harga “beras” -outlet:*"),
        ("beras OR jagung", "(beras OR jagung) -outlet:*"),
        ("beras OR -", "beras -outlet:*"),
        ("beras jagung OR …", "beras jagung -outlet:*"),
        ("beras OR jagung OR -", "(beras OR jagung) -outlet:*"),
    ],
)
def test_a_query_is_asked_also_for_what_has_no_value_of_a_fact(text: str, whole: str) -> None:
    assert without_value(text, "outlet") == whole
    assert isinstance(parse(whole), And if text else Not)
