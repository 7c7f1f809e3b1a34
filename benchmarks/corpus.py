"""The articles of a benchmark, for Kliping and for its peers.

Kliping reads files of articles. Peers read *documents*: the same articles after our intake and tokenizer, one per line
of a tab-separated file. So every engine indexes the same words, and none is timed for tokenizing.

    id <TAB> outlet <TAB> year <TAB> token token token …

The tokens are those of our exact field: the title, unless derived from the text, then the text. A token that no article
has stands between them, so that no phrase spans both. A missing fact is empty.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from archive.article import Article
from archive.intake import article_from_record
from archive.press.boilerplate import Boilerplate, BoilerplateLearner, by_outlet, count_lines
from archive.press.known_titles import TitleLearner, hash_titles
from archive.reading.records import read
from archive.record import Record
from index.engine import Engine
from index.facets import facts
from index.reindexing.first_pass import batched
from index.words.tokenizer import forms_and_units

GAP = "_"  # between title and text; our tokenizer makes no word with an underscore in it
OF_ANOTHER_FILE = {"where", "source", "former_id"}  # fields of a record that tell its place, not its article
QUICK = 1  # gzip level of temporary files: saves disk space at little processor time


@dataclass(frozen=True, slots=True)
class Document:
    """An article in the form that peers index."""

    id: str
    outlet: str
    year: str
    tokens: str


def records(path: Path, most: int) -> Iterator[Record]:
    """The first records of a file or folder; all of them for 0."""
    found = (item for item in read([path]) if isinstance(item, Record))
    return islice(found, most or None)


def articles(path: Path) -> Iterator[Article]:
    """The articles that an index of the path holds, without outlet boilerplate; rejected records are skipped."""
    counting, titles = BoilerplateLearner(), TitleLearner()
    for portion in batched(records(path, 0)):
        counting.add(count_lines(portion))
        titles.add(hash_titles(portion))
    known = Boilerplate(by_outlet(counting.boilerplate()), titles=titles.known())
    made = (article_from_record(record, known) for record in records(path, 0))
    return (article for article in made if isinstance(article, Article))


def write_records(found: Iterable[Record], target: Path) -> int:
    """Write records as gzipped JSON Lines; returns their number."""
    number = 0
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=QUICK) as file:
        for number, record in enumerate(found, 1):  # noqa: B007  # the last number is returned
            held = asdict(record).items()
            fields = {name: value for name, value in held if value is not None and name not in OF_ANOTHER_FILE}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return number


def text_bytes(article: Article) -> int:
    """UTF-8 bytes of title and text, to which the size of an index is compared."""
    return len(article.text.encode()) + (0 if article.title_derived else len(article.title.encode()))


def document(article: Article) -> Document:
    """Convert an article to the form that peers index."""
    known = facts(article, article.id)
    text = " ".join(form for paragraph in article.paragraphs for form, _ in forms_and_units(paragraph))
    title = "" if article.title_derived else " ".join(form for form, _ in forms_and_units(article.title)) + f" {GAP} "
    outlet, year = ("".join(known[name][:1]) for name in ("outlet", "year"))
    return Document(article.id, " ".join(outlet.split()), year, title + text)


def write_documents(found: Iterable[Document], target: Path) -> int:
    """Write documents as tab-separated lines; returns their number."""
    number = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for number, one in enumerate(found, 1):  # noqa: B007  # as above
            file.write(f"{one.id}\t{one.outlet}\t{one.year}\t{one.tokens}\n")
    return number


def dated(found: Iterable[Document], engine: Engine) -> Iterator[Document]:
    """Replace the years of documents by those of an index: dates taken from copies need all articles."""
    for one in found:
        held = engine.get(one.id)
        yield one if held is None else replace(one, year="".join(facts(held[0], one.id)["year"][:1]))


def documents(path: Path) -> Iterator[Document]:
    """Read the documents that `write_documents` wrote."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield Document(*line.rstrip("\n").split("\t"))
