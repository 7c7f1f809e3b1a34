"""Identifiers: how the documents of articles are named, and stories and loose groups numbered, in the server."""

from hashlib import blake2b
from typing import Final

LONGEST_ID: Final = 400  # bytes; the server takes 512


def number_of(name: str) -> int:
    """The number of a story or loose group: 63 bits of the digest of its name."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def document_id(article_id: str) -> str:
    """The id of a document: that of the article, or of a very long one its digest."""
    packed = article_id.encode("utf-8", "surrogatepass")
    return article_id if len(packed) <= LONGEST_ID else f"#{blake2b(packed, digest_size=32).hexdigest()}"
