"""How many articles make each definition: all that is kept of what an archive says about short forms.

Counts alone are kept, so that taking an article out undoes exactly what taking it in did, in whatever order; what the
counts mean is decided anew each time (`shortforms`). They lie in a file, one definition a line, in one order.

    definitions 1
    903     AS      amerika serikat
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.meanings.definitions import VERSION, Definition

_HEAD = f"definitions {VERSION}"


class StaleDefinitionsError(ValueError):
    """The file was written by other rules, or is none of ours; the texts have to be read again."""


class DefinitionCounts:
    """Definition → number of articles that make it."""

    def __init__(self, counts: Iterable[tuple[Definition, int]] = ()) -> None:
        self._counts = Counter(dict(counts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DefinitionCounts) and self._counts == other._counts

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __iter__(self) -> Iterator[tuple[Definition, int]]:
        """Each definition with its number of articles, in order."""
        return iter(sorted(self._counts.items()))

    def add(self, definitions: Iterable[Definition]) -> None:
        """Count in what an article defines."""
        self._counts.update(definitions)

    def remove(self, definitions: Iterable[Definition]) -> None:
        """Count out what an article defined that was counted in."""
        for definition in definitions:
            self._counts[definition] -= 1
            if not self._counts[definition]:
                del self._counts[definition]

    def save(self, path: Path) -> None:
        """Write the counts, the same bytes for the same counts."""
        lines = (f"{count}\t{definition.short}\t{definition.long}\n" for definition, count in self)
        with path.open("w", encoding="utf-8") as file:
            file.write(f"{_HEAD}\n")
            file.writelines(lines)

    @classmethod
    def load(cls, path: Path) -> "DefinitionCounts":
        """Read the counts; StaleDefinitionsError for what these rules did not write, OSError where there is no file."""
        head, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
        if head != _HEAD:
            raise StaleDefinitionsError(f"{path} holds no counts of these rules")
        try:
            rows = [line.split("\t") for line in lines]
            return cls((Definition(short, long), int(count)) for count, short, long in rows)
        except ValueError as error:
            raise StaleDefinitionsError(f"{path} is damaged: {error}") from error
