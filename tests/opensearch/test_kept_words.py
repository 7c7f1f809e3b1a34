"""The words of a generation in one file: what it holds, and how a machine's processes share it. No node is needed."""

import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

import pytest

from index.opensearch import word_file
from index.opensearch.kept_files import KeptFiles
from index.opensearch.vocabulary import ClusterVocabulary
from index.opensearch.word_counts import WordCounts
from index.words.stemming import stem

FORMS = {"beras": 9, "berasnya": 2, "bertemu": 4, "beraz": 1, "pertemuan": 4, "éclair": 1, "jakarta": 3, "b\udc80": 1}


@pytest.fixture
def counts() -> WordCounts:
    return WordCounts(
        Counter(FORMS),
        Counter({form: 2 * count for form, count in FORMS.items()}),
        Counter({"jakarta": 1}),
        Counter({"beras": 10, "temu": 8, "di": 3}),
        Counter({"harga beras": 5, "harga berasnya": 1, "harga minyak": 5, "hargai beras": 9}),
    )


def the_vocabulary(counts: WordCounts, folder: Path) -> ClusterVocabulary:
    word_file.unpack(word_file.pack(counts), folder / "words")
    return ClusterVocabulary(word_file.opened(folder / "words"), len)


def test_a_build_reads_back_the_counts_of_the_one_before(counts: WordCounts) -> None:
    found = word_file.counts_of(word_file.pack(counts))
    assert (found.articles, found.occurrences, found.capitals) == (counts.articles, counts.occurrences, counts.capitals)
    assert (found.stems, found.pairs) == (counts.stems, counts.pairs)
    assert found.stem_of == {form: stem(form) for form in FORMS}
    assert word_file.counts_of(word_file.pack(WordCounts())) == WordCounts()


def test_the_vocabulary_is_that_of_the_counts(counts: WordCounts, tmp_path: Path) -> None:
    words = the_vocabulary(counts, tmp_path)
    assert {form: words.articles(form) for form in (*FORMS, "padi", "")} == {**FORMS, "padi": 0, "": 0}
    assert words.forms("beras") == [("beras", 9), ("berasnya", 2)]
    assert list(words.forms("padi")) == []
    assert words.starting("ber", 2) == [("beras", 9), ("bertemu", 4)]
    assert words.starting("ber", 0) == []
    assert words.near("beras", 5) == [("beraz", 1)]
    assert words.near("berass", 5) == [("beras", 9)]
    assert (words.articles_in_capitals("jakarta"), words.articles_in_capitals("beras")) == (1, 0)
    assert (words.articles_with_stem("temu"), words.articles_with_stem("jakarta")) == (8, 0)
    found = [words.occurrences(forms) for forms in (["beras"], ["beras", "beraz"], ["a", "b"])]
    assert found == [18, 2, 0]
    assert words.following("harga", "", 2) == [("beras", 5), ("minyak", 5)]
    assert words.following("harga", "b", 9) == [("beras", 5), ("berasnya", 1)]
    assert words.matching("*ras*") == ("beras", "berasnya")
    assert words.matching("b*?u") == ("bertemu",)
    assert words.size() == 2 * sum(FORMS.values())


def bring_slowly(path: Path) -> None:
    with (path.parent / "brought").open("a") as log:
        log.write("x")
    time.sleep(0.2)
    path.write_bytes(b"whole")


def bring(path: Path) -> None:
    path.write_bytes(b"whole")


def whole(path: Path) -> bytes:
    found = path.read_bytes()
    if found != b"whole":
        raise ValueError(path)
    return found


def a_process(folder: Path) -> bytes:
    return KeptFiles(folder).opened("a", bring_slowly, whole)


def test_processes_that_ask_at_once_bring_a_file_once(tmp_path: Path) -> None:
    with get_context("spawn").Pool(3) as pool:
        assert pool.map(a_process, [tmp_path / "kept"] * 3, chunksize=1) == [b"whole"] * 3
    assert (tmp_path / "kept" / "brought").read_text() == "x"


@pytest.mark.parametrize("damage", [b"", b"whol", b"other"])
def test_a_damaged_file_is_brought_again(tmp_path: Path, damage: bytes) -> None:
    assert a_process(tmp_path) == b"whole"
    (kept,) = tmp_path.glob("a*")
    kept.write_bytes(damage)
    assert a_process(tmp_path) == b"whole"
    assert kept.read_bytes() == b"whole"


def test_a_words_file_with_another_byte_is_damaged(counts: WordCounts, tmp_path: Path) -> None:
    path = tmp_path / "words"
    word_file.unpack(word_file.pack(counts), path)
    held = bytearray(path.read_bytes())
    held[held.index(b"jakarta")] ^= 1
    path.write_bytes(held)
    with pytest.raises(ValueError, match="damaged"):
        word_file.opened(path)


def test_what_was_used_longest_ago_leaves_and_unfinished_files_do(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path, 15)
    (tmp_path / "old.kept.unfinished").write_bytes(b"who")
    for name in ("a", "b", "c", "a", "d"):
        kept.opened(name, bring, whole)
        time.sleep(0.01)
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "a.kept", "c.kept", "d.kept"}
    KeptFiles(tmp_path, 1).opened("e", bring, whole)
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "e.kept"}


def test_files_that_are_not_its_own_stay_in_its_folder(tmp_path: Path) -> None:
    foreign = [tmp_path / name for name in ("secret.key", "clippings.json", "download.unfinished")]
    for path in foreign:
        path.write_bytes(b"not to be lost")
    KeptFiles(tmp_path, 1).opened("a", bring, whole)
    assert all(path.exists() for path in foreign)


def test_a_failure_to_bring_leaves_nothing(tmp_path: Path) -> None:
    def failing(path: Path) -> None:
        path.write_bytes(b"who")
        raise KeyError("gone")

    with pytest.raises(KeyError):
        KeptFiles(tmp_path).opened("a", failing, whole)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


@pytest.mark.parametrize("folder", [None, "a-file"])
def test_without_a_usable_folder_a_process_has_its_own_copy(tmp_path: Path, folder: str | None) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    kept = KeptFiles(None if folder is None else tmp_path / folder)
    assert kept.opened("a", bring, whole) == b"whole"
