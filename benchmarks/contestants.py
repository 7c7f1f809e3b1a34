"""The protocols of measured engines.

A *contestant* answers requests and is timed. A *witness* also returns its answer in a comparable form, because a fast
engine with wrong answers must not count. A *peer* is another engine, which first builds an index of its own.
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
    """An engine, or a way to query one, that is timed."""

    @property
    def name(self) -> str:
        """Its name in the tables."""
        ...

    def answers(self, request: Request) -> bool:
        """Whether to ask a request here; what another contestant answers in the same way is not asked twice."""
        ...

    def ask(self, request: Request) -> Asked:
        """Answer a request in full."""
        ...


class Witness(Contestant, Protocol):
    """A contestant whose answers are compared with those of others."""

    def read(self, reply: object) -> Answer:
        """Convert a reply to comparable form; not timed."""
        ...


class Peer(Witness, Protocol):
    """Another engine. Its constructor raises `Missing` if it is not installed."""

    @property
    def settings(self) -> str:
        """Version and settings, for the record."""
        ...

    def build(self, documents: Path, folder: Path) -> float | None:
        """Index a file of documents in an empty folder; returns the seconds if the peer measures them itself."""
        ...

    def close(self) -> None:
        """Release files and processes."""
        ...


class Missing(Exception):
    """A peer is not installed; the message says what is missing and how to install it."""
