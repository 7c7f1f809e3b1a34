"""The figures of a run as one JSON file, with a description of machine and corpus."""

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

NAMED = ("numpy", "whoosh3", "flask")  # packages whose versions matter most for the figures


@dataclass(frozen=True, slots=True)
class Results:
    """All three parts of a run; those not requested are None."""

    alone: Alone
    compared: Compared | None = None
    growth: list[Grown] | None = None


def write(results: Results, corpus: Corpus, target: Path) -> None:
    """Write the figures, the machine and the corpus."""
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = {"machine": _machine(), "corpus": _described(corpus), **asdict(results), "ratios": ratios(results.compared)}
    target.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def named(data: Path, corpus: Corpus) -> str:
    """The name of a run's file: the data, the number of articles, the time."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{data.resolve().name.partition('.')[0]}-{corpus.articles}-{now}.json"


def ratios(compared: Compared | None) -> dict[str, dict[str, float]]:
    """Our median divided by that of a peer, as peer → class → ratio."""
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
