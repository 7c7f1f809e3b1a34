"""The language of the pages: Indonesian unless a reader switches, and then remembered in a cookie.

Switching is a link, `?lang=en`, that works without script; the answer sets the cookie and leads back to the address
without the argument, so that no address a reader copies decides over another reader's language. The API speaks the
archive's own language whoever asks, because its answers are kept and compared.
"""

from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, redirect, request
from flask_babel import Babel  # type: ignore[import-untyped]  # ships none
from werkzeug.wrappers import Response as AnyResponse

from web.config import LANGUAGES
from web.i18n import markup, said_of_many, said_once
from web.params import LANGUAGE, BadParameter, single

COOKIE = "kliping_lang"
YEAR = 365 * 24 * 60 * 60  # seconds


def register(app: Flask) -> None:
    """Make the app speak the language each reader chose."""
    app.config["BABEL_DEFAULT_LOCALE"] = app.config["KLIPING_LANGUAGE"]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=current)
    app.jinja_env.install_gettext_callables(said_once, said_of_many, newstyle=True)  # type: ignore[attr-defined]
    app.before_request(_switch)
    app.after_request(_mark)
    app.jinja_env.globals.update(_=markup, languages=LANGUAGES, address_in=address_in)
    app.context_processor(lambda: {"language": current()})


def current() -> str:
    """The language of the page being made."""
    default: str = current_app.config["KLIPING_LANGUAGE"]
    chosen = request.cookies.get(COOKIE, default)
    return chosen if chosen in LANGUAGES and request.blueprint != "api" else default


def address_in(language: str) -> str:
    """The address of the page being made that switches to another language."""
    return _address([*_other_arguments(), (LANGUAGE, language)])


def _switch() -> AnyResponse | None:
    language = "" if request.blueprint == "api" else single(request.args, LANGUAGE)
    if not language:
        return None
    if language not in LANGUAGES:
        raise BadParameter(LANGUAGE, language, "one of " + ", ".join(LANGUAGES))
    response = redirect(_address(_other_arguments()))
    response.set_cookie(COOKIE, language, max_age=YEAR, httponly=True, samesite="Lax")
    return response


def _mark(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
    return response


def _other_arguments() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]


def _address(arguments: list[tuple[str, str]]) -> str:
    path = "/" + (request.script_root + request.path).lstrip("/")  # never "//host", which would leave the archive
    return quote(path) + ("?" + urlencode(arguments) if arguments else "")
