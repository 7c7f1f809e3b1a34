"""Where a command writes: standard output, or a file that gets its name when it is complete; and what the name says."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from web.commands.console import visible
from web.commands.errors import InvalidInput

OUTPUT = "-"  # standard output


def named_format(output: str, endings: Mapping[str, str], usual: str) -> str:
    """The format that the ending of a name says, the usual one of a name without an ending.

    Raises:
        InvalidInput: If the name has an ending that says no format.
    """
    name = Path(output).name.lower()
    for ending in sorted(endings, key=len, reverse=True):  # coding.csv before csv
        if name.endswith("." + ending):
            return endings[ending]
    if output == OUTPUT or not Path(output).suffix:
        return usual
    known = ", ".join("." + ending for ending in endings)
    raise InvalidInput(
        f"{visible(output)}: no format ends in {visible(Path(output).suffix)}; end its name in one of {known}, or say "
        "the format with --format"
    )


@contextmanager
def opened_output(output: str) -> Iterator[IO[bytes]]:
    """Open what is written to; an error of the system names the file as it was given."""
    if output == OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        error.filename = output  # the name that was given
        raise
    finally:
        unfinished.unlink(missing_ok=True)
