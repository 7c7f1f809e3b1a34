"""The settings: name, default and purpose of each. This is the only list of them.

A setting is read from its default, the environment, `instance/config.py` if that file exists, and the mapping given to
`create_app`; a later source overrides an earlier one. A relative path is resolved against the checkout, so a command
uses the same index whatever the current directory is. Invalid values are rejected before anything is opened. The index
cleans up its folder, so that folder must not contain anything else.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click
from flask import Flask

from index.words import stemming
from index.words.roots.exceptions import BadExceptions

ROOT: Final = Path(__file__).resolve().parents[1]
LANGUAGES: Final[Mapping[str, str]] = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT_RULES: Final = "instance/boilerplate.tsv"
ANY_HOST: Final = "*"
_HOST: Final = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", re.ASCII)
_DEFAULT_EXCEPTIONS: Final = "instance/stem-exceptions.tsv"


class LogFormat(StrEnum):
    """How requests are logged."""

    OFF = "off"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; for a path, `path` says what it must name, else it is empty."""

    name: str
    default: str
    help: str
    path: str = ""


SETTINGS: Final = (
    Setting("KLIPING_INDEX", "instance/index", "The folder the index is kept in.", path="a folder"),
    Setting(
        "KLIPING_ARTICLES", "instance/articles", "The folder `flask reindex` reads when given none.", path="a folder"
    ),
    Setting(
        "KLIPING_STEM_EXCEPTIONS",
        _DEFAULT_EXCEPTIONS,
        "A file of words and their roots that overrule the stemmer, where there is one.",
        path="a file",
    ),
    Setting(
        "KLIPING_BOILERPLATE",
        DEFAULT_RULES,
        "A file of lines to keep in articles or to drop from them, where there is one.",
        path="a file",
    ),
    Setting(
        "KLIPING_MAX_REMOVED",
        "20",
        "The share of the archive, in per cent, that a reindex may remove without `--allow-removals`.",
    ),
    Setting("KLIPING_LANGUAGE", "id", "The language of the pages until a reader chooses another: id or en."),
    Setting(
        "KLIPING_URL",
        "",
        "The address readers use, such as https://arsip.example/kliping; citations give it.",
    ),
    Setting(
        "KLIPING_HOSTS",
        "",
        "Further names to answer under, with commas between, .example.org for all below one, * for any; "
        "known are localhost, addresses in numbers, this machine and the name in KLIPING_URL.",
    ),
    Setting(
        "KLIPING_PROXIES",
        "0",
        "The number of reverse proxies in front whose X-Forwarded-* and X-Request-ID are believed.",
    ),
    Setting("KLIPING_LOG", "off", "Whether each request is logged, on standard error: off, text or json."),
    Setting("KLIPING_LOG_QUERIES", "off", "Whether the log holds what readers asked for: off or on."),
    Setting("KLIPING_SLOW_MS", "0", "Requests that take so many milliseconds are logged in any case; 0 for none."),
    Setting("KLIPING_METRICS", "off", "Whether /metrics shows counters for Prometheus: off or on."),
    Setting(
        "KLIPING_CACHE_MB",
        "32",
        "Megabytes of recent answers each worker keeps in memory, compressed; 0 keeps none.",
    ),
    Setting("KLIPING_TITLE", "Kliping", "The name of the archive, shown on every page and in citations."),
)


class BadSetting(click.ClickException):
    """A setting has an invalid value. It is a Click exception, so every command prints it as one sentence."""


def configure(app: Flask, given: Mapping[str, object]) -> None:
    """Fill the app's configuration with every setting of the list, and with any Flask options in `given`.

    Raises:
        BadSetting: If a setting has an invalid value.
    """
    app.config.from_mapping({setting.name: setting.default for setting in SETTINGS})
    app.config.from_mapping({s.name: os.environ[s.name] for s in SETTINGS if s.name in os.environ})
    _read_config_file(app, Path(app.instance_path) / "config.py")
    app.config.from_mapping(given)
    for setting in SETTINGS:
        if setting.path:
            app.config[setting.name] = _path(setting, app.config[setting.name])
    _require_own_folder(app.config["KLIPING_INDEX"], app.config["KLIPING_ARTICLES"])
    if app.config["KLIPING_LANGUAGE"] not in LANGUAGES:
        raise BadSetting(f"KLIPING_LANGUAGE is {app.config['KLIPING_LANGUAGE']!r}; it must be one of: id, en")
    for name in ("KLIPING_LOG_QUERIES", "KLIPING_METRICS"):
        app.config[name] = _choice(name, app.config[name], ("off", "on")) == "on"
    for name in ("KLIPING_PROXIES", "KLIPING_SLOW_MS", "KLIPING_CACHE_MB"):
        app.config[name] = _number(name, app.config[name])
    app.config["KLIPING_LOG"] = LogFormat(_choice("KLIPING_LOG", app.config["KLIPING_LOG"], tuple(LogFormat)))
    app.config["KLIPING_URL"] = _address(app.config["KLIPING_URL"])
    _require_names(app.config["KLIPING_HOSTS"])
    app.config["KLIPING_MAX_REMOVED"] = _per_cent("KLIPING_MAX_REMOVED", app.config["KLIPING_MAX_REMOVED"])
    _overrule_stems(app.config["KLIPING_STEM_EXCEPTIONS"])


def _choice(name: str, value: object, valid: tuple[str, ...]) -> str:
    given = {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
    if given not in valid:
        raise BadSetting(f"{name} is {value!r}; it must be one of: {', '.join(valid)}")
    return str(given)


def _number(name: str, value: object) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}", str(value), re.ASCII):
        raise BadSetting(f"{name} is {value!r}; it must be a whole number, 0 for none")
    return int(str(value))


def _address(value: object) -> str:
    """Return the address readers use; it must be one that can be prefixed to the paths of pages."""
    try:
        parts = urlsplit(str(value))
        whole = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        whole = False
    if value and not (
        whole and re.fullmatch(r"[!-~]+", str(value)) and not (parts.query or parts.fragment or parts.username)
    ):
        raise BadSetting(f"KLIPING_URL is {value!r}; it must be an address such as https://arsip.example/kliping")
    return str(value).rstrip("/")


def _require_names(value: object) -> None:
    for name in str(value).split(","):
        if name.strip() and not _HOST.fullmatch(name.strip()):
            raise BadSetting(
                f"KLIPING_HOSTS holds {name.strip()!r}; write names without port, such as arsip.example, or *"
            )


def _read_config_file(app: Flask, path: Path) -> None:
    """Read the settings of a file, where there is one."""
    try:
        app.config.from_pyfile(path, silent=True)
    except (OSError, SyntaxError) as error:
        raise BadSetting(f"{path} cannot be read: {error}; correct it, or remove it") from error


def _path(setting: Setting, value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise BadSetting(f"{setting.name} is {value!r}; it must name {setting.path} (leave it unset for the usual one)")
    try:
        return ROOT / Path(value).expanduser()
    except RuntimeError as error:  # ~nobody/index
        raise BadSetting(f"{setting.name} is {str(value)!r}; there is no such home folder") from error


def _per_cent(name: str, value: object) -> float:
    with suppress(ValueError):
        share = float(str(value).strip().removesuffix("%"))
        if 0 <= share <= 100:
            return share
    raise BadSetting(f"{name} is {value!r}; it must be a number of per cent from 0 to 100, such as 20")


def _require_own_folder(index: Path, articles: Path) -> None:
    for other, what in ((ROOT, "the checkout"), (articles, "the folder of KLIPING_ARTICLES")):
        if Path(os.path.realpath(other)).is_relative_to(os.path.realpath(index)):  # resolve() fails on circles of links
            raise BadSetting(f"KLIPING_INDEX is {str(index)!r}, which holds {what}; it must be a folder of its own")


def _overrule_stems(path: Path) -> None:
    """Load the stemmer exceptions; the file may be missing only at its default path."""
    try:
        stemming.use_exceptions(path if path.exists() or path != ROOT / _DEFAULT_EXCEPTIONS else None)
    except (BadExceptions, OSError) as error:
        raise BadSetting(f"KLIPING_STEM_EXCEPTIONS is {str(path)!r}; {error}") from error
