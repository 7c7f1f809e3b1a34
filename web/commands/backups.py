"""The commands `flask backup` and `flask restore`: a whole index with the keeper's settings in one file."""

from collections.abc import Mapping
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from index import backups
from web.commands.console import pluralized, visible
from web.commands.errors import Command


def _settings() -> Mapping[str, Path]:
    """The files that hold the settings of this archive, under their names in a backup."""
    config = current_app.config
    return {
        "config.py": Path(current_app.instance_path) / "config.py",
        "boilerplate.tsv": Path(config["KLIPING_BOILERPLATE"]),
        "outlets.tsv": Path(config["KLIPING_OUTLETS"]),
        "synonyms.tsv": Path(config["KLIPING_SYNONYMS"]),
        "stem-exceptions.tsv": Path(config["KLIPING_STEM_EXCEPTIONS"]),
    }


@click.command("backup", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@with_appcontext
def backup_command(file: Path) -> None:
    """Write the published index and the settings into a file.

    FILE gets its name when it is complete, whatever else runs meanwhile.
    """
    info, settings = backups.back_up(current_app.config["KLIPING_INDEX"], file, _settings())
    held = ", ".join(settings) or "no settings files"
    click.echo(
        f"{visible(str(file))}: index {info.id} of {pluralized(info.articles, 'article', 'articles')}; {held}; "
        f"{file.stat().st_size:,} bytes"
    )


@click.command("restore", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@with_appcontext
def restore_command(file: Path) -> None:
    """Check a backup and publish its index.

    Readers keep the old index until the new one is complete.

    Settings files are written where there are none. One that is there and differs stays; that of the backup is put
    beside it, with the ending .restored.
    """
    report = backups.restore(current_app.config["KLIPING_INDEX"], file, _settings())
    click.echo(f"index {report.index.id} of {pluralized(report.index.articles, 'article', 'articles')} is restored")
    for path in report.written:
        click.echo(f"written: {visible(str(path))}")
    for path in report.beside:
        there = visible(path.with_suffix("").name)
        click.echo(f"written: {visible(str(path))}, since {there} is there and differs; take over what is wanted")
