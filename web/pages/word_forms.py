"""The forms of the words of a query as links, each of which leaves a form out or searches it.

A page may list a hundred forms. Almost all are linked to the query with one more value of an argument, so most of an
address is encoded once for all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.answers.expansion_report import WordForm, WordForms, in_this_form, with_form_switched
from index.query.request import Query
from web import params


@dataclass(frozen=True, slots=True)
class FormLink:
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
    address = _address_builder(query)
    return tuple(_word_links(query, word, address) for word in words)


def _word_links(query: Query, word: WordForms, address: Callable[[WordForm], str]) -> WordLinks:
    near, far = (
        tuple(FormLink(form.form, form.articles, form.off, address(form)) for form in word.forms if form.far is far)
        for far in (False, True)
    )
    only = params.url("pages.search", in_this_form(query, word)) if len(near) > 1 else ""
    return WordLinks(word.word, near, far, only)


def _address_builder(query: Query) -> Callable[[WordForm], str]:
    """Return a function that builds the URL of the query with a form switched."""
    leave_out, search_too = (params.form_url_builder("pages.search", query, far=far) for far in (False, True))
    named = {form.casefold() for form in (*query.off, *query.on)}

    def address(form: WordForm) -> str:
        if form.form in named or form.off is not form.far:
            return params.url("pages.search", with_form_switched(query, form))
        return (search_too if form.far else leave_out)(form.form)

    return address
