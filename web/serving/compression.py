"""Compression of answers: zstandard or gzip, as the client accepts.

A page of results takes a fifth of its bytes then, which a reader on a slow line notices. The levels are low, since an
answer is compressed while its reader waits. Files are compressed once, as far as it goes.
"""

import zlib
from typing import Final

import zstandard
from flask import Flask, Response, request

SMALLEST: Final = 1_000  # bytes; a smaller answer fits in a packet as it is
ZSTD_LEVEL: Final = 3
GZIP_LEVEL: Final = 4
FILE_ZSTD_LEVEL: Final = 19
FILE_GZIP_LEVEL: Final = 9
GZIP_WINDOW: Final = 31  # zlib's number for the format of gzip with the largest window
CODINGS: Final = ("zstd", "gzip")  # the better first
TYPES: Final = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def register(app: Flask) -> None:
    """Compress answers. Registered before whatever reads or keeps their bodies, so that it comes after."""
    app.after_request(_compress)


def compressed(body: bytes, coding: str, *, file: bool = False) -> bytes:
    """Compress a body; a `file` is compressed once for many answers, and therefore as far as it goes."""
    if coding == "zstd":
        return zstandard.compress(body, FILE_ZSTD_LEVEL if file else ZSTD_LEVEL)
    packer = zlib.compressobj(FILE_GZIP_LEVEL if file else GZIP_LEVEL, wbits=GZIP_WINDOW)
    return packer.compress(body) + packer.flush()


def accepted_coding() -> str:
    """Return the best coding that the client of this request accepts; "" if it accepts none of ours."""
    return request.accept_encodings.best_match(CODINGS) or ""


def _compress(response: Response) -> Response:
    if not (response.content_type or "").startswith(TYPES):
        return response
    response.vary.add("Accept-Encoding")
    if response.is_streamed or "Content-Encoding" in response.headers:
        return response
    coding, body = accepted_coding(), response.get_data()
    if coding and len(body) >= SMALLEST:
        response.set_data(compressed(body, coding))
        response.headers["Content-Encoding"] = coding
    return response
