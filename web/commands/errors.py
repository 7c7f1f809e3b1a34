"""Errors that end a command in one sentence: exit status 2 for invalid input, 1 for all else."""

import errno
import os
import sys
from contextlib import suppress
from typing import Any

import click

from archive.reading.field_names import UnknownField
from archive.reading.records import MissingPath
from index.backup_file import NoPlaceForBackup
from index.disk_errors import reason, remedy
from index.engine import EngineError
from index.parallel import WorkerDied
from index.query.errors import BadQuery
from web.commands.console import visible
from web.parameter_errors import BadParameter


class InvalidInput(click.ClickException):
    """An argument of a command, or what it names, cannot be: a query, a path, a file of another kind."""

    exit_code = 2


WRONG_PATHS = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
INVALID = (MissingPath, UnknownField, BadQuery, BadParameter, NoPlaceForBackup)


class Command(click.Command):
    """A command that tells an error in one sentence. A closed pipe (`| head`) ends it without a word."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except INVALID as error:
            raise InvalidInput(visible(str(error))) from error
        except EngineError as error:
            raise click.ClickException(visible(str(error))) from error
        except WorkerDied as error:
            raise click.ClickException(f"{error}; the index is as it was") from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # Click ends the command
            kind = InvalidInput if isinstance(error, WRONG_PATHS) else click.ClickException
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
