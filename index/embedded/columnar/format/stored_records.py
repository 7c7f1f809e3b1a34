"""Stored records, compressed in blocks: sixteen articles together take a quarter less room than one by one.

    first    u4[B+1]   the first document of each block; first[B] is the number of documents
    at       u8[B+1]   where each block begins in `data`
    data     u1[…]     the blocks, each under zstandard: u4[n] lengths of its n records, then the records

A record is what Whoosh stores of one document, name → value. It is written without pickle, since an index may come
from another machine and reading it must not run code:

    for each field   u1 length of its name, name, u1 kind, u4 length of its value, value

A value of kind 0 is bytes as they are, of kind 1 JSON.
"""

import json
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import zstandard

from index.embedded.columnar.format.arrays import Array, ArrayFile, ArrayWriter

RECORDS = 16  # a block; of 32 an index would be 2 % smaller, and reading one article twice as slow
LEVEL = 3  # level 6 is 4 % smaller and three times slower
RAW, JSON = 0, 1
VALUE = struct.Struct("<BL")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """Some neighbouring documents' records, compressed."""

    count: int
    data: bytes


class Stored:
    """The stored records of one segment, in mapped memory."""

    def __init__(self, file: ArrayFile) -> None:
        self._first = file["stored.first"].data
        self._at = file["stored.at"].data
        self._data = file.bytes_of("stored.data")

    def __getitem__(self, document: int) -> dict[str, Any]:
        block = bisect_right(self._first, document) - 1
        return unpacked(_record(self._plain(block), document - self._first[block], self._count(block)))

    def blocks(self) -> Iterator[Block]:
        """All blocks, as they lie in the file."""
        for block in range(len(self._at) - 1):
            yield Block(self._count(block), bytes(self._compressed(block)))

    def packed(self, documents: Sequence[int]) -> Iterator[bytes]:
        """The packed records of some documents, ascending; each block is unpacked once."""
        held, plain = -1, b""
        for document in documents:
            block = bisect_right(self._first, document) - 1
            if block != held:
                held, plain = block, self._plain(block)
            yield _record(plain, document - self._first[block], self._count(block))

    def _count(self, block: int) -> int:
        count: int = self._first[block + 1] - self._first[block]
        return count

    def _compressed(self, block: int) -> memoryview:
        return self._data[self._at[block] : self._at[block + 1]]

    def _plain(self, block: int) -> bytes:
        return zstandard.decompress(self._compressed(block))


def packed(record: Record) -> bytes:
    """A record as bytes; TypeError for a value that is neither bytes nor what JSON can say."""
    return b"".join(_packed(name, value) for name, value in record.items())


def unpacked(data: bytes) -> dict[str, Any]:
    """The record `packed` made these bytes of."""
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


def blocks(records: Sequence[bytes]) -> list[Block]:
    """Packed records, compressed."""
    return [_block(records[start : start + RECORDS]) for start in range(0, len(records), RECORDS)]


def write(writer: ArrayWriter, found: Iterable[Block]) -> None:
    """Write blocks, as they come, as the arrays `stored.…`."""
    counts, sizes = [], []

    def data() -> Iterator[Array]:
        for block in found:
            counts.append(block.count)
            sizes.append(len(block.data))
            yield np.frombuffer(block.data, np.uint8)

    writer.stream("stored.data", np.uint8, data())
    writer.add("stored.first", _running(counts).astype(np.uint32))
    writer.add("stored.at", _running(sizes))


def _running(counts: list[int]) -> Array:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.uint64)


def _packed(name: str, value: Any) -> bytes:
    kind, data = (RAW, value) if isinstance(value, bytes) else (JSON, json.dumps(value, ensure_ascii=False).encode())
    return bytes((len(name.encode()),)) + name.encode() + VALUE.pack(kind, len(data)) + data


def _block(records: Sequence[bytes]) -> Block:
    lengths = np.fromiter(map(len, records), "<u4", len(records)).tobytes()
    return Block(len(records), zstandard.compress(lengths + b"".join(records), LEVEL))


def _record(plain: bytes, place: int, count: int) -> bytes:
    lengths = np.frombuffer(plain, "<u4", count)
    begin = 4 * count + int(lengths[:place].sum())
    return plain[begin : begin + int(lengths[place])]
