"""Counters of all processes of the server, in memory that they share, as Prometheus text.

The memory is mapped when this module is first imported, which gunicorn does before it forks. Each process adds to a
row of its own, so nothing is locked between processes, and a scrape of any of them sums all rows. A process that ends
leaves its counts to the one that takes over its row, so the sums never fall while the server runs.
"""

import mmap
from collections.abc import Iterable, Iterator
from itertools import accumulate
from threading import Lock

import numpy as np

from index.engine import IndexInfo

ROWS = 64  # processes at the same time, old and new ones of a restart together
SURFACES = ("page", "api", "static", "other")
STATUSES = (200, 302, 304, 400, 404, 405, 413, 431, 500, 503, 0)  # 0: any other
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds; a page takes about 0.01
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_WIDTH = len(STATUSES) + len(BOUNDS) + 2  # counts by status, counts by duration with the rest above, sum of durations

_SHARED = np.frombuffer(mmap.mmap(-1, 8 * ROWS * len(SURFACES) * _WIDTH), np.float64)
_COUNTS = _SHARED.reshape(ROWS, len(SURFACES), _WIDTH)
_own = {"row": 0}
_adding = Lock()


def claim(process: int) -> None:
    """Count in the row of this process from now on; processes are numbered by their order of starting."""
    _own["row"] = process % ROWS


def add(surface: str, status: int, seconds: float) -> None:
    """Count a request."""
    row = _COUNTS[_own["row"], SURFACES.index(surface)]
    bucket = next((place for place, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
    with _adding:
        row[STATUSES.index(status if status in STATUSES else 0)] += 1
        row[len(STATUSES) + bucket] += 1
        row[-1] += seconds


def text(index: IndexInfo | None) -> str:
    """Return all counts and what the index holds, in the text format of Prometheus."""
    return "".join(f"{line}\n" for line in (*_requests(), *_durations(), *_index(index)))


def _requests() -> Iterator[str]:
    yield from _head("kliping_requests_total", "counter", "Requests answered, by surface and status.")
    for surface, counts in zip(SURFACES, _COUNTS.sum(axis=0), strict=True):
        for status, count in zip(STATUSES, counts, strict=False):
            if count:
                yield f'kliping_requests_total{{surface="{surface}",status="{status or "other"}"}} {int(count)}'


def _durations() -> Iterator[str]:
    name = "kliping_request_seconds"
    yield from _head(name, "histogram", "Seconds from the arrival of a whole request to its answer, by surface.")
    for surface, counts in zip(SURFACES, _COUNTS.sum(axis=0), strict=True):
        *below, total = accumulate(int(count) for count in counts[len(STATUSES) : -1])
        if not total:
            continue
        for bound, count in zip(BOUNDS, below, strict=True):
            yield f'{name}_bucket{{surface="{surface}",le="{bound}"}} {count}'
        yield f'{name}_bucket{{surface="{surface}",le="+Inf"}} {total}'
        yield f'{name}_sum{{surface="{surface}"}} {counts[-1]:.6f}'
        yield f'{name}_count{{surface="{surface}"}} {total}'


def _index(index: IndexInfo | None) -> Iterable[str]:
    yield from _head("kliping_index_ready", "gauge", "Whether an index answers.")
    yield f"kliping_index_ready {int(index is not None)}"
    if index is None:
        return
    yield from _head("kliping_index_info", "gauge", "The id of the published index.")
    yield f'kliping_index_info{{id="{index.id}"}} 1'
    yield from _head("kliping_index_articles", "gauge", "Articles in the published index.")
    yield f"kliping_index_articles {index.articles}"
    yield from _head("kliping_index_stories", "gauge", "Stories in the published index.")
    yield f"kliping_index_stories {index.stories}"
    yield from _head("kliping_index_built_timestamp_seconds", "gauge", "When the published index was built.")
    yield f"kliping_index_built_timestamp_seconds {int(index.built.timestamp())}"


def _head(name: str, kind: str, told: str) -> tuple[str, str]:
    return f"# HELP {name} {told}", f"# TYPE {name} {kind}"
