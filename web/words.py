"""Words, numbers and days in the language of the page: the one door to Flask-Babel, which ships no types.

Texts stand in the code in Indonesian and are looked up for other languages; see web/translations.
"""

from datetime import date

import flask_babel  # type: ignore[import-untyped]  # ships none


def gettext(text: str, **values: object) -> str:
    """A text, with values put in for `%(name)s`."""
    return str(flask_babel.gettext(text, **values))


def number(count: float) -> str:
    """A number with the signs of the language: 1.076 or 1,076."""
    return str(flask_babel.format_decimal(count))


def day(given: date, form: str) -> str:
    """A day in a form of Unicode's date patterns: "d MMMM yyyy" gives 31 Mei 2018."""
    return str(flask_babel.format_date(given, form))
