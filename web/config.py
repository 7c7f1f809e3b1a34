"""The settings: name, default and purpose of each. This is the only list of them.

A setting is read from its default, the environment, `instance/config.py` if that file exists, and the mapping given to
`create_app`; a later source overrides an earlier one. A relative path is resolved against the checkout, so a command
uses the same index whatever the current directory is. Invalid values are rejected before anything is opened. The index
cleans up its folder, so that folder must not contain anything else.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from flask import Flask

from archive.meanings.synonyms import BadSynonyms, use_synonyms
from archive.press.outlet_table import BadOutlets, OutletTable
from archive.press.outlets import use_outlets
from archive.reading.bounds import LONGEST_TEXT, MEBIBYTES, SECONDS
from archive.reading.containers.bounds import MOST_MEBIBYTES, MOST_MEMBERS, MOST_NESTING
from archive.reading.containers.decompression import MOST_RATIO
from index.disk_errors import reason
from index.words import stemming
from index.words.families import relations
from index.words.roots.exceptions import BadExceptions
from index.words.stemming import Stemmer
from web.setting_values import (
    BadSetting,
    address,
    choice,
    location,
    origins,
    path,
    per_cent,
    rate_limit,
    require_hosts,
    whole_number,
)

ROOT: Final = Path(__file__).resolve().parents[1]
VERSION: Final[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
LANGUAGES: Final[Mapping[str, str]] = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT_RULES: Final = "instance/boilerplate.tsv"
_DEFAULT_OUTLETS: Final = "instance/outlets.tsv"
_DEFAULT_EXCEPTIONS: Final = "instance/stem-exceptions.tsv"
_DEFAULT_SYNONYMS: Final = "instance/synonyms.tsv"


class LogFormat(StrEnum):
    """How requests are logged."""

    OFF = "off"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. For a path, `path` says what it must name; for a whole number, `least` is the smallest."""

    name: str
    default: str
    help: str
    path: str = ""
    least: int | None = None


SETTINGS: Final = (
    Setting(
        "KLIPING_INDEX",
        "instance/index",
        "The folder the index is kept in, or the address of an OpenSearch cluster that keeps it.",
        path="a folder",
    ),
    Setting(
        "KLIPING_CLUSTER_FILES",
        "instance/cluster",
        "The folder that keeps the words of an index in a cluster, so that a server's processes share them.",
        path="a folder",
    ),
    Setting(
        "KLIPING_ARTICLES", "instance/articles", "The folder `flask reindex` reads when given none.", path="a folder"
    ),
    Setting(
        "KLIPING_STEMMER",
        Stemmer.ROOTS.value,
        "What takes words to their roots: roots, or sastrawi for PySastrawi's own algorithm, without exceptions.",
    ),
    Setting(
        "KLIPING_STEM_EXCEPTIONS",
        _DEFAULT_EXCEPTIONS,
        "A file of words and their roots, and of near and far forms, that overrules the stemmer, where there is one.",
        path="a file",
    ),
    Setting(
        "KLIPING_SYNONYMS",
        _DEFAULT_SYNONYMS,
        "A file of words and expressions that mean the same in this archive, where there is one.",
        path="a file",
    ),
    Setting(
        "KLIPING_BOILERPLATE",
        DEFAULT_RULES,
        "A file of lines to keep in articles or to drop from them, where there is one.",
        path="a file",
    ),
    Setting(
        "KLIPING_OUTLETS",
        _DEFAULT_OUTLETS,
        "A file of outlets, their spellings and hosts, that extends the shipped table, where there is one.",
        path="a file",
    ),
    Setting(
        "KLIPING_MAX_REMOVED",
        "20",
        "The share of the archive, in per cent, that a reindex may remove without `--allow-removals`.",
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
    Setting(
        "KLIPING_CONTAINER_MEMBERS",
        str(MOST_MEMBERS),
        "The most members of a file that holds files, with those inside them; further ones are not read.",
        least=1,
    ),
    Setting(
        "KLIPING_CONTAINER_UNPACKED",
        str(MOST_MEBIBYTES),
        "The most MiB that the members of a file unpack to; further ones are not read.",
        least=1,
    ),
    Setting(
        "KLIPING_CONTAINER_NESTING",
        str(MOST_NESTING),
        "The most containers in one another; a deeper one is rejected.",
        least=1,
    ),
    Setting(
        "KLIPING_CONTAINER_RATIO",
        str(MOST_RATIO),
        "The most bytes that a packed byte may unpack to on average; what goes beyond it is not read.",
        least=10,
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
        "KLIPING_CORS",
        "",
        "The origins whose pages may read the API, with commas between, such as https://lab.example, or * for any.",
    ),
    Setting(
        "KLIPING_RATE_LIMIT",
        "",
        "How many requests one address may make of each process, such as 10 per second; 300 per minute.",
    ),
    Setting(
        "KLIPING_PROXIES",
        "0",
        "The number of reverse proxies in front whose X-Forwarded-* and X-Request-ID are believed.",
        least=0,
    ),
    Setting("KLIPING_LOG", "off", "Whether each request is logged, on standard error: off, text or json."),
    Setting("KLIPING_LOG_QUERIES", "off", "Whether the log holds what readers asked for: off or on."),
    Setting(
        "KLIPING_SLOW_MS",
        "0",
        "Requests that take so many milliseconds are logged in any case; 0 for none.",
        least=0,
    ),
    Setting("KLIPING_METRICS", "off", "Whether /metrics shows counters for Prometheus: off or on."),
    Setting(
        "KLIPING_CACHE_MB",
        "32",
        "Megabytes of recent answers each worker keeps in memory, compressed; 0 keeps none.",
        least=0,
    ),
    Setting("KLIPING_TITLE", "Kliping", "The name of the archive, shown on every page and in citations."),
)


def configure(app: Flask, given: Mapping[str, object]) -> None:
    """Fill the app's configuration with every setting of the list, and with any Flask options in `given`.

    Raises:
        BadSetting: If a setting has an invalid value.
    """
    app.config.from_mapping({setting.name: setting.default for setting in SETTINGS})
    app.config.from_mapping({s.name: os.environ[s.name] for s in SETTINGS if s.name in os.environ})
    _read_config_file(app, Path(app.instance_path) / "config.py")
    app.config.from_mapping(given)
    config = app.config
    for setting in SETTINGS:
        name = setting.name
        if name == "KLIPING_INDEX":
            config[name] = location(name, config[name], base=ROOT)
        elif setting.path:
            config[name] = path(name, config[name], what=setting.path, base=ROOT)
        elif setting.least is not None:
            config[name] = whole_number(name, config[name], setting.least)
    if isinstance(config["KLIPING_INDEX"], Path):
        _require_own_folder(config["KLIPING_INDEX"], config["KLIPING_ARTICLES"])
    else:
        config["KLIPING_INDEX"] = replace(config["KLIPING_INDEX"], files=config["KLIPING_CLUSTER_FILES"])
    choice("KLIPING_LANGUAGE", config["KLIPING_LANGUAGE"], tuple(LANGUAGES))
    for name in ("KLIPING_LOG_QUERIES", "KLIPING_METRICS"):
        config[name] = choice(name, config[name], ("off", "on")) == "on"
    config["KLIPING_LOG"] = LogFormat(choice("KLIPING_LOG", config["KLIPING_LOG"], tuple(LogFormat)))
    config["KLIPING_URL"] = address("KLIPING_URL", config["KLIPING_URL"])
    config["KLIPING_CORS"] = origins("KLIPING_CORS", config["KLIPING_CORS"])
    config["KLIPING_RATE_LIMIT"] = rate_limit("KLIPING_RATE_LIMIT", config["KLIPING_RATE_LIMIT"])
    require_hosts("KLIPING_HOSTS", config["KLIPING_HOSTS"])
    config["KLIPING_MAX_REMOVED"] = per_cent("KLIPING_MAX_REMOVED", config["KLIPING_MAX_REMOVED"])
    stemming.use_stemmer(Stemmer(choice("KLIPING_STEMMER", config["KLIPING_STEMMER"], tuple(Stemmer))))
    _overrule_stems(app.config["KLIPING_STEM_EXCEPTIONS"])
    _load_synonyms(app.config["KLIPING_SYNONYMS"])
    _load_outlets(app.config["KLIPING_OUTLETS"])


def _read_config_file(app: Flask, path: Path) -> None:
    """Read the settings of a file, where there is one."""
    try:
        app.config.from_pyfile(path, silent=True)
    except (OSError, SyntaxError) as error:
        raise BadSetting(f"{path} cannot be read: {error}; correct it, or remove it") from error


def _require_own_folder(index: Path, articles: Path) -> None:
    for other, what in ((ROOT, "the checkout"), (articles, "the folder of KLIPING_ARTICLES")):
        if Path(os.path.realpath(other)).is_relative_to(os.path.realpath(index)):  # resolve() fails on circles of links
            raise BadSetting(f"KLIPING_INDEX is {str(index)!r}, which holds {what}; it must be a folder of its own")


def _overrule_stems(path: Path) -> None:
    """Load the exceptions of roots and families; the file may be missing only at its default path."""
    given = path if path.exists() or path != ROOT / _DEFAULT_EXCEPTIONS else None
    try:
        stemming.use_exceptions(given)
        relations.use_exceptions(given)
    except (BadExceptions, OSError) as error:
        raise BadSetting(f"KLIPING_STEM_EXCEPTIONS is {str(path)!r}; {reason(error)}") from error


def _load_synonyms(path: Path) -> None:
    """Load the synonyms of the keeper; the file may be missing only at its default path."""
    try:
        use_synonyms(path if path.exists() or path != ROOT / _DEFAULT_SYNONYMS else None)
    except (BadSynonyms, OSError) as error:
        raise BadSetting(f"KLIPING_SYNONYMS is {str(path)!r}; {reason(error)}") from error


def _load_outlets(path: Path) -> None:
    """Load the outlets of the keeper; the file may be missing only at its default path."""
    try:
        there = path.exists() or path != ROOT / _DEFAULT_OUTLETS
        use_outlets(OutletTable.load(path) if there else OutletTable())
    except (BadOutlets, OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"KLIPING_OUTLETS is {str(path)!r}; {reason(error)}") from error
