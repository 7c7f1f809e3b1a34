"""The stages of our own answer as contestants: hits with snippets, and the whole page as a browser gets it.

Both search bare words, as readers do. Each stage includes the one before it.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask.testing import FlaskClient

from benchmarks.contestants import Asked
from benchmarks.kliping import query_for
from benchmarks.requests import Request
from index.answers.search import search
from index.engine import Engine
from web import params


@dataclass(frozen=True, slots=True)
class Searching:
    """Search with ten snippets."""

    engine: Engine
    name: str = "search"

    def answers(self, request: Request) -> bool:  # noqa: ARG002  # readers may ask anything
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """The results that page and API render."""
        return Asked(search(self.engine, query_for(request, stemmed=True)))


@dataclass(frozen=True, slots=True)
class Page:
    """Search, snippets and rendering, through the whole application but without a network."""

    client: FlaskClient
    name: str = "page"

    def answers(self, request: Request) -> bool:  # noqa: ARG002  # as above
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """The search page."""
        answer = self.client.get("/", query_string=params.write(query_for(request, stemmed=True)))
        assert answer.status_code == HTTPStatus.OK, answer.status
        return Asked(answer.data)
