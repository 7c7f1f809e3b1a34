"""Translation and formatting in the language of the page: texts, numbers and dates.

The source texts in code and templates are Indonesian; other languages are catalogues in web/translations. Except for
its setup in `languages`, Flask-Babel, which ships no types, is used only here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, cast

import flask_babel  # type: ignore[import-untyped]  # ships none
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import current_app, g
from markupsafe import Markup
from werkzeug.local import LocalProxy

from index.facets import Estimate

N_ = str  # marks a text for extraction that is translated later, where it is used; the usual name in gettext
LANGUAGES_KEPT = "kliping.languages"  # the key in app.extensions of the languages of its pages, once they are used
TEXTS_KEPT = 4096  # translated texts in the cache of a language; the code has some four hundred
NUMBERS_KEPT = 4096  # formatted numbers in the cache: a page shows about a hundred, most of them small
_GLOBALS = cast("LocalProxy[Any]", g)
_TENTHS = "#,##0.0"  # a pattern of Unicode's LDML
DAYS_KEPT = 4096  # formatted dates in the cache: eleven years of days


def gettext(text: str, **values: object) -> str:
    """Translate a text and insert the values for `%(name)s`."""
    translated = translate(text)
    return translated % values if values else translated


def markup(text: str, **values: object) -> Markup:
    """Translate a text for a template and insert the escaped values; Jinja's own gettext takes twice as long."""
    language = _page_language()
    translated = language.markups.get(text)
    if translated is None:
        translated = Markup(translate(text))  # noqa: S704  # a text of the code or of its catalogue
        if len(language.markups) < TEXTS_KEPT:
            language.markups[text] = translated
    return translated % values if values else translated


def markup_plural(one: str, many: str, count: int, /, **values: object) -> Markup:
    """Translate a text that depends on a count for a template and insert the escaped values."""
    return Markup(translate_plural(one, many, count)) % values  # noqa: S704  # as above


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Translate a text that depends on a count; insert the formatted count for `%(count)s`, and the values."""
    return translate_plural(one, many, count) % {"count": number(count), **values}


def translate(text: str) -> str:
    """Look a text up in the catalogue of the page."""
    language = _page_language()
    known = language.texts.get(text)
    if known is None:
        known = str(language.catalogue.ugettext(text))
        if len(language.texts) < TEXTS_KEPT:
            language.texts[text] = known
    return known


def translate_plural(one: str, many: str, count: int) -> str:
    """Look a text up in the catalogue of the page, in its form for a count."""
    return str(_page_language().catalogue.ungettext(one, many, count))


def number(count: float) -> str:
    """Format a number: 1.076 in Indonesian, 1,076 in English; of an estimate ≈ 1.076."""
    written = _number(count, _page_language().locale)
    return f"≈\u00a0{written}" if isinstance(count, Estimate) else written


def tenths(value: float) -> str:
    """Format a value of a column with one decimal, so that all stand below each other: 4 → 4,0; only nothing is 0."""
    return _number(round(value, 1), _page_language().locale, _TENTHS) if value else number(0)


def day(given: date, form: str) -> str:
    """Format a date by a Unicode date pattern: "d MMMM yyyy" gives 31 Mei 2018."""
    return _day(given, form, _page_language().locale)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Translate and format in another language than that of the page."""
    before = _page_language()
    g.speech = _language(code)
    try:
        yield
    finally:
        g.speech = before


@dataclass(frozen=True, slots=True)
class _PageLanguage:
    """The language of a page: its translation catalogue, and the locale by which numbers and dates are formatted."""

    catalogue: Any
    locale: str
    texts: dict[str, str] = field(default_factory=dict)  # translated so far
    markups: dict[str, Markup] = field(default_factory=dict)  # the same, for templates


def _page_language() -> _PageLanguage:
    """Return the language of the current page, looked up once per request; Flask-Babel would do so for every text."""
    # Werkzeug documents this for speed; `g.get` takes three times as long, three hundred times a page.
    found: _PageLanguage | None = vars(_GLOBALS._get_current_object()).get("speech")
    if found is None:
        found = g.speech = _language(flask_babel.get_babel().locale_selector())
    return found


def _language(code: str) -> _PageLanguage:
    kept: dict[str, _PageLanguage] = current_app.extensions.setdefault(LANGUAGES_KEPT, {})
    if code not in kept:
        with flask_babel.force_locale(code):
            kept[code] = _PageLanguage(flask_babel.get_translations(), str(flask_babel.get_locale()))
    return kept[code]


@lru_cache(NUMBERS_KEPT)
def _number(count: float, locale: str, form: str | None = None) -> str:
    return format_decimal(count, form, locale)


@lru_cache(DAYS_KEPT)
def _day(given: date, form: str, locale: str) -> str:
    return format_date(given, form, locale)
