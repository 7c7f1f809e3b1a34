"""Words, numbers and days in the language of the page: the one door to Flask-Babel, which ships no types.

Texts stand in the code in Indonesian and are looked up for other languages; see web/translations.
"""

from datetime import date
from functools import lru_cache
from typing import Any

import flask_babel  # type: ignore[import-untyped]  # ships none
from babel import Locale
from babel.numbers import format_decimal
from flask import g

NUMBERS_KEPT = 4096  # counts written before: a page says some hundred, most of them small


def gettext(text: str, **values: object) -> str:
    """A text, with values put in for `%(name)s`."""
    said = said_once(text)
    return said % values if values else said


def ngettext(one: str, many: str, count: int) -> str:
    """A text for a count, which is put in for `%(count)s`."""
    return said_of_many(one, many, count) % {"count": number(count)}


def said_once(text: str) -> str:
    """A text as its catalogue has it."""
    return str(_catalogue().ugettext(text))


def said_of_many(one: str, many: str, count: int) -> str:
    """A text as its catalogue has it for a count."""
    return str(_catalogue().ungettext(one, many, count))


def number(count: float) -> str:
    """A number with the signs of the language: 1.076 or 1,076."""
    return _number(count, flask_babel.get_locale())


@lru_cache(NUMBERS_KEPT)
def _number(count: float, locale: Locale) -> str:
    return format_decimal(count, locale=locale)


def _catalogue() -> Any:
    """The catalogue of the page being made, looked up once; Flask-Babel looks it up for every text."""
    if "catalogue" not in g:
        g.catalogue = flask_babel.get_translations()
    return g.catalogue


def day(given: date, form: str) -> str:
    """A day in a form of Unicode's date patterns: "d MMMM yyyy" gives 31 Mei 2018."""
    return str(flask_babel.format_date(given, form))
