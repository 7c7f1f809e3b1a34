"""Stored records: what the index keeps of each document, compressed in blocks of up to sixteen documents.

    stored.first  u4[B+1]  the first document of each block; first[B] is the number of documents
    stored.at     u8[B+1]  where each block begins in `data`
    stored.data   u1[…]    the blocks, each compressed by zstandard: u4[n] lengths of its n records, then the records
    a record, per field    u1 length of the name, name, u1 kind (0 bytes, 1 JSON), u4 length of the value, value

A record maps names to values, as Whoosh stores them. Records are not pickled, because an index may come from another
machine and reading it must not run code.
"""

import json
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import zstandard

from index.embedded.columnar.format.arrays import Array, ArrayFile, ArrayWriter

RECORDS = 16  # per block; with 32, an index would be 2 % smaller and reading one article twice as slow
LARGEST = 500_000  # bytes of a block of several records; a long article must not be read with each of its neighbours
LEVEL = 3  # of zstandard; level 6 is 4 % smaller and three times slower
RAW, JSON = 0, 1
VALUE = struct.Struct("<BL")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """The compressed records of consecutive documents."""

    count: int
    data: bytes


class StoredRecords:
    """The stored records of one segment, in mapped memory."""

    def __init__(self, file: ArrayFile) -> None:
        self._first = file["stored.first"].data
        self._at = file["stored.at"].data
        self._data = file.bytes_of("stored.data")

    def __getitem__(self, document: int) -> dict[str, Any]:
        block = bisect_right(self._first, document) - 1
        return decode_record(_record(self._plain(block), document - self._first[block], self._count(block)))

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks, as they are in the file."""
        for block in range(len(self._at) - 1):
            yield Block(self._count(block), bytes(self._compressed(block)))

    def encoded(self, documents: Sequence[int]) -> Iterator[bytes]:
        """Yield the encoded records of documents given in ascending order; each block is decompressed once."""
        unpack = zstandard.ZstdDecompressor().decompress  # making one takes as long as unpacking a block
        first, after, plain, ends = 0, 0, b"", [0]
        for document in documents:
            if document >= after:
                block = bisect_right(self._first, document) - 1
                first, after = self._first[block], self._first[block + 1]
                plain = unpack(self._compressed(block))
                lengths = memoryview(plain)[: 4 * (after - first)].cast("I")
                ends = list(accumulate(lengths, initial=4 * (after - first)))
            yield plain[ends[document - first] : ends[document - first + 1]]

    def _count(self, block: int) -> int:
        count: int = self._first[block + 1] - self._first[block]
        return count

    def _compressed(self, block: int) -> memoryview:
        return self._data[self._at[block] : self._at[block + 1]]

    def _plain(self, block: int) -> bytes:
        return zstandard.decompress(self._compressed(block))


def encode_record(record: Record) -> bytes:
    """Encode a record; TypeError for a value that is neither bytes nor JSON-serializable."""
    return b"".join(_encode_field(name, value) for name, value in record.items())


def decode_record(data: bytes) -> dict[str, Any]:
    """Decode what `encode_record` returned."""
    record, at = {}, 0
    while at < len(data):
        name = data[at + 1 : at + 1 + data[at]].decode()
        at += 1 + data[at]
        kind, length = VALUE.unpack_from(data, at)
        at += VALUE.size
        value = data[at : at + length]
        record[name] = value if kind == RAW else json.loads(value)
        at += length
    return record


def compress_blocks(records: Sequence[bytes]) -> list[Block]:
    """Compress encoded records into blocks."""
    return [_block(records[start:end]) for start, end in pairwise(_block_starts(records))]


def write(writer: ArrayWriter, blocks: Iterable[Block]) -> None:
    """Write blocks, as they arrive, as the arrays `stored.…`."""
    counts, sizes = [], []

    def data() -> Iterator[Array]:
        for block in blocks:
            counts.append(block.count)
            sizes.append(len(block.data))
            yield np.frombuffer(block.data, np.uint8)

    writer.stream("stored.data", np.uint8, data())
    writer.add("stored.first", _offsets(counts).astype(np.uint32))
    writer.add("stored.at", _offsets(sizes))


def _block_starts(records: Sequence[bytes]) -> list[int]:
    """The first record of each block, and the number of records."""
    starts, size = [0], 0
    for number, record in enumerate(records):
        size += len(record)
        if number > starts[-1] and (number - starts[-1] == RECORDS or size > LARGEST):
            starts.append(number)
            size = len(record)
    return [*starts, len(records)] if records else [0]


def _offsets(counts: list[int]) -> Array:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.uint64)


def _encode_field(name: str, value: Any) -> bytes:
    kind, data = (RAW, value) if isinstance(value, bytes) else (JSON, json.dumps(value, ensure_ascii=False).encode())
    return bytes((len(name.encode()),)) + name.encode() + VALUE.pack(kind, len(data)) + data


def _block(records: Sequence[bytes]) -> Block:
    lengths = np.fromiter(map(len, records), "<u4", len(records)).tobytes()
    return Block(len(records), zstandard.compress(lengths + b"".join(records), LEVEL))


def _record(plain: bytes, index: int, count: int) -> bytes:
    lengths = np.frombuffer(plain, "<u4", count)
    begin = 4 * count + int(lengths[:index].sum())
    return plain[begin : begin + int(lengths[index])]
