"""Text segmentation: every passage keeps its position and gets the right role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Role, collapse_whitespace
from archive.press import page_furniture
from archive.press.passages import clean

LONG = "Warga kota itu menanam seribu pohon di tepi sungai."
RUN_IN = "Sumber: Reuters | Editor: Yudho Winarto kontan.co.id - " + 4 * LONG
OTHER = "Wali kota berjanji merawat pohon itu selama lima tahun."

lines = st.sampled_from(
    [LONG, OTHER, "Jakarta (ANTARA) - " + LONG, "Pewarta: -", "Sumber: Reuters", "© ANTARA 2018", "(hs)", RUN_IN, ""]
)
linked = st.sampled_from(
    ["Polisi menangkap tiga orang.", "(Baca: ", "Baca juga: ", '"Tiga Orang Ditangkap"', ")", " ", "Kini ditangani."]
)
texts = st.one_of(
    st.text(),
    st.lists(linked).map("".join),
    st.lists(lines).map("\n".join),
    st.lists(st.one_of(lines, st.text())).map("\n".join),
)


def test_a_link_within_a_link_is_one_piece() -> None:
    text = 'Ada tiga. (Baca: "Tiga Orang Ditangkap" Baca juga: Empat Masih Buron) Kasus itu kini ditangani "serius"'
    assert [collapse_whitespace(text[p.start : p.end]) for p in clean(text).passages if p.role is Role.BODY] == [
        "Ada tiga.",
        'Kasus itu kini ditangani "serius"',
    ]


def test_what_an_api_of_news_says_it_left_out_is_no_text() -> None:
    text = "Presiden menyampaikan bahwa vaksin sedang diuji. Dalam hal ini, m… [+2293 chars]"
    assert [text[p.start : p.end] for p in clean(text).passages if p.role is Role.BODY] == [text[: text.index(" [")]]


def roles(text: str) -> list[Role]:
    return [passage.role for passage in clean(text).passages]


@given(texts)
def test_passages_are_in_order_within_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for passage in clean(text).passages:
        assert end <= passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end].strip()
        end = passage.end


@given(texts)
def test_no_word_is_lost_between_the_passages(text: str) -> None:
    cleaned = clean(text)
    covered = "".join(text[passage.start : passage.end] for passage in cleaned.passages)
    assert "".join(covered.split()) == "".join(text.split())


@given(texts)
def test_cleaning_is_the_same_every_time(text: str) -> None:
    assert clean(text) == clean(text)


@given(st.one_of(st.text(), st.text(alphabet="ab \t\u00a0\u00ad\u2009\n")))
def test_folding_leaves_one_blank_between_words(text: str) -> None:
    assert collapse_whitespace(text) == " ".join(text.split())


embedded = st.sampled_from(
    [
        "ADVERTISEMENT",
        "SCROLL TO RESUME CONTENT",
        "[Gambas:Video 20detik]",
        "View this post on Instagram",
        "A post shared by Kabar (@kabar)",
        "Sebuah kiriman dibagikan oleh Kabar (@kabar)",
        "(adsbygoogle = window);",
        "googletag.cmd.push({ });",
        ",, Loading...",
        "Baca juga:,,",
        "[Baca: Panen Raya]",
        "(BACA JUGA: Panen Raya)",
        "Baca Juga: Panen Raya di Tiga Desa",
    ]
)


@given(st.lists(st.one_of(embedded, lines)).map("".join))
def test_a_paragraph_without_a_sign_of_furniture_has_none(paragraph: str) -> None:
    found = list(page_furniture.pieces(paragraph, 0, len(paragraph)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_furniture, "_SIGNS", ("",))  # in every paragraph
        assert found == list(page_furniture.pieces(paragraph, 0, len(paragraph)))


def test_each_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    assert roles(f"{LONG}\n{OTHER}\n\n  \nBaris ketiga.") == [Role.BODY] * 3


def test_a_paragraph_that_stood_before_is_repeated_whatever_its_white_space() -> None:
    spaced = LONG.replace(" ", "  ", 2)
    assert roles(f"{LONG}\n{OTHER}\n{spaced}\t\n{OTHER}") == [Role.BODY, Role.BODY, Role.REPEATED, Role.REPEATED]


def test_very_short_paragraphs_may_stand_twice() -> None:
    assert roles(f"Ya, benar.\n{LONG}\nYa, benar.") == [Role.BODY] * 3


def test_a_first_paragraph_is_repeated_with_or_without_its_dateline() -> None:
    text = f"Jakarta (ANTARA) - {LONG}\n{LONG}\nJakarta (ANTARA) - {LONG}"
    assert roles(text) == [Role.DATELINE, Role.BODY, Role.REPEATED, Role.REPEATED]


def test_credits_keep_their_role_where_they_stand_twice() -> None:
    text = f"{LONG}\nSumber: Reuters\n© ANTARA 2018\n{LONG}\nSumber: Reuters\n© ANTARA 2018"
    assert roles(text) == [Role.BODY, Role.SOURCE, Role.COPYRIGHT, Role.REPEATED, Role.SOURCE, Role.COPYRIGHT]


def test_an_article_that_runs_on_behind_its_credits_is_not_lost() -> None:
    assert roles(RUN_IN) == [Role.SOURCE, Role.BODY]
