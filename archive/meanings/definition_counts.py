"""Count the articles that make each definition; nothing else is stored about the short forms of an archive.

Since only counts are stored, removing an article undoes exactly what adding it did, in any order. `sense_selection`
decides anew each time what the counts mean. The file lists one definition a line, sorted, with tabs between the fields:

    definitions 1
    903     AS      amerika serikat
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.meanings.definitions import VERSION, Definition

_HEADER = f"definitions {VERSION}"


class StaleDefinitionsError(ValueError):
    """The file is damaged or was written by another version of the rules; the texts must be read again."""


class DefinitionCounts:
    """Mutable counts: definition → number of articles that make it."""

    def __init__(self, counts: Iterable[tuple[Definition, int]] = ()) -> None:
        self._counts = Counter(dict(counts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DefinitionCounts) and self._counts == other._counts

    __hash__ = None  # type: ignore[assignment]  # mutable

    def __iter__(self) -> Iterator[tuple[Definition, int]]:
        """Yield each definition with its number of articles, sorted."""
        return iter(sorted(self._counts.items()))

    def add(self, definitions: Iterable[Definition]) -> None:
        """Add the definitions of one article."""
        self._counts.update(definitions)

    def remove(self, definitions: Iterable[Definition]) -> None:
        """Remove the definitions of one article that was added before."""
        for definition in definitions:
            self._counts[definition] -= 1
            if not self._counts[definition]:
                del self._counts[definition]

    def save(self, path: Path) -> None:
        """Write the counts; equal counts give equal bytes."""
        lines = (f"{count}\t{definition.short}\t{definition.long}\n" for definition, count in self)
        with path.open("w", encoding="utf-8") as file:
            file.write(f"{_HEADER}\n")
            file.writelines(lines)

    @classmethod
    def load(cls, path: Path) -> "DefinitionCounts":
        """Read the counts from a file. Raises what `parsed` raises, and OSError if the file cannot be read."""
        return cls.parsed(path.read_bytes(), path)

    @classmethod
    def parsed(cls, content: bytes, path: Path) -> "DefinitionCounts":
        """Return the counts in the content of a file, whose path is for messages.

        Raises:
            StaleDefinitionsError: The content is damaged or was written by another version of the rules.
        """
        header, *lines = content.decode("utf-8", "replace").splitlines() or [""]
        if header != _HEADER:
            raise StaleDefinitionsError(f"{path} holds no counts of these rules")
        try:
            rows = [line.split("\t") for line in lines]
            return cls((Definition(short, long), int(count)) for count, short, long in rows)
        except ValueError as error:
            raise StaleDefinitionsError(f"{path} is damaged: {error}") from error
