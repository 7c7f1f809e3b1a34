"""Lines in context: where they are cut, and where their place is marked in the article."""

from archive.article import Article
from index.answers.concordance import context_lines, cut_line, every_line, mark_number
from index.answers.marking.highlighting import build_highlighter
from index.concordance import LineOrder, Lines, Place
from index.query.language import parse
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine

TEXT = "Petani panen raya.\nHarga beras naik lagi, kata menteri."


def titled() -> Article:
    return an_article("a", TEXT, title="Beras naik", title_derived=False)


def test_a_line_has_whole_words_on_both_sides_and_its_place_in_the_paragraph() -> None:
    line = cut_line(titled(), Place("a", in_title=False, word=4, words=1), LineOrder.RIGHT, 14)
    assert (line.before, line.hit, line.after) == ("raya. Harga ", "beras", " naik lagi,")
    assert (line.paragraph, line.start) == (1, 6)
    assert TEXT.split("\n")[1][line.start :].startswith(line.hit)


def test_the_words_that_decide_the_order_are_told_apart() -> None:
    place = Place("a", in_title=False, word=4, words=2)
    right = cut_line(titled(), place, LineOrder.RIGHT, 60)
    assert (right.left_sorted, right.right_sorted, right.right) == ("", " lagi, kata menteri", ".")
    left = cut_line(titled(), place, LineOrder.LEFT, 60)
    assert (left.left, left.left_sorted, left.right_sorted) == ("Petani ", "panen raya. Harga ", "")


def test_a_line_of_the_title_ends_with_it() -> None:
    line = cut_line(titled(), Place("a", in_title=True, word=0, words=1), LineOrder.DATE, 60)
    assert (line.before, line.hit, line.after, line.paragraph, line.start) == ("", "Beras", " naik", None, 0)


def test_a_line_knows_which_mark_of_its_article_it_is() -> None:
    engine = MemoryEngine()
    build(engine, titled(), an_article("b", TEXT))
    found = context_lines(engine, Query("naik"), Lines(LineOrder.DATE))
    marks = [mark_number(line, build_highlighter(parse("naik"))) for line in found.lines]
    assert marks == [1, 2, 1]
    assert (found.total, found.articles) == (3, 2)
    assert mark_number(found.lines[0], build_highlighter(parse("panen"))) is None


def test_every_line_comes_in_the_same_order() -> None:
    engine = MemoryEngine()
    build(engine, an_article("a", "beras " * 70))
    lines = [line.place for line in every_line(engine, Query("beras"), Lines(size=10), 30)]
    assert len(lines) == 70
    assert lines == list(engine.concordance(Query("beras"), Lines(size=100)).places)
