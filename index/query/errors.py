"""Query errors: the error codes, their English messages, and the exception.

An error has a code, a position and the offending words, so that a page can translate it. Each message names the remedy.
"""

from enum import StrEnum
from typing import Final


class Problem(StrEnum):
    """The error codes of a query text."""

    TOO_LONG = "too_long"
    TOO_MANY_WORDS = "too_many_words"
    TOO_DEEP = "too_deep"
    UNCLOSED_QUOTE = "unclosed_quote"
    UNCLOSED_PARENTHESIS = "unclosed_parenthesis"
    STRAY_PARENTHESIS = "stray_parenthesis"
    EMPTY_PARENTHESES = "empty_parentheses"
    EMPTY_PHRASE = "empty_phrase"
    DANGLING_OPERATOR = "dangling_operator"
    MISSING_VALUE = "missing_value"
    UNKNOWN_FIELD = "unknown_field"
    FIELD_IN_FIELD = "field_in_field"
    BAD_DATE = "bad_date"
    REVERSED_DATES = "reversed_dates"
    BAD_SIZE = "bad_size"
    BAD_DISTANCE = "bad_distance"
    NEAR_NEEDS_WORDS = "near_needs_words"
    SHORT_WILDCARD = "short_wildcard"
    WILDCARD_IN_PHRASE = "wildcard_in_phrase"
    UNSUPPORTED = "unsupported"
    NOTHING_TO_SEARCH = "nothing_to_search"


# What is wrong and the remedy; {detail} is the offending words.
SENTENCES: Final = {
    Problem.TOO_LONG: "The query is longer than {detail} characters; shorten it or search in several steps.",
    Problem.TOO_MANY_WORDS: "The query asks for more than {detail} words; leave some out.",
    Problem.TOO_DEEP: "The query is nested more than {detail} levels deep; leave out some parentheses.",
    Problem.UNCLOSED_QUOTE: "A quotation mark is opened and never closed; add the closing one or remove this one.",
    Problem.UNCLOSED_PARENTHESIS: "A parenthesis is opened and never closed; add “)” or remove this one.",
    Problem.STRAY_PARENTHESIS: "This parenthesis closes nothing; remove it or add “(” before it.",
    Problem.EMPTY_PARENTHESES: "There is nothing between these parentheses; put words there or remove them.",
    Problem.EMPTY_PHRASE: "There is no word between these quotation marks; put words there or remove them.",
    Problem.DANGLING_OPERATOR: (
        "“{detail}” joins nothing here; add what is missing beside it, or put it in quotation marks to search for it."
    ),
    Problem.MISSING_VALUE: "“{detail}” has no value; write a word or a phrase right after the colon.",
    Problem.UNKNOWN_FIELD: "There is no field “{detail}”; put a blank after the colon, or use one of these: {fields}.",
    Problem.FIELD_IN_FIELD: "“{detail}” stands inside another field; close the parentheses before it.",
    Problem.BAD_DATE: "“{detail}” is no date; write 2018, 2018-05, 2018-05-31 or a range such as 2018..2019-06.",
    Problem.REVERSED_DATES: "The range “{detail}” ends before it begins; swap its ends.",
    Problem.BAD_SIZE: "“{detail}” is no number; write 5, or a range such as 5.., 2..4 or ..3.",
    Problem.BAD_DISTANCE: '“{detail}” is no distance; write a number from 1 to 100, such as "two words"~5.',
    Problem.NEAR_NEEDS_WORDS: (
        "“{detail}” takes one word on each side; write them without quotation marks, fields or parentheses."
    ),
    Problem.SHORT_WILDCARD: "“{detail}” fits too many words; write at least three letters beside the * or ?.",
    Problem.WILDCARD_IN_PHRASE: "A phrase takes no wildcard; move “{detail}” out of the quotation marks.",
    Problem.UNSUPPORTED: '“{detail}” is not part of this language; use AND, OR, NOT, *, or "two words"~5.',
    Problem.NOTHING_TO_SEARCH: "There is nothing to search for in “{detail}”; write at least one word.",
}


class BadQuery(ValueError):
    """A query text that cannot be parsed: the error code, the character offset (from 0), and the offending words."""

    def __init__(self, code: Problem, position: int, detail: str = "", fields: str = "") -> None:
        super().__init__(code, position, detail, fields)
        self.code = code
        self.position = position
        self.detail = str(detail)  # not the parser's own string type
        self.fields = fields  # the names of all fields, if a field was unknown

    @property
    def message(self) -> str:
        """What is wrong and how to fix it, in English."""
        return SENTENCES[self.code].format(detail=self.detail, fields=self.fields)

    def __str__(self) -> str:
        return self.message
