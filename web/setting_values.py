"""Checks the values of settings, which come as text from the environment and as values from a configuration file.

Each check returns the value as the program uses it. BadSetting names the setting and says what it must be.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click
from limits import parse_many

from index.storage.address import KIND, BadAddress, IndexAddress, is_address, parse_address

ANY_HOST: Final = "*"
MOST_DIGITS: Final = 9  # of a whole number; what counts thousands of millions is a mistake
_HOST: Final = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", re.ASCII)
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9_.-]+(:\d{1,5})?", re.ASCII)
_ADDRESS: Final = re.compile(r"[!-~]+")
_WHOLE: Final = re.compile(rf"\d{{1,{MOST_DIGITS}}}", re.ASCII)


class BadSetting(click.ClickException):
    """A setting has an invalid value. It is a Click exception, so every command prints it as one sentence."""


def choice(name: str, value: object, valid: Sequence[str]) -> str:
    """One of the valid words; True and False are on and off."""
    given = {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
    if given not in valid:
        raise BadSetting(f"{name} is {value!r}; it must be one of: {', '.join(valid)}")
    return str(given)


def whole_number(name: str, value: object, least: int) -> int:
    """A whole number from `least` on."""
    written = str(value).strip()
    if isinstance(value, bool) or not _WHOLE.fullmatch(written) or int(written) < least:
        none = ", 0 for none" if least == 0 else ""
        raise BadSetting(
            f"{name} is {value!r}; it must be a whole number from {least} on, of at most {MOST_DIGITS} digits{none}"
        )
    return int(written)


def per_cent(name: str, value: object) -> float:
    """A share in per cent, with or without the sign."""
    with suppress(ValueError):
        share = float(str(value).strip().removesuffix("%"))
        if 0 <= share <= 100:
            return share
    raise BadSetting(f"{name} is {value!r}; it must be a number of per cent from 0 to 100, such as 20")


def address(name: str, value: object) -> str:
    """The address readers use, which can be prefixed to the paths of pages; "" if there is none."""
    try:
        parts = urlsplit(str(value))
        whole = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        whole = False
    if value and not (
        whole and _ADDRESS.fullmatch(str(value)) and not (parts.query or parts.fragment or parts.username)
    ):
        raise BadSetting(f"{name} is {value!r}; it must be an address such as https://arsip.example/kliping")
    return str(value).rstrip("/")


def origins(name: str, value: object) -> tuple[str, ...]:
    """The origins of sites, with commas between, or * for any."""
    given = value if isinstance(value, tuple | list) else str(value).split(",")
    found = tuple(filter(None, (str(one).strip() for one in given)))
    for origin in found:
        if origin != ANY_HOST and not _ORIGIN.fullmatch(origin):
            raise BadSetting(f"{name} holds {origin!r}; write origins such as https://lab.example:8443, or *")
    return found


def rate_limit(name: str, value: object) -> str:
    """Numbers of requests in spans of time; "" for no limit."""
    written = str(value).strip()
    try:
        if written:
            parse_many(written)
    except ValueError as error:
        raise BadSetting(f"{name} is {value!r}; it must be such as 10 per second; 300 per minute") from error
    return written


def require_hosts(name: str, value: object) -> None:
    """Require names of hosts, with commas between."""
    for host in str(value).split(","):
        if host.strip() and not _HOST.fullmatch(host.strip()):
            raise BadSetting(f"{name} holds {host.strip()!r}; write names without port, such as arsip.example, or *")


def location(name: str, value: object, *, base: Path) -> Path | IndexAddress:
    """Where the index lies: the address of servers that keep it, or a path; see `path`."""
    if isinstance(value, IndexAddress):
        return value
    try:
        if is_address(value):
            return parse_address(str(value))
    except BadAddress as error:
        raise BadSetting(f"{name} {error}") from None
    return path(name, value, what="a folder", base=base)


def path(name: str, value: object, *, what: str, base: Path) -> Path:
    """A path; a relative one is resolved against `base`. `what` says what it must name."""
    if kind := KIND.match(str(value)):
        raise BadSetting(f"{name} is an address of a kind that is not known here ({kind[1]}:); it must name {what}")
    if not isinstance(value, str | Path) or not str(value).strip():
        raise BadSetting(f"{name} is {value!r}; it must name {what} (leave it unset for the usual one)")
    try:
        return base / Path(value).expanduser()
    except RuntimeError as error:  # ~nobody/index
        raise BadSetting(f"{name} is {str(value)!r}; there is no such home folder") from error
