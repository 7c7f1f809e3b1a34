"""Where the archive is reached: names it answers under, proxies it believes, and the address its citations give.

A web page of a stranger can point a name of its own at this machine and read what answers there (DNS rebinding), and a
forged `Host` would end up in citations. So requests are answered under known names alone. What a proxy says of the
client, in `X-Forwarded-*`, is believed only of as many proxies as the setting tells.
"""

import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from web.setting_values import ANY_HOST

_KNOWN = "kliping.hosts"  # the key in app.extensions of the names that are answered; None for any


class Mounted:
    """A WSGI middleware for an archive below a path, whether or not the proxy in front takes the path off."""

    def __init__(self, app: Any, path: str) -> None:
        self._app = app
        self._path = path

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Say which part of the path names the archive, and which a page in it."""
        asked = environ.get("PATH_INFO", "")
        if asked == self._path or asked.startswith(self._path + "/"):
            environ["PATH_INFO"] = asked[len(self._path) :] or "/"
        environ["SCRIPT_NAME"] = self._path
        return self._app(environ, start_response)


def register(app: Flask) -> None:
    """Answer under known names alone, behind as many proxies as the settings say."""
    own = urlsplit(app.config["KLIPING_URL"])
    app.extensions[_KNOWN] = _known_names(app.config["KLIPING_HOSTS"], own.hostname)
    if path := own.path.rstrip("/"):
        app.wsgi_app = Mounted(app.wsgi_app, path)  # type: ignore[method-assign]  # as Flask documents it
    if proxies := app.config["KLIPING_PROXIES"]:
        trusted = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies)
        app.wsgi_app = trusted  # type: ignore[method-assign]
    app.before_request(_require_known_name)


def absolute(address: str) -> str:
    """Return the whole address of a page of the archive, as citations give it."""
    own: str = current_app.config["KLIPING_URL"]
    if own:
        return own.rstrip("/") + address.removeprefix(request.script_root)
    return request.host_url.rstrip("/") + address


def _require_known_name() -> None:
    known: tuple[str, ...] | None = current_app.extensions[_KNOWN]
    host = request.environ.get("HTTP_HOST", "").lower()  # `request.host` is empty for a name that looks wrong
    if known is None or not host or _is_address(host) or host_is_trusted(host, known):
        return
    if request.blueprint == "monitoring":  # a monitor asks by whatever name it knows, and learns nothing worth hiding
        return
    abort(400, f"This archive is not reached under the name {host!r}; its keeper can add it to KLIPING_HOSTS.")


def _known_names(given: str, own: str | None) -> tuple[str, ...] | None:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if ANY_HOST in names:
        return None
    machine = socket.gethostname()
    known = (*names, "localhost", machine, f"{machine}.local", own)
    return tuple(name.lower() for name in known if name)


def _is_address(host: str) -> bool:
    """Whether a host is an IP address; nobody can point an address at another machine."""
    try:
        ip_address((urlsplit(f"//{host}").hostname or "").partition("%")[0])
    except ValueError:
        return False
    return True
