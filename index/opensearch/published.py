"""A published generation as a build and a reader see it: its manifest, its files and its articles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from archive.article import Article
from index.engine import IndexInfo
from index.opensearch import ledger
from index.opensearch.generations import Generations
from index.opensearch.ledger import LEDGER, Ledger
from index.opensearch.mapping import Similarity
from index.opensearch.stored_articles import PORTION, StoredArticles

WORDS: Final = "words.zst"
NO_SCRIPTS: Final = "the servers run no scripts, so the stories of large answers are estimated"
BUILT_IN: Final = (
    "hits are ordered by the servers' own BM25, since they ran no scripts when the index was made; where they do now, "
    "flask reindex --full orders them as in a folder"
)
OWN_FILES: Final = frozenset({LEDGER, WORDS})  # files of a generation that are no companion files


class Published:
    """One generation that was published."""

    def __init__(self, generations: Generations, meta: str) -> None:
        self.generations = generations
        self.meta = meta
        self.manifest = generations.manifest(meta)
        self.articles = StoredArticles(generations.cluster, self.manifest.articles_index)

    def info(self, *, scripted: bool) -> IndexInfo:
        """Identity and size, with notes on what the servers cannot do; `scripted` where they run scripts."""
        notes = (
            *(() if scripted else (NO_SCRIPTS,)),
            *((BUILT_IN,) if self.manifest.similarity is Similarity.BUILT_IN else ()),
        )
        return replace(self.manifest.info, notes=notes)

    @property
    def files(self) -> Sequence[str]:
        """The names of its companion files."""
        return [name for name in self.manifest.files if name not in OWN_FILES]

    def file(self, name: str) -> bytes:
        """The content of one of its files."""
        return self.generations.file(self.meta, name, self.manifest.files[name])

    @cached_property
    def ledger(self) -> Ledger:
        """What is known of each article."""
        return ledger.unpacked(self.file(LEDGER))

    def portions(self, ids: Sequence[str]) -> Iterator[list[Article]]:
        """Articles as they were added, a portion at a time."""
        for start in range(0, len(ids), PORTION):
            yield [stored.own for stored in self.articles.read(ids[start : start + PORTION])]


class PublishedArticles(Mapping[str, Article]):
    """Article id → article of a published generation, as it was added; read on access."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def __len__(self) -> int:
        return len(self._published.ledger.entries)

    def __iter__(self) -> Iterator[str]:
        return iter(self._published.ledger.entries)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._published.ledger.entries

    def __getitem__(self, article_id: str) -> Article:
        if article_id not in self:
            raise KeyError(article_id)
        (stored,) = self._published.articles.read([article_id])
        return stored.own
