"""Query texts that cannot be parsed: the part that is marked, and the query that is offered instead."""

import pytest
from hypothesis import given

from index.query.errors import BadQuery
from index.query.language import parse
from index.query.repairs import offending_part, repaired
from tests.index.query.test_language import scraps


@pytest.mark.parametrize(
    ("text", "part", "meant"),
    [
        ('kim "jong un', '"jong un', 'kim "jong un"'),
        ("(beras OR jagung harga", "(beras OR jagung harga", "(beras OR jagung harga)"),
        ("beras) harga", ")", "beras harga"),
        ("beras ( ) harga", "( )", "beras harga"),
        ('beras "!!"', '"!!"', "beras"),
        ("beras OR AND jagung", "AND", "beras OR jagung"),
        ("outlet: antara", "outlet:", "outlet:antara"),
        ("autlet:antara", "autlet:", "outlet:antara"),
        ("bunyi:keras", "bunyi:", "bunyi: keras"),
        ("title:(a outlet:b)", "outlet:b", "title:(a) outlet:b"),
        ("banjir date:2018-02-30", "2018-02-30", "banjir date:2018-02"),
        ("banjir date:kemarin", "kemarin", "banjir"),
        ("date:2019..2018", "2019..2018", "date:2018..2019"),
        ('"a b"~500', "~500", '"a b"~100'),
        ("a NEAR/0 b", "/0", "a NEAR/1 b"),
        ("ko*", "ko*", "ko"),
        ('"anti korup*"', "korup*", '"anti korup"'),
        ("a || b && c", "||", "a OR b c"),
        ("+korupsi !suap", "+korupsi", "korupsi -suap"),
        ("201[0-9] banjir", "201[0-9]", "201* banjir"),
        ("banjir [2010 TO 2015]", "[2010 TO 2015]", "banjir date:2010..2015"),
        ("& !!!", "& !!!", None),
    ],
)
def test_the_whole_part_is_marked_and_a_query_that_can_be_parsed_is_offered(
    text: str, part: str, meant: str | None
) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(text)
    marked = offending_part(text, caught.value)
    assert (text[marked.start : marked.end], repaired(text)) == (part, meant)


@given(scraps)
def test_a_mark_lies_in_the_text_and_a_repair_parses(text: str) -> None:
    try:
        parse(text)
    except BadQuery as error:
        marked = offending_part(text, error)
        assert 0 <= marked.start <= marked.end <= len(text)
        meant = repaired(text)
        assert meant is None or parse(meant)
