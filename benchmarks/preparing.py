"""What every part of a run needs: files of articles, the same as documents for peers, and the requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.choosing import choose
from benchmarks.corpus import (
    Document,
    articles,
    document,
    documents,
    records,
    text_bytes,
    write_documents,
    write_records,
)
from benchmarks.requests import Request
from benchmarks.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a run: their file or folder, the file of documents, bytes of text, vocabulary, requests."""

    data: Path
    documents: Path
    articles: int
    text_bytes: int
    vocabulary: Vocabulary
    requests: tuple[Request, ...]


def prepare(data: Path, most: int, folder: Path) -> Corpus:
    """Take the first articles of a file or folder (all for 0) and write what a run needs to a folder."""
    if most:
        limited = folder / "articles.jsonl.gz"
        write_records(records(data, most), limited)
        data = limited
    sizes: list[int] = []
    target = folder / "documents.tsv"
    number = write_documents(_weighed(data, sizes), target)
    if not number:
        raise SystemExit(f"there are no articles in {data}")
    words = vocabulary(documents(target))
    return Corpus(data, target, number, sum(sizes), words, choose(words))


def _weighed(data: Path, sizes: list[int]) -> Iterator[Document]:
    """The documents of a file; appends the bytes of each text to `sizes`."""
    for article in articles(data):
        sizes.append(text_bytes(article))
        yield document(article)
