"""The articles a benchmark runs on, as the index takes them in.

Ours reads files of articles, its peers read *documents*: the same articles after our reading and tokenising, one a line
of a file of tab-separated values, so that every engine indexes the same words and none is charged for finding them.

    id <TAB> outlet <TAB> year <TAB> token token token …

The words are those of our exact field: title (where it was not derived from the text), then text. Between the two
stands a token no article has, so that no phrase spans both. A fact that is absent is empty.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from archive.article import Article
from archive.intake import intake
from archive.press.boilerplate import Boilerplate, Counting, by_outlet, counted
from archive.reading.records import read
from archive.record import Record
from index.engine import Engine
from index.facets import facts
from index.reindexing.first_pass import batched
from index.words.tokenizer import forms

GAP = "_"  # between title and text; our tokeniser makes no word with an underscore in it
QUICK = 1  # gzip level of temporary files: the disk is spared, the processor nearly so


@dataclass(frozen=True, slots=True)
class Document:
    """An article as peers index it."""

    id: str
    outlet: str
    year: str
    tokens: str


def records(path: Path, most: int) -> Iterator[Record]:
    """The first records of a file or folder; all of them for 0."""
    found = (item for item in read([path]) if isinstance(item, Record))
    return islice(found, most or None)


def articles(path: Path) -> Iterator[Article]:
    """The articles an index of the path holds, less what their outlets repeat; rejected records are left out."""
    counting = Counting()
    for portion in batched(records(path, 0)):
        counting.add(counted(portion))
    known = Boilerplate(by_outlet(counting.repeated()))
    made = (intake(record, known) for record in records(path, 0))
    return (article for article in made if isinstance(article, Article))


def write_records(found: Iterable[Record], target: Path) -> int:
    """Write records as one gzipped file of JSON lines; their number."""
    number = 0
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=QUICK) as file:
        for number, record in enumerate(found, 1):  # noqa: B007  # the last number is the answer
            fields = {name: value for name, value in asdict(record).items() if value is not None and name != "where"}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return number


def text_bytes(article: Article) -> int:
    """Bytes of UTF-8 in title and text: what an index's size is held against."""
    return len(article.text.encode()) + (0 if article.title_derived else len(article.title.encode()))


def document(article: Article) -> Document:
    """An article as peers index it."""
    known = facts(article, article.id)
    text = " ".join(form for paragraph in article.paragraphs for form, _ in forms(paragraph))
    title = "" if article.title_derived else " ".join(form for form, _ in forms(article.title)) + f" {GAP} "
    outlet, year = ("".join(known[name][:1]) for name in ("outlet", "year"))
    return Document(article.id, " ".join(outlet.split()), year, title + text)


def write_documents(found: Iterable[Document], target: Path) -> int:
    """Write documents as lines of tab-separated values; their number."""
    number = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for number, one in enumerate(found, 1):  # noqa: B007  # as above
            file.write(f"{one.id}\t{one.outlet}\t{one.year}\t{one.tokens}\n")
    return number


def dated(found: Iterable[Document], engine: Engine) -> Iterator[Document]:
    """Documents with the years an index holds: copies lend each other dates only when all articles are known."""
    for one in found:
        held = engine.get(one.id)
        yield one if held is None else replace(one, year="".join(facts(held[0], one.id)["year"][:1]))


def documents(path: Path) -> Iterator[Document]:
    """The documents of a file that `write_documents` wrote."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield Document(*line.rstrip("\n").split("\t"))
