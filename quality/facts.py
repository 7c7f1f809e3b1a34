"""Facts: the share of articles of which outlet, date, section and reporter are known, from files and texts together.

The articles are those of `news.jsonl.gz` and of `antara/articles.jsonl`, made without learned boilerplate. `day` is the
share that is dated to a day. What a file does not say and no text tells stays unknown, so no share can become one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from archive.article import Article, DatePrecision
from archive.intake import article_from_record
from archive.reading.records import read
from archive.record import Record
from index.parallel import parallel_map
from quality.figures import Figures

PORTION: Final = 1000  # articles made at once in one process
FILES: Final[Mapping[str, str]] = {"news": "news.jsonl.gz", "antara": "antara/articles.jsonl"}


def measure(data: Path) -> Figures:
    """The shares for each file."""
    return {name: _shares(_counted(data / path)) for name, path in FILES.items()}


def _counted(path: Path) -> Counter[str]:
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    found = (record for record in read([path]) if isinstance(record, Record))
    return sum(parallel_map(_count, _portions(found)), Counter())


def _portions(records: Iterable[Record]) -> Iterator[list[Record]]:
    records = iter(records)
    while portion := list(islice(records, PORTION)):
        yield portion


def _count(portion: list[Record]) -> Counter[str]:
    """Count the facts of the articles of some records."""
    made = (article_from_record(record) for record in portion)
    return sum((facts_of(article) for article in made if isinstance(article, Article)), Counter())


def facts_of(article: Article) -> Counter[str]:
    """The facts that an article has, each once."""
    return Counter(
        articles=1,
        outlet=article.outlet is not None,
        date=article.date.first is not None,
        day=article.date.precision is DatePrecision.DAY,
        section=getattr(article, "section", None) is not None,
        reporter=bool(article.reporters),
    )


def _shares(counts: Counter[str]) -> Figures:
    articles = max(1, counts["articles"])
    shares = {name: counts[name] / articles for name in ("outlet", "date", "day", "section", "reporter")}
    return {"articles": counts["articles"], **shares}
