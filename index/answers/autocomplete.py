"""Suggesting: the words of an archive that go on from what is being typed, the most frequent first.

Only the last word is completed, and only while it is being typed: what stands before it stays to the letter. A word
that nothing begins with is met by its neighbours, so that a slip is seen before it is searched. A word begun in
capitals is asked in capitals, so that only what stands so is suggested, with its count; a word that never does goes on
in small letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.engine import Engine
from index.query.grammar import OPERATORS
from index.query.language import FIELDS, MAX_LENGTH
from index.query.request import Query
from index.words.tokenizer import Token, in_capitals, tokens

SUGGESTED: Final = 8  # as many as are read at a glance
LOOKED_AT: Final = 40  # forms among which those that stand in capitals are found; each costs a question to the index
SHORTEST_SLIP: Final = 4  # letters of a word whose neighbours are suggested


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query text with its last word completed, that word, and how many articles have it in this very form."""

    text: str
    word: str
    articles: int


def suggestions(engine: Engine, text: str) -> tuple[Suggestion, ...]:
    """How a query text may go on; nothing after a blank or operator, or where a fact is asked."""
    found = tokens(text) if len(text) <= MAX_LENGTH else []
    if not found or found[-1].end != len(text) or _asks_a_fact(text):
        return ()
    last, typed = found[-1], text[found[-1].start :]
    if in_capitals(typed) and last.form in OPERATORS:
        return ()
    words = _in_capitals(engine, last.form) if in_capitals(typed) else []
    words = words or [(_completed(typed, last.form, form), count) for form, count in _going_on(engine, last)]
    return tuple(Suggestion(text[: last.start] + word, word, count) for word, count in words)


def _going_on(engine: Engine, last: Token) -> Sequence[tuple[str, int]]:
    """The forms that a word may become; after a hyphen only the word before it, for nothing else is known to follow."""
    vocabulary = engine.vocabulary()
    first, hyphen, _ = last.unit.partition("-")
    if hyphen:
        return [(first, vocabulary.articles(first))] if first.startswith(last.form) else []
    starting = vocabulary.starting(last.form, SUGGESTED)
    return starting or (vocabulary.near(last.form, SUGGESTED) if len(last.form) >= SHORTEST_SLIP else ())


def _in_capitals(engine: Engine, beginning: str) -> list[tuple[str, int]]:
    """The words with this beginning that stand in capitals, with the number of articles that have them so."""
    starting = engine.vocabulary().starting(beginning, LOOKED_AT)
    forms = [form.upper() for form, _ in starting if form.isalnum() and form not in OPERATORS]
    counted = [(form, engine.find(Query(form, expand=False, size=1), facets=()).articles) for form in forms]
    return sorted(((form, count) for form, count in counted if count), key=lambda one: -one[1])[:SUGGESTED]


def _completed(typed: str, beginning: str, form: str) -> str:
    """A form as its reader would type it: the letters typed stay, but for capitals in which the word never stands."""
    if in_capitals(typed) or not form.startswith(beginning):
        return form
    return typed + form[len(beginning) :]


def _asks_a_fact(text: str) -> bool:
    name, colon, _ = text.rsplit(maxsplit=1)[-1].lstrip("-(").partition(":")
    return bool(colon) and FIELDS.get(name.casefold(), "title") != "title"
