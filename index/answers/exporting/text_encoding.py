"""Encoding: text of exported files as UTF-8 that every program reads."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

CHUNK: Final = 1 << 16  # characters written at once: fewer, larger writes are faster, and this is little memory
_UNENCODABLE = re.compile("[\ud800-\udfff\0]")  # half characters of damaged files, and NUL, which ends a text in C


def encoded(text: str) -> bytes:
    """Return a text as UTF-8, with U+FFFD in place of half characters and NUL."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return _UNENCODABLE.sub("\ufffd", text).encode()
    return data if b"\0" not in data else _UNENCODABLE.sub("\ufffd", text).encode()


def in_chunks(parts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts joined and encoded, some of them at a time."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= CHUNK:
            yield encoded("".join(held))
            held.clear()
            size = 0
    if held:
        yield encoded("".join(held))
