"""The source log: which file is being read, and which files and folders cannot be read.

Reading never stops at a bad file. Whoever keeps articles between runs must tell a file that is gone from one that is
there and cannot be read; the log holds the difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.reading.fields.usage import FieldUsage, group_of


@dataclass(frozen=True, slots=True)
class UnreadableSource:
    """A file or folder that is there but cannot be read to its end: its path, its name for messages, and the reason.

    `judged` is True if its bytes can be read and are not what is indexed (an empty file, a picture, one that is too
    large). Otherwise nobody knows what the rest of it holds.
    """

    path: Path
    where: str
    reason: str
    judged: bool = False


class SourceLog:
    """Follows one reading run. `path` is the file of the record that was yielded last."""

    def __init__(self) -> None:
        self.path = Path()
        self.unreadable: list[UnreadableSource] = []
        self.usage: dict[str, FieldUsage] = {}  # by `group_of` the records
        self.renamed: Mapping[
            str, str
        ] = {}  # ids of records that turned out to be shared, and their own (`ArticleIds`)
        self.unmet_names: tuple[str, ...] = ()  # of the mapping, which no file had
        self.may_recover = False  # what could not be read this time may be read the next time without any change

    def enter(self, path: Path) -> None:
        """Note that a file or folder is about to be read."""
        self.path = path

    def fail(self, where: str, reason: str, *, judged: bool = False) -> None:
        """Note that the file or folder entered last cannot be read, or not to its end."""
        self.unreadable.append(UnreadableSource(self.path, where, reason, judged))

    def note_usage(self, where: str, usage: FieldUsage) -> None:
        """Note what became of the names in the file whose last record is at `where`."""
        group = group_of(where)
        if group in self.usage:
            self.usage[group].merge(usage)
        elif usage.records or usage.left_out:
            self.usage[group] = usage
