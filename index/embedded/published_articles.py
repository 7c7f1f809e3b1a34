"""The articles of the published generation while the next one is built: their digests, and the articles on access."""

from collections.abc import Iterator, Mapping

from archive.article import Article
from index.embedded.facts.columns import Columns
from index.embedded.generation import Generation
from index.engine import DamagedIndex


class PublishedDigests(Mapping[str, str]):
    """Article id → digest of a published generation, looked up in its columns without loading them all."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns.by_id)

    def __iter__(self) -> Iterator[str]:
        return (self._columns.ids[number] for number in self._columns.by_id.tolist())

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._columns.number(article_id) is not None

    def __getitem__(self, article_id: str) -> str:
        number = self._columns.number(article_id)
        if number is None:
            raise KeyError(article_id)
        return self._columns.digests[number]

    def get(self, article_id: str, default: str | None = None) -> str | None:  # type: ignore[override]  # without raising
        """Return the digest of an article, or the default if there is none."""
        number = self._columns.number(article_id)
        return default if number is None else self._columns.digests[number]


class PublishedArticles(Mapping[str, Article]):
    """Article id → article of a published generation, as it was added; read on access."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def __len__(self) -> int:
        return len(self._generation.columns.by_id)

    def __iter__(self) -> Iterator[str]:
        return iter(PublishedDigests(self._generation.columns))

    def __contains__(self, article_id: object) -> bool:
        return article_id in PublishedDigests(self._generation.columns)

    def __getitem__(self, article_id: str) -> Article:
        number = self._generation.columns.number(article_id)
        if number is None:
            raise KeyError(article_id)
        try:
            return self._generation.article_as_added(number)
        except Exception as error:  # damaged files raise many kinds of error
            raise DamagedIndex(
                f"the article {article_id} of the published index cannot be read ({error}); mend the file it came "
                "from, restore a backup, or give it up: flask reindex --full --allow-removals"
            ) from error
