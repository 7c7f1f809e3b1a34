"""Anonymous temporary files that live as long as their owner and vanish with the process, however it ends."""

import weakref
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO


def temporary_file(owner: object, folder: Path | None) -> IO[bytes]:
    """Open an anonymous file in a folder, or in the system's folder of temporary files."""
    file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115  # lives as long as its owner
    weakref.finalize(owner, _close, file)
    return file


def _close(file: IO[bytes]) -> None:
    """Close the file. On a full disk this fails once more, which matters to nobody: the file is given up."""
    with suppress(OSError):
        file.close()
