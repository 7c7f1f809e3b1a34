"""The settings: name, default and purpose of each. This is the only list of them.

A setting is read from its default, the environment, `instance/config.py` if that file exists, and the mapping given to
`create_app`; a later source overrides an earlier one. A relative path is resolved against the checkout, so a command
uses the same index whatever the current directory is. Invalid values are rejected before anything is opened. The index
cleans up its folder, so that folder must not contain anything else.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from flask import Flask

from archive.reading.bounds import LONGEST_TEXT, MEBIBYTES, SECONDS
from index.words import stemming
from index.words.roots.exceptions import BadExceptions

ROOT: Final = Path(__file__).resolve().parents[1]
MOST_DIGITS: Final = 12  # of a number
LANGUAGES: Final[Mapping[str, str]] = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT_RULES: Final = "instance/boilerplate.tsv"
_DEFAULT_EXCEPTIONS: Final = "instance/stem-exceptions.tsv"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. For a path, `path` says what it must name; for a whole number, `least` is the smallest."""

    name: str
    default: str
    help: str
    path: str = ""
    least: int = 0


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
        "KLIPING_LONGEST_ARTICLE",
        str(LONGEST_TEXT),
        "The most characters of an article; a longer one is rejected.",
        least=1000,
    ),
    Setting(
        "KLIPING_RECORD_SECONDS",
        str(SECONDS),
        "The most seconds of work on one article or web page; one that takes more is rejected.",
        least=1,
    ),
    Setting(
        "KLIPING_RECORD_MEMORY",
        str(MEBIBYTES),
        "The most MiB of memory for the work on a portion of articles; one that takes more is rejected.",
        least=256,
    ),
    Setting("KLIPING_LANGUAGE", "id", "The language of the pages until a reader chooses another: id or en."),
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
    app.config.from_pyfile(Path(app.instance_path) / "config.py", silent=True)
    app.config.from_mapping(given)
    for setting in SETTINGS:
        if setting.path:
            app.config[setting.name] = _path(setting, app.config[setting.name])
        elif setting.least:
            app.config[setting.name] = _number(setting, app.config[setting.name])
    _require_own_folder(app.config["KLIPING_INDEX"], app.config["KLIPING_ARTICLES"])
    if app.config["KLIPING_LANGUAGE"] not in LANGUAGES:
        raise BadSetting(f"KLIPING_LANGUAGE is {app.config['KLIPING_LANGUAGE']!r}; it must be one of: id, en")
    _overrule_stems(app.config["KLIPING_STEM_EXCEPTIONS"])


def _path(setting: Setting, value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise BadSetting(f"{setting.name} is {value!r}; it must name {setting.path} (leave it unset for the usual one)")
    try:
        return ROOT / Path(value).expanduser()
    except RuntimeError as error:  # ~nobody/index
        raise BadSetting(f"{setting.name} is {str(value)!r}; there is no such home folder") from error


def _number(setting: Setting, value: object) -> int:
    written = str(value).strip()
    if not (written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS and int(written) >= setting.least):
        raise BadSetting(f"{setting.name} is {value!r}; it must be a whole number from {setting.least} on")
    return int(written)


def _require_own_folder(index: Path, articles: Path) -> None:
    for other, what in ((ROOT, "the checkout"), (articles, "the folder of KLIPING_ARTICLES")):
        if other.resolve().is_relative_to(index.resolve()):
            raise BadSetting(f"KLIPING_INDEX is {str(index)!r}, which holds {what}; it must be a folder of its own")


def _overrule_stems(path: Path) -> None:
    """Load the stemmer exceptions; the file may be missing only at its default path."""
    try:
        stemming.use_exceptions(path if path.exists() or path != ROOT / _DEFAULT_EXCEPTIONS else None)
    except BadExceptions as error:
        raise BadSetting(f"KLIPING_STEM_EXCEPTIONS is {str(path)!r}; {error}") from error
