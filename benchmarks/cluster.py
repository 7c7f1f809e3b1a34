"""A cluster beside a folder: the same archive is indexed in both, and whole answers are timed in turn.

    python -m benchmarks.cluster --data PATH --articles N --address http://127.0.0.1:9200/bench [--reuse FOLDER]

A whole answer is what a page asks for: the ten best hits with their texts, totals, stories, and all facets. With
`--reuse`, the folder and the address hold the same index already, and nothing is built.
"""

import argparse
import json
import os
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import report
from benchmarks.contestants import Asked
from benchmarks.kliping import query_for
from benchmarks.measuring import SAMPLES, alternate, timed
from benchmarks.preparing import Corpus, prepare
from benchmarks.requests import Request
from index.engine import Engine
from index.opening import open_engine
from index.reindexing.pipeline import ReindexRequest, reindex
from index.storage.address import IndexAddress, parse_address


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An engine, asked as a page asks it."""

    name: str
    engine: Engine

    def answers(self, _request: Request) -> bool:
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """Answer with all facets, and read the hits."""
        found = self.engine.find(query_for(request, stemmed=True))
        return Asked((found, list(found.matches)))


def main() -> None:
    """Build where wanted, ask in turn, print tables."""
    wanted = _parser().parse_args()
    address = parse_address(wanted.address)
    with TemporaryDirectory(prefix="kliping-bench-") as temporary:
        corpus = prepare(wanted.data, wanted.articles, Path(temporary))
        engines = {
            "folder": open_engine(wanted.reuse or Path(temporary) / "index"),
            "cluster": open_engine(address),
        }
        if not wanted.reuse:
            for name, engine in engines.items():
                _build(name, engine, corpus)
        _say(f"index in the cluster: {_stored(address) / (1 << 20):,.0f} MiB with all generations")
        contestants = [WholeAnswer(name, engine) for name, engine in engines.items()]
        latencies = alternate(contestants, corpus.requests, wanted.samples)
        report.print_latencies(report.console(), "Whole answers, ms p50 / p95", latencies)


def _build(name: str, engine: Engine, corpus: Corpus) -> None:
    done, seconds = timed(lambda: reindex(engine, ReindexRequest((corpus.data,), full=True)))
    _say(f"{name}: {done.articles:,} articles in {seconds:,.1f} s, {done.articles / seconds:,.0f} articles/s")


def _stored(address: IndexAddress) -> int:
    """The bytes of all indices of an archive, replicas included."""
    host, port = address.hosts[0]
    asked = f"{address.scheme}://{host}:{port}/{address.name}-*/_stats/store"
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310  # the address that is measured
        return int(json.load(answer)["_all"]["total"]["store"]["size_in_bytes"])


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description="Measure a cluster and a folder.")
    parser.add_argument("--data", type=Path, required=True, help="file or folder of articles")
    parser.add_argument("--articles", type=int, default=0, metavar="N", help="the first N of them; 0 for all")
    parser.add_argument("--address", default=os.environ.get("KLIPING_INDEX"), help="of an index that may be replaced")
    parser.add_argument("--reuse", type=Path, metavar="FOLDER", help="the same index in a folder, built before")
    parser.add_argument("--samples", type=int, default=SAMPLES, metavar="N", help="of each class of requests")
    return parser


if __name__ == "__main__":
    main()
