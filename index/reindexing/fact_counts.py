"""Counts which facts the articles of each file lack: a date, an outlet, a title, and dates that could not be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.article import Article, EvidenceKind
from archive.reading.fields.usage import group_of

EXAMPLES = 3  # of dates that could not be read


@dataclass(slots=True)
class FactCounts:
    """How many articles of a file, or of the files of one article each in a folder, lack which facts."""

    articles: int = 0
    undated: int = 0
    without_outlet: int = 0
    without_title: int = 0
    unread_dates: int = 0
    unread_examples: list[str] = field(default_factory=list)

    def note(self, article: Article) -> None:
        """Count an article."""
        self.articles += 1
        self.undated += article.date.first is None
        self.without_outlet += article.outlet is None
        self.without_title += article.title_derived
        unread = [piece.words for piece in article.date.evidence if piece.bearing is EvidenceKind.UNREADABLE]
        self.unread_dates += bool(unread)
        self._add_examples(unread)

    def merge(self, other: "FactCounts") -> None:
        """Add the counts of other articles."""
        self.articles += other.articles
        self.undated += other.undated
        self.without_outlet += other.without_outlet
        self.without_title += other.without_title
        self.unread_dates += other.unread_dates
        self._add_examples(other.unread_examples)

    def _add_examples(self, words: Iterable[str]) -> None:
        for example in words:
            if len(self.unread_examples) < EXAMPLES and example not in self.unread_examples:
                self.unread_examples.append(example)


def count_facts(articles: Iterable[tuple[str, Article]]) -> dict[str, FactCounts]:
    """Count the facts of articles, each with the place of its record, by `group_of` the place."""
    counts: dict[str, FactCounts] = {}
    for where, article in articles:
        counts.setdefault(group_of(where), FactCounts()).note(article)
    return counts


def merge_counts(counts: dict[str, FactCounts], others: Mapping[str, FactCounts]) -> None:
    """Add the counts of other articles to those of each file."""
    for group, other in others.items():
        counts.setdefault(group, FactCounts()).merge(other)
