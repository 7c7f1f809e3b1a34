"""Autocomplete: completes the word being typed from the vocabulary of the archive, the most frequent words first.

Only the last word is completed, and only while it is being typed; the text before it stays unchanged. If no word has
this prefix, words one edit away are suggested, so that a typo shows before it is searched. For a word typed in all
caps, only words that occur in all caps are suggested, with their counts; if there are none, lower-case words are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.engine import Reader
from index.query.language import FIELDS, MAX_LENGTH
from index.query.leaf_parsing import OPERATORS
from index.words.tokenizer import Token, is_all_caps, tokenize

SUGGESTED: Final = 8  # as many as one can take in at a glance
CAPS_CANDIDATES: Final = 40  # forms that are checked for all-caps occurrences; each check costs one query
SHORTEST_TYPO: Final = 4  # letters; only words this long get suggestions one edit away


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query text with its last word completed, that word, and the number of articles with exactly this form."""

    text: str
    word: str
    articles: int


def suggestions(reader: Reader, text: str) -> tuple[Suggestion, ...]:
    """Completions of a query text. There are none after a blank or an operator, or in a field other than the title."""
    found = tokenize(text) if len(text) <= MAX_LENGTH else []
    if not found or found[-1].end != len(text) or _searches_fact(text):
        return ()
    last, typed = found[-1], text[found[-1].start :]
    if is_all_caps(typed) and last.form in OPERATORS:
        return ()
    words = _all_caps_completions(reader, last.form) if is_all_caps(typed) else []
    words = words or [(_keep_typed(typed, last.form, form), count) for form, count in _completions(reader, last)]
    return tuple(Suggestion(text[: last.start] + word, word, count) for word, count in words)


def _completions(reader: Reader, last: Token) -> Sequence[tuple[str, int]]:
    """The completions of a word. After a hyphen, only a reduplication is completed (anak-an → anak-anak)."""
    vocabulary = reader.vocabulary()
    first, hyphen, _ = last.unit.partition("-")
    if hyphen:
        return [(first, vocabulary.articles(first))] if first.startswith(last.form) else []
    starting = vocabulary.starting(last.form, SUGGESTED)
    return starting or (vocabulary.near(last.form, SUGGESTED) if len(last.form) >= SHORTEST_TYPO else ())


def _all_caps_completions(reader: Reader, beginning: str) -> list[tuple[str, int]]:
    """The words with a prefix that occur in all caps, with the number of articles that have them so."""
    vocabulary = reader.vocabulary()
    starting = vocabulary.starting(beginning, CAPS_CANDIDATES)
    forms = [form for form, _ in starting if form.isalnum() and form not in OPERATORS]
    counted = [(form.upper(), vocabulary.articles_in_capitals(form)) for form in forms]
    return sorted(((form, count) for form, count in counted if count), key=lambda one: -one[1])[:SUGGESTED]


def _keep_typed(typed: str, beginning: str, form: str) -> str:
    """A form as the user would type it: the typed letters stay, unless they are all caps and the word is not."""
    if is_all_caps(typed) or not form.startswith(beginning):
        return form
    return typed + form[len(beginning) :]


def _searches_fact(text: str) -> bool:
    name, colon, _ = text.rsplit(maxsplit=1)[-1].lstrip("-(").partition(":")
    return bool(colon) and FIELDS.get(name.casefold(), "title") != "title"
