"""The forms of the words of a query as links, each of which leaves a form out or searches it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.answers.expansion_report import WordForm, WordForms, in_this_form
from index.query.request import Query
from web import params


class FormLink(NamedTuple):
    """A form, the articles in the whole archive with it, whether it is left out, and the URL that switches it."""

    text: str
    articles: int
    off: bool
    address: str


@dataclass(frozen=True, slots=True)
class WordLinks:
    """A word of a query with its near and its far forms; `only` is the URL of the query for this form alone, or ""."""

    word: str
    near: tuple[FormLink, ...]
    far: tuple[FormLink, ...]
    only: str


def word_links(query: Query, words: Sequence[WordForms]) -> tuple[WordLinks, ...]:
    """Return the forms of some words as links."""
    address = params.form_url_builder("pages.search", query)
    return tuple(_word_links(query, word, address) for word in words)


def _word_links(query: Query, word: WordForms, address: Callable[[WordForm], str]) -> WordLinks:
    near, far = (
        tuple(FormLink(form.form, form.articles, form.off, address(form)) for form in word.forms if form.far is far)
        for far in (False, True)
    )
    only = params.url("pages.search", in_this_form(query, word)) if len(near) > 1 else ""
    return WordLinks(word.word, near, far, only)
