"""Controls of a page: each choice of how something is counted, ordered or drawn, as a link."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a control: a link, or the current choice."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Control:
    """A question of how to draw, and its choices."""

    label: str
    options: tuple[Option, ...]
