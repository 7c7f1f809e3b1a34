"""Tallies which names of a file were used for a field and which were not, with examples of what they hold.

Nothing of a file is lost in silence: what no field took is told to the keeper, who can map it.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

EXAMPLES = 5  # different values kept of a name that is not used
LONGEST_EXAMPLE = 200  # characters
MOST_NAMES = 2_000  # tallied of a file; objects keyed by id would have a name for each record
_EMPTY = frozenset({"", "nan", "None", "null", "NULL", "NaN", "N/A", "-", "[]", "{}"})


@dataclass(slots=True)
class UnusedName:
    """A name that no field took a value from: how many records have a value there, and some of the values."""

    records: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, value: object) -> None:
        """Count a value."""
        self.records += 1
        if len(self.examples) < EXAMPLES:
            example = " ".join(str(value)[:LONGEST_EXAMPLE].split())
            if example not in self.examples:
                self.examples.append(example)


@dataclass(slots=True)
class FieldUsage:
    """What became of the names of a file, or of files of one article each: `fields` are ours that got a value.

    `left_out` counts by kind what is in the file and no article, such as the pictures in a web archive.
    """

    records: int = 0
    files: int = 1
    fields: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    left: dict[str, UnusedName] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def note(self, names: Sequence[str], values: Sequence[object], taken: Iterable[int], found: Iterable[str]) -> None:
        """Count a record: the places of the values that were taken, and the fields they were taken for."""
        self.records += 1
        self.fields.update(found)
        used = self.used
        used.update([names[place] for place in taken])
        if used.issuperset(names):
            return
        for name, value in zip(names, values, strict=False):
            if name in used or value is None or (isinstance(value, str) and value.strip() in _EMPTY):
                continue
            unused = self.left.get(name)
            if unused is None:
                if len(self.left) >= MOST_NAMES or value in ([], {}):
                    continue
                unused = self.left[name] = UnusedName()
            unused.note(value)

    @property
    def unused(self) -> Mapping[str, UnusedName]:
        """The names that no record was read from, those of most records first."""
        left = [(name, unused) for name, unused in self.left.items() if name and name not in self.used]
        return dict(sorted(left, key=lambda item: -item[1].records))

    def merge(self, other: "FieldUsage") -> None:
        """Add what became of the names of another file."""
        self.records += other.records
        self.files += other.files
        self.fields |= other.fields
        self.used |= other.used
        self.left_out += other.left_out
        for name, unused in other.left.items():
            mine = self.left.get(name)
            if mine is None and len(self.left) < MOST_NAMES:
                self.left[name] = unused
            elif mine is not None:
                mine.records += unused.records
                mine.examples = _different([*mine.examples, *unused.examples])


def _different(examples: Collection[str]) -> list[str]:
    return list(dict.fromkeys(examples))[:EXAMPLES]


def group_of(where: str) -> str:
    """The name under which the file of a record is told: itself if it holds many, else all of its kind in its folder.

    >>> group_of("berita/2019.csv:12"), group_of("berita/x.txt")
    ('berita/2019.csv', 'berita/*.txt')
    """
    file, row, _ = where.partition(":")
    if row:
        return file
    folder, name = os.path.split(file)
    return os.path.join(folder, "*" + name[name.find(".") :] if "." in name else "*")  # noqa: PTH118  # text, no path
