"""A question to a parser: its name and the bytes of a file. The answer depends on these, on rules and on libraries."""

from hashlib import blake2b
from typing import Final, NamedTuple

from archive.reading.formats import FileFormat

COSTLY: Final = frozenset({FileFormat.PAGE, FileFormat.PDF})  # 20 to 30 ms each, other documents 0.5 to 3


class Question(NamedTuple):
    """A question, and its digest, by which its answer is known."""

    kind: FileFormat
    raw: bytes
    key: bytes

    @classmethod
    def of(cls, kind: FileFormat, raw: bytes) -> "Question":
        """The question of what a file of a kind holds."""
        digest = blake2b(f"{kind}\n".encode(), digest_size=16)
        digest.update(raw)
        return cls(kind, raw, digest.digest())

    @classmethod
    def of_page(cls, page: str) -> "Question":
        """The question of what a decoded page holds."""
        return cls.of(FileFormat.PAGE, page.encode("utf-8", "surrogatepass"))

    @property
    def is_costly(self) -> bool:
        """Whether the answer is worth keeping, and worth asking for ahead."""
        return self.kind in COSTLY
