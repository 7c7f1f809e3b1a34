"""A small client of the JSON API of Kliping. It needs nothing but Python.

Over the sample archive, as `make run` serves it:

>>> archive = Archive("http://127.0.0.1:8000")
>>> archive.search("harga beras", outlet="Warta Timur Laut")["total"]
{'articles': 5, 'stories': 5}
"""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

API = "/api/v1"


class Refused(Exception):
    """The archive refused a request; the message says what is wrong and how to mend it."""


class Archive:
    """An archive at an address. Every answer has the id of its index in `index`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def search(self, query: str = "", **arguments: Any) -> dict[str, Any]:
        """One page of an answer. `from_` stands for the argument `from`, a list for a repeated argument."""
        return self._json("/search", {"q": query, **arguments})

    def hits(self, query: str = "", **arguments: Any) -> Iterator[dict[str, Any]]:
        """All hits of a query, whatever their number, each once and all from one index."""
        cursor: str | None = "*"
        while cursor:
            page = self.search(query, **{"size": 100, **arguments, "cursor": cursor})
            yield from page["hits"]
            cursor = page["next"]

    def ids(self, query: str = "", **arguments: Any) -> Iterator[str]:
        """The ids of all hits of a query, in a part of the time that whole hits take."""
        return (hit["id"] for hit in self.hits(query, **{**arguments, "fields": "id"}))

    def article(self, article_id: str, **arguments: Any) -> dict[str, Any]:
        """An article with its text."""
        return self._json(f"/articles/{quote(article_id)}", arguments)

    def story(self, story_id: str) -> dict[str, Any]:
        """A story: all versions of one text, and what each changed."""
        return self._json(f"/stories/{quote(story_id)}", {})

    def trends(self, *series: str, **arguments: Any) -> dict[str, Any]:
        """Several queries over time."""
        return self._json("/trends", {"series": series, **arguments})

    def compare(self, one: str, other: str, **arguments: Any) -> dict[str, Any]:
        """Two queries side by side: outlets, time, and the words that tell one from the other."""
        return self._json("/compare", {"a": one, "b": other, **arguments})

    def batch(self, *queries: str, **arguments: Any) -> dict[str, Any]:
        """Each of many queries counted by outlet and period."""
        with self._open("/batch", arguments, "\n".join(queries).encode()) as answer:
            return dict(json.load(answer))

    def lines(self, query: str, **arguments: Any) -> dict[str, Any]:
        """The places of a query in their context."""
        return self._json("/kwic", {"q": query, **arguments})

    def export(self, path: str | Path, query: str = "", **arguments: Any) -> Path:
        """Write the whole result of a query to a file, in the format that its name ends in, such as csv or bib."""
        path = Path(path)
        kind = {"bib": "bibtex", "json": "csl-json", "zip": "txt.zip"}.get(path.suffix[1:], path.suffix[1:])
        with self._open("/export", {"q": query, "format": kind, **arguments}) as answer, path.open("wb") as file:
            copyfileobj(answer, file)
        return path

    def _json(self, path: str, arguments: dict[str, Any]) -> dict[str, Any]:
        with self._open(path, arguments) as answer:
            return dict(json.load(answer))

    def _open(self, path: str, arguments: dict[str, Any], sent: bytes | None = None) -> Any:
        given = {name.removesuffix("_"): value for name, value in arguments.items() if value is not None}
        address = f"{self.address}{API}{path}?{urlencode(given, doseq=True)}"
        try:
            headers = {"Accept": "*/*", **({"Content-Type": "text/csv"} if sent is not None else {})}
            return urlopen(Request(address, sent, headers))  # noqa: S310 -- the address is its user's own
        except HTTPError as error:
            raise Refused(json.load(error)["detail"]) from None
