"""SQLite FTS5: a contentless index, facts in a joined table, one statement for each part of a request.

The `ascii` tokenizer takes every non-ASCII letter into a word, so that our tokens stay whole; `unicode61` would split
at letters newer than its tables.
"""

import sqlite3
from pathlib import Path

from benchmarks.contestants import Asked, Missing
from benchmarks.corpus import documents
from benchmarks.requests import TOP, Answer, Operator, Request

SCHEMA = """
    CREATE VIRTUAL TABLE text USING fts5(words, content='', tokenize="ascii tokenchars '.,_'");
    CREATE TABLE facts (number INTEGER PRIMARY KEY, id TEXT, outlet TEXT, year TEXT);
"""
SETTLE = "INSERT INTO text(text) VALUES ('optimize')"  # one segment, as the FTS5 documentation advises after a load

WHERE = "text MATCH :words AND (:year = '' OR year = :year)"
MATCHING = f"FROM text JOIN facts ON number = text.rowid WHERE {WHERE}"
OF_YEAR = "FROM facts WHERE (:year = '' OR year = :year)"
CACHE = "PRAGMA cache_size = -262144"  # KiB: the whole index stays in memory, as with the others


class Fts5:
    """FTS5 in a file of its own."""

    name = "SQLite FTS5"

    def __init__(self) -> None:
        with sqlite3.connect(":memory:") as trial:
            options = {option for (option,) in trial.execute("PRAGMA compile_options")}
        trial.close()
        if "ENABLE_FTS5" not in options:
            raise Missing("Python's SQLite was built without FTS5; another build of Python has it")
        self.settings = f"SQLite {sqlite3.sqlite_version}, contentless, optimized, default prefix index (none)"
        self._database: sqlite3.Connection | None = None

    def build(self, documents_file: Path, folder: Path) -> None:
        """Index a file of documents in one transaction."""
        database = sqlite3.connect(folder / "fts5.db")
        self._database = database
        database.execute(CACHE)
        database.executescript(SCHEMA)
        with database:
            for number, one in enumerate(documents(documents_file), 1):
                database.execute("INSERT INTO text(rowid, words) VALUES (?, ?)", (number, one.tokens))
                facts = (number, one.id, one.outlet or None, one.year or None)
                database.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", facts)
            database.execute(SETTLE)

    def answers(self, request: Request) -> bool:  # noqa: ARG002  # it answers any request
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """Run four statements: the ten best, the total, and the two facets."""
        assert self._database is not None
        matching, order = (MATCHING, "ORDER BY rank") if request.words else (OF_YEAR, "")
        values = {"words": _match(request), "year": request.year}
        replies = [
            self._database.execute(statement, values).fetchall()
            for statement in (
                f"SELECT id {matching} {order} LIMIT {TOP}",
                f"SELECT count(*) {matching}",
                f"SELECT outlet, count(*) {matching} GROUP BY outlet",
                f"SELECT year, count(*) {matching} GROUP BY year",
            )
        ]
        return Asked(replies)

    def read(self, reply: object) -> Answer:
        """Total and groups, without the group of documents that have no value."""
        assert isinstance(reply, list)
        _, [(total,)], outlets, years = reply
        return Answer(total, {k: v for k, v in outlets if k is not None}, {k: v for k, v in years if k is not None})

    def close(self) -> None:
        """Close the database."""
        if self._database is not None:
            self._database.close()


def _match(request: Request) -> str:
    words = [f'"{word}"' for word in request.words]
    match request.operator:
        case Operator.PHRASE:
            return f'"{" ".join(request.words)}"'
        case Operator.PREFIX:
            return f"{words[0]} *"
        case Operator.ANY:
            return " OR ".join(words)
        case _:
            return " AND ".join(words)
