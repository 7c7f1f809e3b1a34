"""Articles read last are kept within bounds, and a long record is not stored with its neighbours."""

from pathlib import Path
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from index.embedded.columnar.format.arrays import ArrayFile, ArrayWriter
from index.embedded.columnar.format.stored_records import (
    LARGEST,
    RECORDS,
    EncodedRecord,
    StoredRecords,
    compress_blocks,
    decode_record,
    encode_record,
    write,
)
from index.embedded.stored_articles import RecentArticles
from tests.contract.engine_contract import an_article


class _Store:
    """Articles of a thousand characters; counts how often each is read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def __call__(self, document: int) -> Article:
        self.read.append(document)
        return an_article(str(document), "a" * 1_000)


def test_an_article_is_read_once_while_it_is_kept() -> None:
    store = _Store()
    recent = RecentArticles(5_000)
    for document in (1, 2, 1, 1, 3, 1):
        assert recent.read(document, store).id == str(document)
    assert store.read == [1, 2, 3]
    for document in range(10, 30):
        assert recent.read(document, store).id == str(document)
    assert recent.read(1, store).id == "1"
    assert store.read.count(1) == 2
    assert len(recent._kept) <= 5


def test_an_article_larger_than_all_room_is_read_and_not_kept() -> None:
    store = _Store()
    recent = RecentArticles(500)
    assert [recent.read(7, store).id for _ in range(3)] == ["7"] * 3
    assert (store.read, recent._kept, recent._room) == ([7, 7, 7], {}, 500)


def test_threads_do_not_lose_room() -> None:
    recent, store = RecentArticles(20_000), _Store()
    threads = [
        Thread(target=lambda step=step: [recent.read(n * step % 50, store) for n in range(2_000)])
        for step in (3, 7, 11)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert recent._room == 20_000 - 1_150 * len(recent._kept) >= 0


@given(st.lists(st.sampled_from((1, 1_000, LARGEST // 3, LARGEST, 2 * LARGEST)), max_size=40))
def test_blocks_hold_all_records_in_order_and_are_small_unless_one_record_is_large(sizes: list[int]) -> None:
    counts = [block.count for block in compress_blocks([EncodedRecord(b"x", b"x" * (size - 1)) for size in sizes])]
    assert sum(counts) == len(sizes)
    at = 0
    for number in counts:
        assert 0 < number <= RECORDS
        assert number == 1 or sum(sizes[at : at + number]) <= LARGEST
        at += number


def test_records_are_read_whole_or_without_their_texts(tmp_path: Path) -> None:
    records = [{"facts": b"%d" % number, "text": b"text " * number, "tags": ["a", number]} for number in range(40)]
    with ArrayWriter(tmp_path / "records") as writer:
        write(writer, compress_blocks(list(map(encode_record, records))))
    stored = StoredRecords(ArrayFile(tmp_path / "records"))
    wanted = [0, 3, 15, 16, 39]
    assert [stored[number] for number in wanted] == [records[number] for number in wanted]
    assert [decode_record(record) for record in stored.encoded(wanted)] == [records[number] for number in wanted]
    short = [decode_record(record) for record in stored.encoded(wanted, long=False)]
    assert short == [{"facts": b"%d" % number, "tags": ["a", number]} for number in wanted]
