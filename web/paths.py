"""The paths of endpoints, kept for all requests: a page has a hundred links, and Flask builds each from its rules."""

from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import quote

from flask import current_app, g, has_request_context, request, url_for
from werkzeug.local import LocalProxy

PATHS: Final = "kliping.paths"  # the key in app.extensions and in flask.g of the paths of endpoints
SCRIPT_ROOTS: Final = 16  # whose paths are kept; an app has one, and a proxy may name another
PATH_PLACEHOLDER: Final = "x"
PATH_SAFE: Final = "!$&'()*+,/:;=@"  # what Werkzeug leaves unquoted in the variable part of a path
_GLOBALS = cast("LocalProxy[Any]", g)


def path(endpoint: str, values: Mapping[str, str]) -> str:
    """Return the path of an endpoint; each is built once per request for all links to it.

    The paths to articles, stories and facets end in their name, so one with a placeholder is built for all of them.
    """
    known = _paths()
    found = known.get(endpoint)
    if found is None:
        plain = dict.fromkeys(values, PATH_PLACEHOLDER)
        found = url_for(endpoint, _anchor=None, _method=None, _scheme=None, _external=False, **plain)
        found = known[endpoint] = found.removesuffix(PATH_PLACEHOLDER) if values else found
    if not values:
        return found
    (value,) = values.values()
    return found + quote(value, safe=PATH_SAFE)


def _paths() -> dict[str, str]:
    """The paths of the endpoints below the script root of this request, kept for all requests to the app."""
    held: dict[str, Any] = vars(_GLOBALS._get_current_object())  # see `i18n`: a page has a hundred links
    found: dict[str, str] | None = held.get(PATHS)
    if found is None:
        kept: dict[str, dict[str, str]] = current_app.extensions.setdefault(PATHS, {})
        root = request.script_root if has_request_context() else ""
        found = kept.get(root, {})
        if len(kept) < SCRIPT_ROOTS:
            found = kept.setdefault(root, found)
        held[PATHS] = found
    return found
