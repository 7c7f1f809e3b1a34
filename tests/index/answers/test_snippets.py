"""Highlighting of matching words, and the passages of an article that are shown as its snippet."""

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archive.article import Article, Passage, Role
from index.answers.fragments import Fragment, highlighted
from index.answers.marking.highlighting import build_highlighter, find_marks
from index.answers.snippets import LENGTH, snippet
from index.query.language import parse
from index.query.tree import Alternative, And, Expanded, ExpansionReason, Phrase, Span, Word
from tests import SAMPLES

SEEDS = [
    (SAMPLES / name).read_text(encoding="utf-8") for name in ("000_ee651f1e8b72a640.txt", "001_b58239e9010add9e.txt")
]
WORDS = [
    "Kim",
    "Jong-un",
    "Jong",
    "Un",
    "bertemu",
    "pertemuan",
    "anak-anak",
    "nuklir",
    "Rp12.000",
    "-",
    ",",
    "kata",
    "“",
]
# Words that normalization changes: with accents, apostrophes, other hyphens or joiners, or next to other characters.
DISGUISED = [
    "kâta",
    "ka'ta",
    "ka’ta",
    "anak\u2011anak",
    "nu\u00adklir",
    "İ",
    "ＫＡＴＡ",
    "kim_un",
    "x,kata",
    "rp1.000",
    "un…",
]
QUERIES = [
    "bertemu",
    '"Kim Jong Un"',
    '"kim un"~3 OR anak',
    "*temu* -nuklir",
    "title:nuklir kata",
    "rp",
    "-kata",
    "AS kim",
    "",
]
PHRASES = [
    '"kim un"',
    '"un anak" un',
    '"kata anak" OR "anak kata"',
    '"jong 12" jong',
    '"anak juta"',
    '"kim kim"',
    '"rp 12"',
]
AMONG_NUMBERS = [
    "1,5juta",
    "juta",
    "12.000",
    "12",
    "5juta",
    "kim-12",
    "jong_12",
    "un-anak-kata",
    "kim.kim",
    "Jong-12,5",
]


def seen(query: str, text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in find_marks(text, build_highlighter(parse(query)))]


def marked(fragments: tuple[Fragment, ...]) -> list[str]:
    return [fragment.text for fragment in fragments if fragment.matched]


def joined(fragments: tuple[Fragment, ...]) -> str:
    return "".join(fragment.text for fragment in fragments)


def article(*paragraphs: str) -> Article:
    passages: list[Passage] = []
    for paragraph in paragraphs:
        start = passages[-1].end + 1 if passages else 0
        passages.append(Passage(start, start + len(paragraph), Role.BODY))
    return Article("a", "Judul", False, "\n".join(paragraphs), tuple(passages), "a.txt", "0")


def shown(query: str, *paragraphs: str) -> tuple[Fragment, ...]:
    return snippet(article(*paragraphs), build_highlighter(parse(query)))


def test_a_bare_word_marks_every_inflected_form() -> None:
    assert {form for seed in SEEDS for form in seen("bertemu", seed)} == {"bertemu", "pertemuan", "Pertemuan"}


def test_a_phrase_is_marked_in_one_piece_however_it_is_written() -> None:
    found = {piece for seed in SEEDS for piece in seen('"Kim Jong Un"', seed)}
    assert found == {"Kim Jong-Un", "Kim Jong-un", "Kim Jong Un"}


def test_parts_joined_by_a_hyphen_alone_are_one_piece() -> None:
    assert seen("Jong-un anak-anak", "Kim Jong-un dan anak-anak, Jong Un") == ["Jong-un", "anak-anak", "Jong", "Un"]


def test_a_phrase_marks_only_its_own_words() -> None:
    assert seen('"kim un"', "Kim Jong-un, Kim Un, un Kim") == ["Kim Un"]
    assert seen('"kim un"~2', "Kim Jong-un, Moon. Kim Il Jong Un") == ["Kim", "un"]
    assert seen('"a b c"~2', "a b b x c") == ["a", "b", "c"]


def test_wildcards_mark_the_words_they_fit() -> None:
    assert seen("*nuklir* k?rea", "Denuklirisasi Korea, nuklirnya") == ["Denuklirisasi", "Korea", "nuklirnya"]


def test_a_word_in_capitals_marks_only_itself_in_capitals() -> None:
    assert seen("AS", "AS dan as roda, pro-AS, KTP-nya") == ["AS", "AS"]
    assert seen("KTP-nya", "KTP-nya, ktp") == ["KTP"]
    assert seen("as", "AS dan as roda") == ["AS", "as"]


def test_a_form_that_is_switched_off_is_not_marked() -> None:
    word = Word("temu", Span(0, 4), without=("pertemuan",))
    assert [
        part.text for part in highlighted("Pertemuan: mereka bertemu", build_highlighter(word)) if part.matched
    ] == ["bertemu"]


def test_what_was_searched_as_well_is_marked_in_one_piece_and_as_the_same_term() -> None:
    asked, other = Word("korut", Span(0, 5)), Phrase(("korea", "utara"), Span(0, 5))
    tree = Expanded(asked, (Alternative(other, ExpansionReason.LONG_FORM, "Korea Utara"),), asked.span)
    text = "Korut, yaitu Korea Utara, bukan Korea"
    found = find_marks(text, build_highlighter(tree))
    assert [text[mark.start : mark.end] for mark in found] == ["Korut", "Korea Utara"]
    assert found[0].terms == found[1].terms


def test_a_short_form_stands_for_all_words_of_its_name() -> None:
    name = And((Word("korea", Span(0, 5)), Word("utara", Span(6, 11))), Span(0, 11))
    tree = Expanded(
        name, (Alternative(Phrase(("korut",), Span(0, 11)), ExpansionReason.SHORT_FORM, "Korut"),), name.span
    )
    first, second, short = find_marks("Utara Korea? Korut", build_highlighter(tree))
    assert short.terms == first.terms | second.terms


@pytest.mark.parametrize(
    "query", ["", "-nuklir", "NOT (nuklir OR korea)", "outlet:nuklir", "date:2018", '-"nuklir korea"']
)
def test_what_is_denied_or_asked_of_facts_marks_nothing(query: str) -> None:
    assert seen(query, "nuklir korea 2018") == []


def test_words_asked_of_the_title_are_marked() -> None:
    assert seen("judul:nuklir", "Sengketa nuklir") == ["nuklir"]


@given(some.sampled_from(QUERIES), some.lists(some.sampled_from(WORDS) | some.sampled_from(DISGUISED)).map(" ".join))
def test_looking_where_a_word_can_stand_finds_all_that_cutting_every_word_does(query: str, text: str) -> None:
    what = build_highlighter(parse(query))
    assert find_marks(text, what) == find_marks(text, replace(what, prefilter=None, known={}))


@pytest.mark.parametrize("seed", SEEDS, ids=["Pompeo", "Biegun"])
@pytest.mark.parametrize("query", [*QUERIES, "di yang", "as", "k?rea", '"amerika serikat" korut', "jumat 2020"])
def test_a_whole_article_is_marked_alike_in_both_ways(seed: str, query: str) -> None:
    what = build_highlighter(parse(query))
    assert what.prefilter is not None
    assert find_marks(seed, what) == find_marks(seed, replace(what, prefilter=None, known={}))


@given(
    some.sampled_from([*PHRASES, *QUERIES]),
    some.lists(some.lists(some.sampled_from(WORDS + AMONG_NUMBERS) | some.sampled_from(DISGUISED)).map(" ".join)),
)
def test_a_phrase_is_found_by_its_letters_where_it_is_word_by_word_and_never_across_paragraphs(
    query: str, paragraphs: list[str]
) -> None:
    what = build_highlighter(parse(query))
    starts = list(accumulate((len(one) + 1 for one in paragraphs), initial=0))[:-1]
    by_words = replace(what, plain=None, known={})
    apart = [
        (start + mark.start, start + mark.end, mark.terms)
        for start, paragraph in zip(starts, paragraphs, strict=True)
        for mark in find_marks(paragraph, by_words)
    ]
    assert find_marks(" ".join(paragraphs), what, starts) == apart


def test_words_are_marked_however_they_are_disguised() -> None:
    assert seen("kata", "KATA kâta ka’ta ka'ta 'kata' kata_kata, İkata: “kata”") == (
        ["KATA", "kâta", "ka’ta", "ka'ta", "kata", "kata", "kata", "kata"]
    )


@given(some.sampled_from(QUERIES), some.lists(some.sampled_from(WORDS)).map(" ".join))
def test_fragments_put_together_are_the_text(query: str, text: str) -> None:
    fragments = highlighted(text, build_highlighter(parse(query)))
    assert joined(fragments) == text
    assert all(fragment.text for fragment in fragments)


@given(some.sampled_from(QUERIES), some.text())
def test_any_text_can_be_marked(query: str, text: str) -> None:
    assert joined(highlighted(text, build_highlighter(parse(query)))) == text


@given(
    some.sampled_from(QUERIES), some.lists(some.lists(some.sampled_from(WORDS), min_size=1).map(" ".join), max_size=9)
)
def test_a_snippet_is_made_of_the_article_and_shows_a_match_if_there_is_one(query: str, paragraphs: list[str]) -> None:
    what, source = build_highlighter(parse(query)), article(*paragraphs)
    fragments = snippet(source, what)
    body = " ".join(source.paragraphs)
    assert all(piece in body for piece in joined(fragments).removeprefix("… ").removesuffix(" …").split(" … "))
    matches = any(fragment.matched for paragraph in source.paragraphs for fragment in highlighted(paragraph, what))
    assert any(fragment.matched for fragment in fragments) == matches


def test_a_snippet_begins_with_the_sentence_of_its_match() -> None:
    found = shown("denuklirisasi", "Awal. " * 100, "Pembukaan. Soal denuklirisasi dibahas. " + "Lalu lain. " * 60)
    assert joined(found).startswith("Soal denuklirisasi dibahas. Lalu")
    assert Fragment("denuklirisasi", matched=True) in found


def test_passages_far_apart_are_joined_by_dots_and_hold_every_term() -> None:
    far = "kata lain di antara mereka " * 40
    found = shown("satu dua tiga", f"satu {far} dua {far} tiga {far}")
    assert [fragment.text for fragment in found if fragment.matched] == ["satu", "dua", "tiga"]
    assert Fragment(" … ", matched=False) in found
    assert LENGTH * 0.7 < len(joined(found)) < LENGTH + 30


def test_without_a_match_the_beginning_of_the_article_is_shown() -> None:
    found = shown("tidakada", "Kalimat pertama. " * 60)
    assert joined(found).startswith("Kalimat pertama.")
    assert not any(fragment.matched for fragment in found)
    assert len(joined(found)) <= LENGTH + 2


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("kenaikan harga BBM", ["kenaikan harga BBM"]),
        ("harga bahan bakar minyak (BBM) naik", ["harga", "minyak (BBM) naik"]),
        ("BBM, harga. Naik", ["BBM", "harga", "Naik"]),
        ("harga\nBBM-BBM/harga lain harga", ["harga\nBBM-BBM/harga", "harga"]),
        ("naik (harga", ["naik (harga"]),
    ],
)
def test_neighbouring_marks_are_shown_as_one(text: str, pieces: list[str]) -> None:
    query = build_highlighter(parse("kenaikan harga BBM minyak"))
    assert marked(highlighted(text, query)) == pieces
    assert joined(highlighted(text, query)) == text
    assert marked(snippet(article(text), query)) == [" ".join(piece.split()) for piece in pieces]


def derived(title: str, *paragraphs: str) -> Article:
    return replace(article(*paragraphs), title=title, title_derived=True)


@pytest.mark.parametrize(
    ("title", "paragraphs", "begins"),
    [
        ("Harga naik", ("Harga naik. Warga mengeluh.", "Pasar sepi."), "Warga mengeluh. Pasar sepi."),
        ("Harga naik!", ("Harga naik! “Mahal,” kata warga.",), "“Mahal,” kata warga."),
        ("Harga naik", ("Harga naik", "Warga mengeluh."), "Warga mengeluh."),
        ("Harga naik…", ("Harga naik di semua pasar. Warga mengeluh.",), "… di semua pasar. Warga mengeluh."),
        ("Judul lain", ("Harga naik. Warga mengeluh.",), "Harga naik. Warga mengeluh."),
        ("Harga naik", ("Harga naik.",), ""),
    ],
)
def test_a_snippet_goes_on_where_a_title_made_of_the_text_ends(
    title: str, paragraphs: tuple[str, ...], begins: str
) -> None:
    assert joined(snippet(derived(title, *paragraphs), build_highlighter(parse("harga")))) == begins


def test_what_only_a_title_made_of_the_text_holds_is_marked_there_alone() -> None:
    found = snippet(
        derived("Harga naik", "Harga naik. Warga mengeluh soal beras."), build_highlighter(parse("harga beras"))
    )
    assert marked(found) == ["beras"]


def test_an_article_without_a_body_has_an_empty_snippet() -> None:
    assert shown("kata") == ()
