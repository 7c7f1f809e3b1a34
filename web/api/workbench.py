"""Trends, coverage and lines in context as JSON, with the names that the API promises.

Each function returns a body and the id of the index it comes from.
"""

from typing import Final

from werkzeug.datastructures import MultiDict

from index.answers.comparison import OutletPair
from index.answers.concordance import ContextLine
from index.answers.coverage import OutletRow
from index.answers.similar import similar
from index.answers.trends import Line
from index.answers.word_statistics import RankedWord
from index.association import DIGITS
from index.engine import GroupedArticle
from index.facets import estimated
from index.trends import Tally
from web import app_engine
from web.serialization.answers import Json, facts_json, index_json, query_json
from web.workbench import (
    comparison_arguments,
    concordance_arguments,
    coverage_arguments,
    trend_arguments,
    word_arguments,
)
from web.workbench.answers import (
    collocates_of,
    comparison_of,
    coverage_of,
    keywords_of,
    line_labels,
    lines_of,
    report_of,
)

SIDES: Final = (comparison_arguments.FIRST, comparison_arguments.SECOND)


def trends_json(args: MultiDict[str, str]) -> tuple[Json, str]:
    """Several queries over time. `values` are shares of `archive` or counts; a share of nothing is null."""
    report = report_of(trend_arguments.read(args))
    request = report.request
    body: Json = {
        "by": report.by.value,
        "count": request.measure.value,
        "share": request.share,
        "split": request.split,
        "uncertain": request.uncertain,
        "bins": list(report.bins),
        "archive": list(report.archive),
        "thin": list(report.thin),
        "archive_undated": report.archive_undated,
        "archive_outside": report.outside,
        "series": [
            {"label": label, **_line(line, share=request.share)}
            for label, line in zip(line_labels(report), report.lines, strict=True)
        ],
        "values_left_out": report.unsplit,
        "estimated": any(estimated((line.total, *line.counts)) for line in report.lines),
        "index": index_json(report.index),
    }
    return body, report.index.id


def coverage_json(args: MultiDict[str, str]) -> tuple[Json, str]:
    """The articles of each outlet in each bin."""
    found = coverage_of(coverage_arguments.read(args))
    body: Json = {
        "by": found.by.value,
        "bins": list(found.bins),
        "archive": list(found.all),
        "outlets": [_outlet(row) for row in found.rows],
        "without_outlet": list(found.unnamed),
        "articles": found.articles,
        "undated": found.undated,
        "outside": found.outside,
        "outlets_left_out": found.further,
        "estimated": estimated(row.stories for row in found.rows),
        "index": index_json(found.index),
    }
    return body, found.index.id


def comparison_json(args: MultiDict[str, str]) -> tuple[Json, str]:
    """Two queries side by side."""
    asked = comparison_arguments.read(args)
    comparison_arguments.require_side(asked)
    found = comparison_of(asked)
    report, totals = found.trend, found.of_totals()
    body: Json = {
        "by": report.by.value,
        "count": asked.count.value,
        "sides": {
            name: {
                **_side(line, tally),
                "words": [_keyword(word) for word in words.words],
            }
            for name, line, tally, words in zip(SIDES, report.lines, found.totals, found.words, strict=True)
        },
        "shared_articles": found.shared,
        "bins": list(report.bins),
        "archive": list(report.archive),
        "outlets": [_outlet_pair(pair, totals) for pair in found.outlets],
        "outlets_left_out": found.further,
        "estimated": estimated(tally.stories for tally in found.totals)
        or any(estimated(line.counts) for line in report.lines),
        "index": index_json(found.index),
    }
    return body, found.index.id


def concordance_json(args: MultiDict[str, str]) -> tuple[Json, str]:
    """Lines in context: a stretch of all places of a query, in an order, and the cursor of the next ones."""
    asked = concordance_arguments.read(args)
    trend_arguments.require_query(asked.query)
    found = lines_of(asked)
    body: Json = {
        "query": query_json(asked.query, found.tree),
        "order": asked.lines.order.value,
        "width": asked.width,
        "sample": asked.lines.sample,
        "seed": asked.lines.seed,
        "stories": concordance_arguments.ONCE if asked.lines.stories_once else None,
        "total": {"lines": found.total, "articles": found.articles},
        "sampled": found.count,
        "lines": [_context_line(line) for line in found.lines],
        "next": concordance_arguments.next_cursor(asked, found.count, found.index.id),
        "index": index_json(found.index),
    }
    return body, found.index.id


def collocates_json(args: MultiDict[str, str]) -> tuple[Json, str]:
    """The words around a query, best first, with their counts and measures."""
    asked = word_arguments.read(args)
    trend_arguments.require_query(asked.query)
    ranked = collocates_of(asked)
    found = ranked.found
    body: Json = {
        "query": query_json(asked.query, found.tree),
        "window": asked.collocates.window,
        "measure": asked.collocates.measure.value,
        "by": asked.collocates.by.value,
        "hits": found.hits,
        "window_words": found.here,
        "archive_words": found.whole,
        "words": [
            {
                **_word(word),
                "loglikelihood": round(word.log_likelihood, DIGITS),
                "logdice": round(word.log_dice, DIGITS),
                "mi": round(word.mutual_information, DIGITS),
            }
            for word in ranked.words
        ],
        "index": index_json(ranked.index),
    }
    return body, ranked.index.id


def keywords_json(args: MultiDict[str, str]) -> tuple[Json, str]:
    """The stems that set the articles of a query apart, by log-likelihood."""
    asked = word_arguments.read(args)
    word_arguments.require_narrowed(asked.query)
    ranked = keywords_of(asked)
    body: Json = {
        "query": query_json(asked.query, ranked.found.tree),
        "articles": ranked.found.here,
        "archive_articles": ranked.found.whole,
        "words": [_keyword(word) for word in ranked.words],
        "index": index_json(ranked.index),
    }
    return body, ranked.index.id


def similar_json(given: GroupedArticle, most: int) -> tuple[Json, str]:
    """The articles most similar to one of a story, with the words that they share."""
    reader = app_engine.reader()
    index = reader.info()
    found = [
        {**facts_json(one.article), "story": one.story, "reasons": list(one.reasons)}
        for one in similar(reader, given, most)
    ]
    return {"id": given.article.id, "story": given.story, "similar": found, "index": index_json(index)}, index.id


def _word(word: RankedWord) -> Json:
    counts = word.counts
    return {
        "word": counts.word,
        "form": word.label,
        "count": counts.here,
        "overall": counts.overall,
        "articles": counts.articles,
        "outlets": counts.outlets,
        "months": counts.months,
    }


def _keyword(word: RankedWord) -> Json:
    return {
        **_word(word),
        "loglikelihood": round(word.log_likelihood, DIGITS),
        "log_ratio": round(word.log_ratio, DIGITS),
    }


def _side(line: Line, tally: Tally) -> Json:
    return {
        "query": trend_arguments.query_string(line.query),
        "articles": tally.articles,
        "stories": tally.stories,
        "undated": line.undated,
        "counts": list(line.counts),
    }


def _outlet_pair(pair: OutletPair, totals: tuple[int, int]) -> Json:
    told: Json = {"outlet": pair.outlet}
    for name, count, total in zip(SIDES, pair.counts, totals, strict=True):
        told |= {name: count, f"share_{name}": count / total if total else None}
    return told


def _context_line(line: ContextLine) -> Json:
    return {
        "article": line.article.id,
        "date": line.article.date.value,
        "outlet": line.article.outlet,
        "left": line.before,
        "hit": line.hit,
        "right": line.after,
        "paragraph": line.paragraph,
        "start": line.start,
    }


def _line(line: Line, *, share: bool) -> Json:
    return {
        "query": trend_arguments.query_string(line.query),
        "total": line.total,
        "values": list(line.shares if share else line.counts),
        "counts": list(line.counts),
        "archive": list(line.archive),
        "thin": list(line.thin),
        "uncertain_counts": list(line.uncertain),
        "undated": line.undated,
        "left_out": line.left_out,
    }


def _outlet(row: OutletRow) -> Json:
    return {
        "outlet": row.outlet,
        "articles": row.articles,
        "stories": row.stories,
        "counts": list(row.counts),
        "gaps": list(row.gaps),
    }
