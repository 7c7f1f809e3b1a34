"""What a zip archive is written to if its bytes are sent as they come."""

from collections.abc import Iterator


class ZipBuffer:
    """A file without positions, for ZipFile to write to, whose bytes are taken from it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Hold bytes."""
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: bytes are taken, not flushed."""

    def taken(self, least: int = 1) -> Iterator[bytes]:
        """Yield what is held, if it is at least so much."""
        if len(self._held) >= max(least, 1):
            yield bytes(self._held)
            self._held.clear()
