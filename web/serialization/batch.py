"""A batch as plain values for JSON."""

from index.answers.batch import BatchCounts
from index.engine import Match
from index.facets import estimated
from index.trends import Series, Tally
from web.serialization.answers import Json, facts_json, index_json
from web.workbench.batch import Batch, BatchEntry
from web.workbench.trend_arguments import query_string


def batch_json(batch: Batch) -> Json:
    """Return a batch: each query with its counts and hits, or with its error."""
    return {
        "by": batch.asked.by.value,
        "queries": [_entry(entry) for entry in batch.entries],
        "index": index_json(batch.index),
    }


def _entry(entry: BatchEntry) -> Json:
    counts = entry.counts
    return {
        "line": entry.listed.line,
        "name": entry.listed.name,
        "written": entry.listed.written,
        "query": query_string(entry.query) if entry.query else None,
        "error": entry.error or None,
        "counts": None if counts is None else _counts(counts),
        "hits": [_hit(match) for match in counts.hits] if counts else [],
    }


def _counts(counts: BatchCounts) -> Json:
    return {
        "articles": counts.total.articles,
        "stories": counts.total.stories,
        "undated": counts.undated,
        "periods": [_period(name, tally) for name, tally in counts.bins.items()],
        "outlets": [_outlet(outlet, series) for outlet, series in counts.outlets.items()],
        "without_outlet": counts.unnamed,
        "estimated": estimated([counts.total.stories]),
    }


def _outlet(outlet: str, series: Series) -> Json:
    return {
        "outlet": outlet,
        "articles": series.total.articles,
        "stories": series.total.stories,
        "periods": [_period(name, tally) for name, tally in series.bins.items()],
    }


def _period(name: str, tally: Tally) -> Json:
    return {"period": name, "articles": tally.articles, "stories": tally.stories}


def _hit(match: Match) -> Json:
    return {**facts_json(match.article), "story": match.story}
