"""Identifiers: how the documents of articles are named, and stories, loose groups and texts numbered, in the server."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

LONGEST_ID: Final = 400  # bytes; the server takes 512
SIGN: Final = np.uint64(1 << 63)


def number_of(name: str) -> int:
    """The number of a story or loose group: 63 bits of the digest of its name."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def document_id(article_id: str) -> str:
    """The id of a document: that of the article, or of a very long one its digest."""
    packed = article_id.encode("utf-8", "surrogatepass")
    return article_id if len(packed) <= LONGEST_ID else f"#{blake2b(packed, digest_size=32).hexdigest()}"


def numbers_of(digests: NDArray[np.uint64]) -> list[int]:
    """The numbers of texts with some digests: the server's numbers have a sign, and these are in the same order."""
    numbers: list[int] = (digests ^ SIGN).view(np.int64).tolist()
    return numbers


def digests_of(numbers: Sequence[int]) -> NDArray[np.uint64]:
    """The digests of texts with some numbers."""
    digests: NDArray[np.uint64] = np.array(numbers, np.int64).view(np.uint64) ^ SIGN
    return digests
