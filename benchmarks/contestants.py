"""What those who are measured can do.

A *contestant* answers requests and is timed at it; a *witness* also tells its answer in words that can be compared, for
an engine that is fast and wrong has no figures; a *peer* is another engine, which builds an index of its own first.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.requests import Answer, Request


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply in the engine's own form, and the seconds it took if the engine measured them itself."""

    reply: object
    seconds: float | None = None


class Contestant(Protocol):
    """Who is asked and timed."""

    @property
    def name(self) -> str:
        """What the tables call it."""
        ...

    def answers(self, request: Request) -> bool:
        """Whether a request makes sense here; what another contestant answers in the same way is not asked twice."""
        ...

    def ask(self, request: Request) -> Asked:
        """Answer a request in full."""
        ...


class Witness(Contestant, Protocol):
    """A contestant whose answers are compared with the others'."""

    def read(self, reply: object) -> Answer:
        """A reply in words that can be compared; no part of the time."""
        ...


class Peer(Witness, Protocol):
    """Another engine; made only where it is installed, else `Missing` is raised."""

    @property
    def settings(self) -> str:
        """Version and settings, for the record."""
        ...

    def build(self, documents: Path, folder: Path) -> float | None:
        """Index a file of documents in an empty folder; the seconds it took if the peer measured them itself."""
        ...

    def close(self) -> None:
        """Let go of files and processes."""
        ...


class Missing(Exception):
    """A peer is not installed; the message says what is lacking and how to get it."""
