"""Learning: the definitions of short forms in an archive, kept in step with its articles through one build.

What the articles define is counted beside the index. An article that changes or goes is read back once more, so that
what it defined is counted out: the counts are always those of the articles the index holds, whatever came before.
"""

from collections.abc import Iterable
from functools import cached_property

from archive.meanings.definition_counts import DefinitionCounts, StaleDefinitionsError
from archive.meanings.definitions import Definition, definitions
from archive.meanings.short_forms import SHORT_FORMS
from index.engine import Build


class Learning:
    """The counts of one build, begun with those of the published index."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._known = build.digests

    def take(self, article_id: str, defined: Iterable[Definition]) -> None:
        """Count what a new or changed article defines."""
        if article_id in self._known:
            self.drop(article_id)
        self._counts.add(defined)

    def drop(self, article_id: str) -> None:
        """Count out what an article defined that the build began with."""
        self._counts.remove(definitions(self._build.text(article_id)))

    def save(self) -> None:
        """Keep the counts beside the index."""
        self._counts.save(self._build.beside(SHORT_FORMS))

    @cached_property
    def _counts(self) -> DefinitionCounts:
        """The counts kept; where they are lost or of other rules, all texts are read for them again."""
        try:
            return DefinitionCounts.load(self._build.beside(SHORT_FORMS)) if self._known else DefinitionCounts()
        except (OSError, StaleDefinitionsError):
            counts = DefinitionCounts()
            for article_id in self._known:
                counts.add(definitions(self._build.text(article_id)))
            return counts
