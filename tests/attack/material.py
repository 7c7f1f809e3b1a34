"""What is attacked: small archives of articles, their index, and the app over it."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from flask import Flask, got_request_exception
from flask.testing import FlaskClient

from archive.reading.records import read
from archive.record import Record
from index.engine import Engine, IndexInfo
from index.opening import open_engine
from index.query.request import MAX_PAGE_SIZE, Copies, Query, Sort
from index.reindexing.pipeline import reindex
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from tests import SAMPLES
from web import create_app

FIELDS = tuple(field.name for field in fields(Record) if field.name != "where")
ASKED = ("", "harga", "nelayan OR petani", '"harga cabai"', "ber*", "outlet:kabesa", "Korut", "date:2018..2019")


@lru_cache
def samples() -> tuple[Record, ...]:
    """The records of the sample articles, in the order of their ids."""
    found = (record for record in read([SAMPLES]) if isinstance(record, Record))
    return tuple(sorted(found, key=lambda record: record.id))


def told(record: Record) -> dict[str, str]:
    """The fields that a record has."""
    return {name: value for name in FIELDS if (value := getattr(record, name)) is not None}


def write_lines(path: Path, articles: Iterable[Mapping[str, object]]) -> Path:
    """Write articles as JSON Lines."""
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogatepass")
    return path


def index_of(folder: Path, *paths: Path, full: bool = False) -> ReindexReport:
    """Make the index in a folder hold the articles under the paths."""
    return reindex(open_engine(folder), ReindexRequest(paths, full=full))


def app_over(index: Path) -> Flask:
    """The app over an index, as a server has it: an error becomes a 500, and its exception is kept in `errors_of`."""
    app = create_app({"KLIPING_INDEX": index})
    app.logger.disabled = True
    app.extensions["attack.errors"] = []
    got_request_exception.connect(lambda _, exception: errors_of(app).append(repr(exception)), app, weak=False)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return app


def require_page(client: FlaskClient, address: str) -> None:
    """See that an address answers with a page, so that an attack does not ask a server that refuses everything.

    Raises:
        RuntimeError: If it does not.
    """
    response = client.get(address)
    if response.status_code != 200:
        told = f"{response.status_code} {response.text[:500]}"
        raise RuntimeError(f"{address} is answered with {told} before the attack; the attack is broken")


def errors_of(app: Flask) -> list[str]:
    """The exceptions that became a 500, oldest first."""
    errors: list[str] = app.extensions["attack.errors"]
    return errors


def contents(engine: Engine) -> tuple[IndexInfo, tuple[object, ...]]:
    """What an index answers to a few queries: totals and the ids of all hits, whatever the scores are."""
    answers = []
    for text in ASKED:
        found = engine.find(Query(text, copies=Copies.SHOW, sort=Sort.OLDEST, size=MAX_PAGE_SIZE))
        hits = tuple((match.article.id, match.article.digest, match.story) for match in found.matches)
        answers.append((found.articles, found.stories, hits))
    return engine.info(), tuple(answers)
