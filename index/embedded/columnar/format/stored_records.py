"""Stored records: what the index keeps of each document, compressed in blocks of up to sixteen documents.

    stored.first  u4[B+1]   the first document of each block; first[B] is the number of documents
    stored.at     u8[2B+1]  where the short part and the long part of each block begin in `data`
    stored.data   u1[…]     the parts, each compressed by zstandard: u4[n] lengths of its n records, then the records
    a record, per field     u1 length of the name, name, u1 kind (0 bytes, 1 JSON), u4 length of the value, value

A record maps names to values, as Whoosh stores them. The field `LONG` is in the long part, all others are in the short
one, which can be read alone in a fraction of the time. Records are not pickled, because an index may come from another
machine and reading it must not run code.
"""

import json
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import zstandard

from index.embedded.columnar.format.arrays import Array, ArrayFile, ArrayWriter

RECORDS = 16  # per block; with 32, an index would be 2 % smaller and reading one article twice as slow
LARGEST = 500_000  # bytes of a block of several records; a long article must not be read with each of its neighbours
LEVEL = 3  # of zstandard; level 6 is 4 % smaller and three times slower
RAW, JSON = 0, 1
VALUE = struct.Struct("<BL")
LONG: Final = "text"  # the name of the field in the long part

Record = Mapping[str, Any]


class EncodedRecord(NamedTuple):
    """A record as bytes; `long` is empty where it was not read."""

    short: bytes
    long: bytes

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.short) + len(self.long)


@dataclass(frozen=True, slots=True)
class Block:
    """The compressed records of consecutive documents."""

    count: int
    short: bytes
    long: bytes


class StoredRecords:
    """The stored records of one segment, in mapped memory."""

    def __init__(self, file: ArrayFile) -> None:
        self._first = file["stored.first"].data
        self._at = file["stored.at"].data
        self._data = file.bytes_of("stored.data")

    def __getitem__(self, document: int) -> dict[str, Any]:
        return decode_record(next(self.encoded([document])))

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks, as they are in the file."""
        for block in range(len(self._first) - 1):
            count = self._first[block + 1] - self._first[block]
            yield Block(count, bytes(self._part(2 * block)), bytes(self._part(2 * block + 1)))

    def encoded(self, documents: Sequence[int], *, long: bool = True) -> Iterator[EncodedRecord]:
        """Yield the encoded records of documents given in ascending order; each block is decompressed once.

        The long parts are left out unless they are wanted.
        """
        unpack = zstandard.ZstdDecompressor().decompress  # making one takes as long as unpacking a block
        first, after = 0, 0
        short: list[bytes] = []
        rest: list[bytes] = []
        for document in documents:
            if document >= after:
                block = bisect_right(self._first, document) - 1
                first, after = self._first[block], self._first[block + 1]
                short = _records(unpack(self._part(2 * block)), after - first)
                rest = _records(unpack(self._part(2 * block + 1)), after - first) if long else [b""] * (after - first)
            yield EncodedRecord(short[document - first], rest[document - first])

    def _part(self, number: int) -> memoryview:
        return self._data[self._at[number] : self._at[number + 1]]


def encode_record(record: Record) -> EncodedRecord:
    """Encode a record; TypeError for a value that is neither bytes nor JSON-serializable."""
    fields = {name: _encode_field(name, value) for name, value in record.items()}
    long = fields.pop(LONG, b"")
    return EncodedRecord(b"".join(fields.values()), long)


def decode_record(record: EncodedRecord) -> dict[str, Any]:
    """Decode what `encode_record` returned, without `LONG` if its part is empty."""
    found: dict[str, Any] = {}
    for part in record:
        at = 0
        while at < len(part):
            name = part[at + 1 : at + 1 + part[at]].decode()
            at += 1 + part[at]
            kind, length = VALUE.unpack_from(part, at)
            at += VALUE.size
            value = part[at : at + length]
            found[name] = value if kind == RAW else json.loads(value)
            at += length
    return found


def compress_blocks(records: Sequence[EncodedRecord]) -> list[Block]:
    """Compress encoded records into blocks."""
    return [_block(records[start:end]) for start, end in pairwise(_block_starts(records))]


def write(writer: ArrayWriter, blocks: Iterable[Block]) -> None:
    """Write blocks, as they arrive, as the arrays `stored.…`."""
    counts, sizes = [], []

    def data() -> Iterator[Array]:
        for block in blocks:
            counts.append(block.count)
            for part in (block.short, block.long):
                sizes.append(len(part))
                yield np.frombuffer(part, np.uint8)

    writer.stream("stored.data", np.uint8, data())
    writer.add("stored.first", _offsets(counts).astype(np.uint32))
    writer.add("stored.at", _offsets(sizes))


def _block_starts(records: Sequence[EncodedRecord]) -> list[int]:
    """The first record of each block, and the number of records."""
    starts, size = [0], 0
    for number, record in enumerate(records):
        size += record.size
        if number > starts[-1] and (number - starts[-1] == RECORDS or size > LARGEST):
            starts.append(number)
            size = record.size
    return [*starts, len(records)] if records else [0]


def _offsets(counts: list[int]) -> Array:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.uint64)


def _encode_field(name: str, value: Any) -> bytes:
    kind, data = (RAW, value) if isinstance(value, bytes) else (JSON, json.dumps(value, ensure_ascii=False).encode())
    return bytes((len(name.encode()),)) + name.encode() + VALUE.pack(kind, len(data)) + data


def _block(records: Sequence[EncodedRecord]) -> Block:
    short, long = zip(*records, strict=True)
    return Block(len(records), _packed(short), _packed(long))


def _packed(parts: Sequence[bytes]) -> bytes:
    return zstandard.compress(np.fromiter(map(len, parts), "<u4", len(parts)).tobytes() + b"".join(parts), LEVEL)


def _records(plain: bytes, count: int) -> list[bytes]:
    """The records of the unpacked part of a block."""
    ends = accumulate(memoryview(plain)[: 4 * count].cast("I"), initial=4 * count)
    return [plain[start:end] for start, end in pairwise(ends)]
