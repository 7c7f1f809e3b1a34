"""The printed tables of a run; the JSON file holds the same figures and more, for programs."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Alone
from benchmarks.comparing import Compared
from benchmarks.growth import Grown
from benchmarks.jobs import Reindexed
from benchmarks.measuring import Latency
from benchmarks.phases import Taken
from benchmarks.requests import Kind

WIDTH = 150  # columns without a terminal
MIB = 1 << 20
SHOWN = 20  # disagreements printed; the file has all
OURS = "Kliping"

Latencies = Mapping[str, Mapping[Kind, Latency]]


def console() -> Console:
    """The console for the tables: as wide as the terminal, or WIDTH if there is none."""
    found = Console()
    return found if found.is_terminal else Console(width=WIDTH)


def print_alone(out: Console, alone: Alone) -> None:
    """Print indexing, then serving."""
    table = _table("Kliping by itself", "figure", "value")
    for name, value in _indexing(alone) + _serving(alone):
        table.add_row(name, value)
    out.print(table)
    latencies = {name.replace(OURS, "find"): figures for name, figures in alone.served.latencies.items()}
    out.print(_latency_table("A page's way, ms p50 / p95", latencies))


def print_compared(out: Console, compared: Compared, articles: int) -> None:
    """Print builds, latencies, ratios to the peers, and disagreements."""
    builds = _table("Writing the index", "engine", "articles/s", "MiB", "settings")
    for name, built in compared.builds.items():
        builds.add_row(name, _rate(articles, built.seconds), _mib(built.index_bytes), built.settings)
    out.print(builds)
    out.print(_latency_table("Ten best + total + outlets + years, ms p50 / p95", compared.latencies))
    out.print(_ratio_table(compared.latencies))
    for sentence in compared.missing:
        out.print(f"not measured: {sentence}", style="yellow", markup=False, soft_wrap=True)
    _print_disagreements(out, compared)


def print_latencies(out: Console, title: str, latencies: Latencies) -> None:
    """Print one table of latencies."""
    out.print(_latency_table(title, latencies))


def print_growth(out: Console, grown: Sequence[Grown]) -> None:
    """Print a row for each size, then the latencies of each."""
    names = ("articles", "seconds", "processor's", "peak MiB", "without files", "index MiB", "open ms", "serving MiB")
    table = _table("Growth", *names)
    for one in grown:
        table.add_row(
            f"{one.reindexed.articles:,}",
            f"{one.reindexed.seconds:,.1f}",
            f"{one.reindexed.processor_seconds:,.1f}",
            _peak(one.reindexed),
            _mib(one.reindexed.own_together),
            _mib(one.reindexed.index_bytes),
            f"{one.served.open_ms:.1f}",
            _mib(one.served.resident),
        )
    out.print(table)
    latencies = {f"{one.reindexed.articles:,}": one.served.latencies[OURS] for one in grown}
    out.print(_latency_table("find (exact words) at each size, ms p50 / p95", latencies))
    _print_whole_results(out, grown)
    _print_next_reindexes(out, grown)


def _print_whole_results(out: Console, grown: Sequence[Grown]) -> None:
    table = _table("Whole results at each size, ms of one core", "query", "question", *map(_size, grown))
    for answers in zip(*(one.asked.answers for one in grown), strict=True):
        each = ("refused" if answer.then_ms is None else f"{answer.then_ms:,.1f}" for answer in answers)
        table.add_row(answers[0].query, answers[0].question, *each)
    for exported in zip(*(one.exported for one in grown), strict=True):
        texts = "with texts" if exported[0].texts else "without texts"
        rates = (f"{one.rate:,.0f}, {_mib(one.grown)} MiB" for one in exported)
        table.add_row("", f"rows a second as CSV, {texts}, and memory", *rates)
    table.add_row("", "memory of the process, MiB", *(_mib(one.asked.resident) for one in grown))
    out.print(table)


def _print_next_reindexes(out: Console, grown: Sequence[Grown]) -> None:
    table = _table("The next reindexes at each size, seconds of all cores, and peak MiB", "run", *map(_size, grown))
    for name in ("unchanged", "added"):
        runs = (getattr(one, name) for one in grown)
        table.add_row(name, *(f"{run.processor_seconds:,.1f}, {_peak(run)}" for run in runs))
    for phase in grown[0].reindexed.phases:
        each = ((one.reindexed.phases.get(phase), one.added.phases.get(phase)) for one in grown)
        table.add_row(f"{phase}: first, added", *(f"{_processor(first)}, {_processor(added)}" for first, added in each))
    table.add_row("diff-index", *(f"{one.differing.seconds:,.1f}, {_mib(one.differing.peak)}" for one in grown))
    table.add_row("verify", *(f"{one.verified.seconds:,.1f}, {_mib(one.verified.peak)}" for one in grown))
    out.print(table)


def _size(grown: Grown) -> str:
    return f"{grown.reindexed.articles:,}"


def _indexing(alone: Alone) -> list[tuple[str, str]]:
    cold, again = alone.cold, alone.unchanged
    return [
        ("articles (rejected)", f"{cold.articles:,} ({cold.rejected:,})"),
        ("reindex from nothing", f"{cold.seconds:,.1f} s, {_rate(cold.articles, cold.seconds)} articles/s"),
        ("reindex, nothing changed", f"{again.seconds:,.2f} s, {again.seconds / cold.seconds:.1%} of the first"),
        ("peak memory of a reindex", f"{_peak(cold)} MiB, {_mib(cold.own_together)} MiB without pages of files"),
        ("text", f"{_mib(alone.text_bytes)} MiB"),
        ("index", f"{_mib(cold.index_bytes)} MiB, {cold.index_bytes / alone.text_bytes:.2f} × the text"),
    ]


def _serving(alone: Alone) -> list[tuple[str, str]]:
    served = alone.served
    return [
        ("open, and first answer", f"{served.open_ms:,.1f} ms, {served.first_ms:,.1f} ms"),
        ("memory, opened", f"{_mib(served.resident_after_open)} MiB"),
        ("memory, having answered", f"{_mib(served.resident)} MiB"),
    ]


def _latency_table(title: str, latencies: Latencies) -> Table:
    table = _table(title, "request", *latencies)
    for kind in _kinds(latencies):
        table.add_row(kind.value, *(_milliseconds(figures.get(kind)) for figures in latencies.values()))
    return table


def _ratio_table(latencies: Latencies) -> Table:
    """Our median divided by each peer's; below 1, ours is faster."""
    peers = {name: figures for name, figures in latencies.items() if not name.startswith(OURS)}
    table = _table("Our median as a multiple of theirs (below 1: ours is faster)", "request", *peers)
    for kind in _kinds(peers):
        ours = latencies[OURS][kind].p50
        table.add_row(kind.value, *(f"{ours / figures[kind].p50:.3f}" for figures in peers.values()))
    return table


def _print_disagreements(out: Console, compared: Compared) -> None:
    found = compared.disagreements
    if not found:
        out.print(f"All answers agree: totals and facets of {len(compared.totals)} requests.", style="green")
        return
    out.print(f"{len(found)} answers differ from ours:", style="bold red")
    for sentence in found[:SHOWN]:
        out.print(f"  {sentence}", markup=False)


def _kinds(latencies: Latencies) -> list[Kind]:
    return [kind for kind in Kind if any(kind in figures for figures in latencies.values())]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number and column not in {"settings", "value"} else "left")
    return table


def _processor(taken: Taken | None) -> str:
    return "" if taken is None else f"{taken.processor_seconds:,.1f}"


def _milliseconds(latency: Latency | None) -> str:
    return "" if latency is None else f"{latency.p50:,.2f} / {latency.p95:,.2f}"


def _rate(articles: int, seconds: float) -> str:
    return f"{articles / seconds:,.0f}"


def _mib(size: int) -> str:
    return f"{size / MIB:,.1f}"


def _peak(reindexed: Reindexed) -> str:
    return _mib(max(reindexed.peak, reindexed.peak_together))
