"""Floors: the bound that each figure must not fall below (or rise above), with the digest of the data measured.

Figures of other data are not comparable, so they are not compared. A floor may always be tightened. Loosening one needs
its name and a reason, which the file keeps.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

PINNED = Path(__file__).parent / "floors.json"
TOLERANCE = 1e-9  # for floating-point arithmetic; the measures themselves are deterministic


@dataclass(frozen=True, slots=True)
class Floor:
    """The least value of a figure, or the most where smaller is better; `because` is the reason it was loosened."""

    bound: float
    at_most: bool = False
    because: str = ""

    def holds(self, value: float) -> bool:
        """Whether a figure is as good as the floor."""
        return value <= self.bound + TOLERANCE if self.at_most else value >= self.bound - TOLERANCE

    def tightened(self, value: float) -> "Floor":
        """The floor at a better figure; unchanged for a worse one."""
        return replace(self, bound=value, because="") if self.holds(value) and value != self.bound else self

    def loosened(self, value: float, because: str) -> "Floor":
        """The floor at any figure, with the reason."""
        return replace(self, bound=value, because=because)


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors, and the digest of the data they belong to."""

    data: str
    floors: Mapping[str, Floor]

    @classmethod
    def load(cls, path: Path = PINNED) -> "Floors":
        """Read the floors from a file."""
        held = json.loads(path.read_text(encoding="utf-8"))
        return cls(held["data"], {name: Floor(**floor) for name, floor in held["floors"].items()})

    def save(self, path: Path = PINNED) -> None:
        """Write the floors, one per line, without fields at their defaults."""
        lines = [f"    {json.dumps(name)}: {json.dumps(_told(floor))}" for name, floor in sorted(self.floors.items())]
        head = f'{{\n  "data": {json.dumps(self.data)},\n  "floors": {{\n'
        path.write_text(head + ",\n".join(lines) + "\n  }\n}\n", encoding="utf-8")

    def broken(self, measured: Mapping[str, float]) -> Iterator[str]:
        """A sentence for each measured figure that breaks its floor."""
        for name, floor in sorted(self.floors.items()):
            value = measured.get(name)
            if value is not None and not floor.holds(value):
                yield f"{name} is {value:.4f}; it must be at {'most' if floor.at_most else 'least'} {floor.bound:.4f}"

    def tightened(self, measured: Mapping[str, float]) -> "Floors":
        """The floors, tightened to every better figure."""
        kept = {name: f.tightened(measured[name]) if name in measured else f for name, f in self.floors.items()}
        return replace(self, floors=kept)

    def loosened(self, name: str, value: float, because: str) -> "Floors":
        """The floors with one of them set to a worse figure; KeyError if there is no such floor."""
        return replace(self, floors={**self.floors, name: self.floors[name].loosened(value, because)})


def _told(floor: Floor) -> dict[str, float | bool | str]:
    told: dict[str, float | bool | str] = {"bound": floor.bound}
    if floor.at_most:
        told["at_most"] = True
    if floor.because:
        told["because"] = floor.because
    return told
