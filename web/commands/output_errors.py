"""Errors that end a command: what the index says, and what no part has put into words, such as a full output."""

import errno
import os
import sys
from contextlib import suppress
from typing import Any

import click

from index.disk_errors import reason, remedy
from index.engine import EngineError
from web.commands.console import visible


class MissingPath(click.ClickException):
    """A path is not there; it is an argument that cannot be."""

    exit_code = 2


class Command(click.Command):
    """A command that tells an error in one sentence. A closed pipe (`| head`) ends it without a word."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except EngineError as error:
            raise click.ClickException(visible(str(error))) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # Click ends the command
            kind = MissingPath if isinstance(error, FileNotFoundError) else click.ClickException
            raise kind(visible(_sentence(error))) from error


def _sentence(error: OSError) -> str:
    if error.filename is not None:
        name = os.fsdecode(error.filename)
        return f"{name} cannot be used: {reason(error)}; {remedy(error, 'name or make another')}"
    _discard_output()
    return f"the output cannot be written: {reason(error)}; {remedy(error, 'send it elsewhere')}"


def _discard_output() -> None:
    """Send what is left of the output nowhere: Python would try to write it once more at its end, and complain."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
