"""One hash of 64 bits for texts: ids, names, places, lines. Files beside an index hold it, so it never changes."""

from hashlib import blake2b


def text_hash(text: str | bytes) -> int:
    """The hash of a text, or of its UTF-8 bytes: the first 8 bytes of BLAKE2b, little-endian; the same everywhere."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")
