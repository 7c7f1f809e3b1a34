"""Words, numbers and days in the language of the page: the one door to Flask-Babel, which ships no types.

Texts stand in the code in Indonesian and are looked up for other languages; see web/translations.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import flask_babel  # type: ignore[import-untyped]  # ships none
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import g
from markupsafe import Markup

N_ = str  # marks a text that is looked up where it is said; gettext's own name for it
NUMBERS_KEPT = 4096  # counts written before: a page says some hundred, most of them small
DAYS_KEPT = 4096  # days written before: eleven years of them


def gettext(text: str, **values: object) -> str:
    """A text, with values put in for `%(name)s`."""
    said = said_once(text)
    return said % values if values else said


def markup(text: str, **values: object) -> Markup:
    """A text for a template, with values put in and escaped; Jinja's own way takes twice the time for each."""
    said = Markup(said_once(text))  # noqa: S704  # the code's own words or its catalogue's
    return said % values if values else said


def ngettext(one: str, many: str, count: int) -> str:
    """A text for a count, which is put in for `%(count)s`."""
    return said_of_many(one, many, count) % {"count": number(count)}


def said_once(text: str) -> str:
    """A text as its catalogue has it."""
    return str(_speech().catalogue.ugettext(text))


def said_of_many(one: str, many: str, count: int) -> str:
    """A text as its catalogue has it for a count."""
    return str(_speech().catalogue.ungettext(one, many, count))


def number(count: float) -> str:
    """A number with the signs of the language: 1.076 or 1,076."""
    return _number(count, _speech().locale)


def day(given: date, form: str) -> str:
    """A day in a form of Unicode's date patterns: "d MMMM yyyy" gives 31 Mei 2018."""
    return _day(given, form, _speech().locale)


@dataclass(frozen=True, slots=True)
class _Speech:
    """The language of a page: its catalogue, and the name of what numbers and days follow."""

    catalogue: Any
    locale: str


def _speech() -> _Speech:
    """The language of the page being made, looked up once; Flask-Babel looks it up for every text."""
    found: _Speech | None = g.get("speech")
    if found is None:
        found = g.speech = _Speech(flask_babel.get_translations(), str(flask_babel.get_locale()))
    return found


@lru_cache(NUMBERS_KEPT)
def _number(count: float, locale: str) -> str:
    return format_decimal(count, locale=locale)


@lru_cache(DAYS_KEPT)
def _day(given: date, form: str, locale: str) -> str:
    return format_date(given, form, locale)
