"""The figures of a run as one JSON file, with what they were measured on."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.alone import Alone
from benchmarks.comparing import Compared
from benchmarks.growth import Grown
from benchmarks.preparing import Corpus

NAMED = ("numpy", "whoosh3", "flask")  # whose versions the figures depend on most


@dataclass(frozen=True, slots=True)
class Results:
    """All three parts of a run; those not asked for are None."""

    alone: Alone
    compared: Compared | None = None
    growth: list[Grown] | None = None


def write(results: Results, corpus: Corpus, target: Path) -> None:
    """Write the figures and what they were measured on."""
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = {"machine": _machine(), "corpus": _described(corpus), **asdict(results), "ratios": ratios(results.compared)}
    target.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def named(data: Path, corpus: Corpus) -> str:
    """The name of a run's file: what was measured, how many articles, when."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{data.resolve().name.partition('.')[0]}-{corpus.articles}-{now}.json"


def ratios(compared: Compared | None) -> dict[str, dict[str, float]]:
    """Peer → class → our median as a multiple of its."""
    if compared is None:
        return {}
    ours = compared.latencies["Kliping"]
    peers = {name: found for name, found in compared.latencies.items() if not name.startswith("Kliping")}
    return {name: {kind: ours[kind].p50 / found[kind].p50 for kind in found} for name, found in peers.items()}


def _described(corpus: Corpus) -> Mapping[str, object]:
    return {
        "articles": corpus.articles,
        "text_bytes": corpus.text_bytes,
        "words": len(corpus.vocabulary.words),
        "requests": [{"kind": request.kind, "request": str(request)} for request in corpus.requests],
    }


def _machine() -> Mapping[str, object]:
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "packages": {name: version(name) for name in NAMED},
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
    }
