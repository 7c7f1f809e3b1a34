"""Web addresses: one form for all addresses of a page, for comparison.

A page is reached with and without `https`, `www.` or `m.`, a slash at the end, and what advertisers append.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

_HOST: Final = re.compile(r"^(?:www|m|amp|mobile)\.")
_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|ref|source")
_NAME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?")


def plain_address(address: str) -> str:
    """An address without scheme, subdomain for phones, tracking and what stands at its end."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
    except ValueError:  # a bracket that is no IPv6 address
        return address
    asked = [f"{name}={value}" for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    host = _HOST.sub("", parts.netloc.casefold())
    return f"{host}/{unquote(parts.path).strip('/')}" + ("?" + "&".join(asked) if asked else "")


def page_address(address: str) -> str | None:
    """The plain form of the address of one page; None for a site as a whole, and for what is no address."""
    plain = plain_address("".join(address.split()))
    host, _, page = plain.partition("/")
    return plain if page and _NAME.fullmatch(host) else None
