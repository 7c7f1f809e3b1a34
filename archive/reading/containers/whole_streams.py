"""Streams as a whole: their bytes up to a size, or a copy that can be sought in."""

import io
from typing import IO

from archive.reading.containers.decompression import UnsuitableFile

PORTION = 1 << 20  # bytes read at once


def read_bytes(stream: IO[bytes], most: int) -> bytes:
    """All bytes of a stream; raises UnsuitableFile if they are more than `most`."""
    whole = io.BytesIO()  # reading at once would allocate what the file may have at most
    while part := stream.read(PORTION):
        whole.write(part)
        if whole.tell() > most:
            raise UnsuitableFile(f"more than {most >> 20} MiB in one piece; split it, or write it as JSON Lines")
    return whole.getvalue()


def seekable(stream: io.BufferedReader, space: IO[bytes]) -> IO[bytes]:
    """The stream itself if it can be sought in, else its copy in a temporary file."""
    if stream.seekable():
        return stream
    while part := stream.read(PORTION):
        space.write(part)
    space.seek(0)
    return space
