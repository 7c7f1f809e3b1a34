"""The request of `flask reindex`: what to read, and within which bounds, by its arguments and the settings."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app

from archive.press.boilerplate import BadRules, BoilerplateRules
from archive.reading.bounds import RecordBounds
from archive.reading.containers.bounds import ContainerBounds
from archive.reading.file_discovery import is_missing
from index.disk_errors import reason
from index.reindexing.listings import Listings
from index.reindexing.request import ReindexRequest
from index.reindexing.work_limits import WorkLimits
from web.commands.console import visible
from web.commands.index_changes import beside_index, listings_folder
from web.config import DEFAULT_RULES, ROOT


def request_by_settings(paths: tuple[Path, ...], mapping: Iterable[str]) -> ReindexRequest:
    """The request for the paths, or without any for the folder of articles, within the bounds of the settings."""
    config = current_app.config
    work = config["KLIPING_RECORD_SECONDS"], config["KLIPING_RECORD_MEMORY"]
    return ReindexRequest(
        paths or (_articles_folder(),),
        _mapping(mapping),
        max_removed=config["KLIPING_MAX_REMOVED"],
        rules=_rules(),
        bounds=RecordBounds(config["KLIPING_LONGEST_ARTICLE"], *work, _container_bounds()),
        limits=WorkLimits(*work),
        listings=Listings(listings_folder()),
        reject_file=beside_index(".rejected.tsv"),
        answers=beside_index(".parsed"),
    )


def _container_bounds() -> ContainerBounds:
    names = ("MEMBERS", "UNPACKED", "NESTING", "RATIO")
    return ContainerBounds(*(current_app.config[f"KLIPING_CONTAINER_{name}"] for name in names))


def _articles_folder() -> Path:
    folder = Path(current_app.config["KLIPING_ARTICLES"])
    if is_missing(folder):
        raise click.ClickException(
            f"there is no folder {visible(str(folder))}; put articles there, or name a path: flask reindex PATH"
        )
    return folder


def _rules() -> BoilerplateRules:
    """Load the boilerplate rules; the file may be missing only at its default path."""
    path = Path(current_app.config["KLIPING_BOILERPLATE"])
    try:
        if not path.exists() and path == ROOT / DEFAULT_RULES:
            return BoilerplateRules()
        return BoilerplateRules.load(path)
    except (BadRules, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(visible(f"KLIPING_BOILERPLATE is {str(path)!r}; {reason(error)}")) from error


def _mapping(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Parse the options `--map FIELD=NAME` into field → names, in the order given."""
    pairs = [pair.partition("=") for pair in given]
    for field, sign, name in pairs:
        if not (field and sign and name):
            raise click.BadParameter(
                f"{visible(field + sign + name)} is not FIELD=NAME, such as text=story_body", param_hint="--map"
            )
    names: dict[str, tuple[str, ...]] = {}
    for field, _, name in pairs:
        names[field.strip()] = (*names.get(field.strip(), ()), name.strip())
    return names
