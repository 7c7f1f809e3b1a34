"""Language selection: the default language unless the reader switches, which is stored in a cookie.

Switching is a link, `?lang=en`, that works without script. The response sets the cookie and redirects to the URL
without the argument, so a copied URL does not set the language of another reader. The API always answers in the
default language, because its answers are stored and compared.
"""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, redirect, request
from flask_babel import Babel  # type: ignore[import-untyped]  # ships none
from werkzeug.wrappers import Response as AnyResponse

from web.config import LANGUAGES
from web.i18n import markup, markup_plural, speaking, translate, translate_plural
from web.parameter_errors import BadParameter, Valid
from web.params import LANGUAGE, single

COOKIE = "kliping_lang"
# The types of what is written in the language of the reader.
SPOKEN = frozenset({"text/html", "image/svg+xml", "application/opensearchdescription+xml"})
YEAR = 365 * 24 * 60 * 60  # seconds


def register(app: Flask) -> None:
    """Set up Flask-Babel and the language functions of the templates."""
    app.config["BABEL_DEFAULT_LOCALE"] = app.config["KLIPING_LANGUAGE"]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=current)
    app.jinja_env.install_gettext_callables(translate, translate_plural, newstyle=True)  # type: ignore[attr-defined]
    app.before_request(_switch_language)
    app.after_request(_vary_on_cookie)
    app.jinja_env.globals.update(_=markup, ngettext=markup_plural, languages=LANGUAGES, address_in=address_in)
    app.context_processor(lambda: {"language": current()})


def current() -> str:
    """Return the language of the current page."""
    default: str = current_app.config["KLIPING_LANGUAGE"]
    chosen = request.cookies.get(COOKIE, default)
    return chosen if chosen in LANGUAGES and request.blueprint != "api" else default


def in_each_language(told: Callable[[], str]) -> dict[str, str]:
    """Return a text in every language of the pages: what a browser keeps may be read in another one."""
    found = {}
    for code in LANGUAGES:
        with speaking(code):
            found[code] = told()
    return found


def address_in(language: str) -> str:
    """Return the URL of the current page that switches to another language."""
    return address_with([*_other_arguments(), (LANGUAGE, language)])


def _switch_language() -> AnyResponse | None:
    language = "" if request.blueprint == "api" else single(request.args, LANGUAGE)
    if not language:
        return None
    if language not in LANGUAGES:
        raise BadParameter(LANGUAGE, language, Valid.ONE_OF, names=", ".join(LANGUAGES))
    response = redirect(address_with(_other_arguments()))
    secure = request.is_secure or current_app.config["KLIPING_URL"].startswith("https:")
    path = request.script_root or "/"
    response.set_cookie(COOKIE, language, max_age=YEAR, path=path, secure=secure, httponly=True, samesite="Lax")
    return response


def _vary_on_cookie(response: Response) -> Response:
    if response.mimetype in SPOKEN and request.endpoint != "static":
        response.vary.add("Cookie")
    return response


def _other_arguments() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]


def address_with(arguments: list[tuple[str, str]], *, page: bool = False) -> str:
    """Return the current address with other arguments, or with `page` that of the page of a file."""
    # A path that begins with "//host" would redirect to another site.
    path = "/" + (request.script_root + request.path).lstrip("/")
    path = path.removesuffix(".csv").removesuffix(".xlsx") if page else path
    return quote(path) + ("?" + urlencode(arguments) if arguments else "")
