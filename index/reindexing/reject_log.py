"""The rejects of a reindex: counted by reason, the first ones held, and all written to a file if there are many.

A damaged collection gives millions of rejects. Held in memory and beside the index, they would take more than the
articles. The file lies beside the index folder and has one line per reject: place, tab, reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from archive.record import Rejected
from index.engine import EngineError

MOST_HELD = 1_000  # rejects; a keeper reads some dozens
MOST_REASONS = 100  # kinds; more are counted together
OTHER = "other reasons"
LONGEST_REASON = 80  # characters of a kind

# What a reason says of the one place, after what it says of all of its kind.
_DETAIL = re.compile("[;:(]")
_NUMBER = re.compile(r"\d[\d.,]*")
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(slots=True)
class RejectLog:
    """The rejects of one run. `file` gets all of them if there are more than are held; without one they are lost."""

    file: Path | None = None
    first: list[Rejected] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    count: int = 0
    _stream: IO[str] | None = None

    def extend(self, rejected: Iterable[Rejected]) -> None:
        """Add rejects."""
        for item in rejected:
            self.count += 1
            kind = kind_of(item.reason)
            self.reasons[kind if kind in self.reasons or len(self.reasons) < MOST_REASONS else OTHER] += 1
            if len(self.first) < MOST_HELD:
                self.first.append(item)
            else:
                self._write(item)

    def restore(self, first: Iterable[Rejected], reasons: Counter[str]) -> None:
        """Take over the rejects of the last run, whose files have not changed."""
        self.first, self.reasons, self.count = list(first), reasons, reasons.total()

    @property
    def complete(self) -> Path | None:
        """The file with all rejects, if there is one."""
        return self.file if self.count > len(self.first) and self.file is not None and self.file.exists() else None

    def close(self) -> None:
        """Put the file in its place, or remove that of an earlier run."""
        if self.file is None:
            return
        if self._stream is not None:
            self._stream.close()
            self._stream = None
            self._unfinished.replace(self.file)
        elif self.count <= len(self.first):
            self.discard()

    def discard(self) -> None:
        """Remove the file of an earlier run."""
        if self.file is not None:
            with suppress(OSError):
                self.file.unlink()

    @property
    def _unfinished(self) -> Path:
        assert self.file is not None  # noqa: S101  # asked only where there is a file
        return self.file.with_name(self.file.name + ".new")

    def _write(self, item: Rejected) -> None:
        if self.file is None:
            return
        if self._stream is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._unfinished.open("w", encoding="utf-8", errors="backslashreplace")
            for earlier in self.first:
                self._stream.write(_line(earlier))
        self._stream.write(_line(item))


def kind_of(reason: str) -> str:
    """The kind of a reason: without names, numbers and remedies, which differ from reject to reject."""
    if reason.startswith("the id ") and " was already given at " in reason:
        return "the id was already given"
    return _NUMBER.sub("…", _DETAIL.split(reason, maxsplit=1)[0]).strip()[:LONGEST_REASON]


def _line(item: Rejected) -> str:
    return "\t".join(_BREAKS.sub(" ", words) for words in (item.where, item.reason)) + "\n"


class NothingRead(EngineError):
    """No article was found under the paths, so the index is left unchanged; `rejects` say why."""

    def __init__(self, paths: Sequence[Path], rejects: RejectLog) -> None:
        super().__init__(f"no article under {', '.join(map(str, paths))}; the index is as it was")
        self.rejects = rejects
