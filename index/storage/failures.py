"""Failures of an engine whose index other servers keep, or that cannot answer everything for answers of any size."""

from index.engine import EngineError


class Unreachable(EngineError):
    """The servers do not answer, or not in time; what is published stays as it is."""


class TooMuchToRead(EngineError):
    """A question for which the texts of too many articles would have to be read."""

    def __init__(self, articles: int, most: int) -> None:
        super().__init__(
            f"this needs the texts of {articles:,} articles, and the engine reads {most:,} at most; narrow the search"
        )
        self.articles = articles
        self.most = most
