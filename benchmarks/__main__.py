"""The command: `python -m benchmarks --data PATH --articles N [--peers] [--growth 10000,50000]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import report, results
from benchmarks.alone import measure_alone
from benchmarks.comparing import compare
from benchmarks.growth import grow
from benchmarks.measuring import SAMPLES
from benchmarks.preparing import Corpus, prepare
from benchmarks.results import Results

RESULTS = Path(__file__).parent / "results"
SIZES = (10_000, 50_000, 250_000)  # of growing archives, unless given


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was requested, print tables, and print the path of the results file as the last line."""
    wanted = _parser().parse_args(arguments)
    with TemporaryDirectory(prefix="kliping-bench-") as temporary:
        folder = Path(temporary)
        _tell("reading the articles, choosing requests")
        corpus = prepare(wanted.data, wanted.articles, folder)
        found = _measure(corpus, folder / "index", wanted)
    target = wanted.results / results.named(wanted.data, corpus)
    results.write(found, corpus, target)
    _print(found, corpus)
    print(target)


def _measure(corpus: Corpus, index: Path, wanted: argparse.Namespace) -> Results:
    alone = measure_alone(corpus, index, wanted.samples, _tell)
    compared = compare(corpus, index, wanted.samples, _tell) if wanted.peers else None
    growth = grow(corpus, wanted.growth, wanted.samples, _tell) if wanted.growth else None
    return Results(alone, compared, growth)


def _print(found: Results, corpus: Corpus) -> None:
    out = report.console()
    report.print_alone(out, found.alone)
    if found.compared:
        report.print_compared(out, found.compared, corpus.articles)
    if found.growth:
        report.print_growth(out, found.growth)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure indexing and searching.")
    parser.add_argument("--data", type=Path, required=True, help="file or folder of articles")
    parser.add_argument("--articles", type=int, default=0, metavar="N", help="the first N of them; 0 for all")
    parser.add_argument("--peers", action="store_true", help="also build and ask other engines")
    parser.add_argument(
        "--growth", type=_sizes, nargs="?", const=SIZES, default=(), metavar="N,N", help="also archives of these sizes"
    )
    parser.add_argument("--samples", type=int, default=SAMPLES, metavar="N", help="of each class of requests")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER", help="where the figures are written")
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(",") if size)


def _tell(doing: str) -> None:
    print(f"{doing} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
