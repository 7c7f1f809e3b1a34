"""The settings: what each is called, what it is unless set, and what it is for. There is no other list of them.

A setting is read, the later overruling the earlier, from its default, from the environment, from
`instance/config.py` where that file exists, and from the mapping given to `create_app`. Folders that are not absolute
lie below the checkout, so that a command gives the same index whatever folder it is run from.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask

ROOT: Final = Path(__file__).resolve().parents[1]
LANGUAGES: Final[Mapping[str, str]] = {"id": "Bahasa Indonesia", "en": "English"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `folder` says that its value is a path."""

    name: str
    default: str
    help: str
    folder: bool = False


SETTINGS: Final = (
    Setting("KLIPING_INDEX", "instance/index", "The folder the index is kept in.", folder=True),
    Setting("KLIPING_ARTICLES", "instance/articles", "The folder `flask reindex` reads when given none.", folder=True),
    Setting("KLIPING_LANGUAGE", "id", "The language of the pages until a reader chooses another: id or en."),
    Setting("KLIPING_TITLE", "Kliping", "The name of the archive, shown on every page and in citations."),
)


class BadSetting(ValueError):
    """A setting has a value it cannot have."""


def configure(app: Flask, given: Mapping[str, object]) -> None:
    """Fill the app's configuration: every setting of the list, and whatever else Flask itself is to be told."""
    app.config.from_mapping({setting.name: setting.default for setting in SETTINGS})
    app.config.from_mapping({s.name: os.environ[s.name] for s in SETTINGS if s.name in os.environ})
    app.config.from_pyfile(Path(app.instance_path) / "config.py", silent=True)
    app.config.from_mapping(given)
    for setting in SETTINGS:
        if setting.folder:
            app.config[setting.name] = ROOT / Path(app.config[setting.name]).expanduser()
    if app.config["KLIPING_LANGUAGE"] not in LANGUAGES:
        raise BadSetting(f"KLIPING_LANGUAGE is {app.config['KLIPING_LANGUAGE']!r}; it must be one of: id, en")
