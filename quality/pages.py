"""Quality of saved pages: whether title, day, outlet, reporter and text of real pages are those that a reader sees.

The folder `pages` of the data holds pages and `labels.jsonl`: for each page its `file`, and what a reader found:
`title`, `day` (2015-06-19), `outlet`, `reporter` and `body`; what is null or absent is not judged. Pages are of public
repositories and stay out of this one.

A text is right if .95 of the five-word sequences of the labelled one are in it, and .9 of its own are in the labelled.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from archive.article import Article
from archive.intake import article_from_record
from archive.reading.records import read
from archive.record import Record
from quality.figures import Figures

LABELS: Final = "labels.jsonl"
LEAST_RECALL = 0.95
LEAST_PRECISION = 0.9
SEQUENCE = 5  # words

Sequences = frozenset[tuple[str, ...]]


def measure(data: Path) -> Figures:
    """The number of pages, and of each fact the share of labelled pages where it is right."""
    labels = data / "pages" / LABELS
    if not labels.exists():
        raise FileNotFoundError(2, "no such file", str(labels))
    told, right = Counter[str](), Counter[str]()
    pages = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    for label in pages:
        article = _article(labels.parent / str(label["file"]))
        for fact, holds in FACTS.items():
            if label.get(fact):
                told[fact] += 1
                right[fact] += article is not None and holds(article, str(label[fact]))
    return {"pages": len(pages), **{fact: round(right[fact] / told[fact], 4) for fact in FACTS if told[fact]}}


def _article(path: Path) -> Article | None:
    record = next((item for item in read([path]) if isinstance(item, Record)), None)
    made = article_from_record(record) if record is not None else None
    return made if isinstance(made, Article) else None


def _has_title(article: Article, title: str) -> bool:
    return not article.title_derived and _words(article.title) == _words(title)


def _has_body(article: Article, body: str) -> bool:
    found, wanted = _sequences("\n".join(article.paragraphs)), _sequences(body)
    shared = len(found & wanted)
    return shared >= LEAST_RECALL * len(wanted) and shared >= LEAST_PRECISION * len(found) > 0


FACTS: Final[Mapping[str, Callable[[Article, str], bool]]] = {
    "title": _has_title,
    "day": lambda article, day: article.date.value == day,
    "outlet": lambda article, outlet: article.outlet == outlet,
    "reporter": lambda article, reporter: reporter in article.reporters,
    "body": _has_body,
}


def _sequences(text: str) -> Sequences:
    words = _words(text)
    return frozenset(tuple(words[at : at + SEQUENCE]) for at in range(len(words) - SEQUENCE + 1))


def _words(text: str) -> list[Any]:
    return re.findall(r"\w+", text.casefold())
