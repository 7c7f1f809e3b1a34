"""Keeps the counts of short form definitions in step with the articles of a build.

The counts are stored beside the index. When an article changes or is removed, its old text is read back once and its
definitions are subtracted, so the counts always describe exactly the articles in the index.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from archive.meanings.definition_counts import DefinitionCounts, StaleDefinitionsError
from archive.meanings.definitions import Definition, find_definitions
from archive.meanings.short_forms import SHORT_FORMS_FILE
from index.engine import Build


class ShortFormLearner:
    """The definition counts of one build; they start with those of the published index."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._known = build.digests

    def take(self, definitions: Iterable[Iterable[Definition]], changed: Sequence[str] = ()) -> None:
        """Count the definitions of new and changed articles; the latter had others when the build started."""
        self.drop(changed)
        for defined in definitions:
            self._counts.add(defined)

    def drop(self, ids: Sequence[str]) -> None:
        """Subtract the definitions of articles that the build started with."""
        for text in self._build.texts(ids):
            self._counts.remove(find_definitions(text))

    def save(self) -> None:
        """Save the counts beside the index."""
        self._counts.save(self._build.companion_file(SHORT_FORMS_FILE))

    @cached_property
    def _counts(self) -> DefinitionCounts:
        """The saved counts; if they are missing or of another version, all texts are counted again."""
        try:
            return (
                DefinitionCounts.load(self._build.companion_file(SHORT_FORMS_FILE))
                if self._known
                else DefinitionCounts()
            )
        except (OSError, StaleDefinitionsError):
            counts = DefinitionCounts()
            for text in self._build.texts(list(self._known)):
                counts.add(find_definitions(text))
            return counts
