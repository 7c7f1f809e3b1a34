"""Where a command writes: standard output, or a file that gets its name when it is complete."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

OUTPUT = "-"  # standard output


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
