"""What `flask search` prints for programs: the answer of the API as one JSON object, or the hits as a table.

Addresses in the answer are paths, as in that of the API.
"""

import sys

from flask import current_app

from index.answers.exporting import delimited, provenance
from index.answers.exporting.columns import COLUMNS, Row, usual_columns
from index.answers.exporting.tables import Table
from index.answers.search import Results
from web.app_engine import zero_results_help
from web.commands.console import print_json
from web.exporting.setting import article_address, today
from web.serialization.answers import search_json
from web.serialization.zero_results import zero_results_json


def print_answer_json(results: Results) -> None:
    """Print the answer that the API gives; it has no cursor, since a command walks through nothing."""
    with current_app.test_request_context():  # for the addresses
        helped = zero_results_json(zero_results_help(results), found=results.articles > 0)
        print_json({**search_json(results), **helped, "next": None, "next_url": None})


def print_hits_csv(results: Results) -> None:
    """Print the hits of the page in the form of an export without texts."""
    names, query, address = usual_columns(texts=False), results.query, article_address()
    rows = ([COLUMNS[name](Row(hit.match, address(hit.match.article.id))) for name in names] for hit in results.hits)
    facts: dict[str, str | int] = {
        **dict(provenance.query_facts(query, results.tree)),
        "folding": provenance.FOLD_RULES[query.copies],
        "articles": results.articles,
        "stories": results.stories,
        **({"stories_are": "estimated"} if results.estimated else {}),
        "order": query.sort.value,
        "page": query.page,
        "pages": results.pages,
        "rows": len(results.hits),
        "index": results.index.id,
    }
    table = Table("hits", facts, names, rows, len(results.hits), today())
    for data in delimited.table(table):
        sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
