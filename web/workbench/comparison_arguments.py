"""The arguments of a comparison: its two sides, the filters that both share, and how to count.

A side is written as a series of a trend is: a query text, or a query string of search arguments; `q=` is the whole
archive. `q` stands for the first side, so that the address of a search becomes that of its comparison.
"""

from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from index.answers.comparison import ComparisonRequest
from index.answers.trends import Measure
from index.query.request import Query
from index.trends import Interval
from web import params
from web.parameter_errors import BadParameter, MissingQuery, Valid
from web.workbench.trend_arguments import BY, COUNT, require_first_page, series_query

FIRST, SECOND = "a", "b"
NAMES: Final = (FIRST, SECOND, BY, COUNT)
WHOLE: Final = f"{params.TEXT}="  # the whole archive as a side
COUNTED: Final = (Measure.STORIES, Measure.ARTICLES)
DEFAULT_SIZE: Final = 30  # words of each side


@dataclass(frozen=True, slots=True)
class ComparisonArguments:
    """A comparison as given: its sides as written, "" for one that is not given yet."""

    sides: tuple[str, str]
    shared: Query
    by: Interval | None = None
    count: Measure = Measure.STORIES
    words: int = DEFAULT_SIZE

    @property
    def queries(self) -> tuple[Query, Query]:
        """The query of each side. Raises BadParameter, or BadQuery, for one that cannot be parsed."""
        first, second = self.sides
        return series_query(first or WHOLE, self.shared), series_query(second or WHOLE, self.shared)

    @property
    def request(self) -> ComparisonRequest:
        """What is to be counted; a side that is not given is the whole archive."""
        return ComparisonRequest(self.queries, self.shared, self.by, self.count, self.words)

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments beside those of `shared`, in a fixed order, without defaults."""
        pairs = [(name, side) for name, side in zip((FIRST, SECOND), self.sides, strict=True) if side]
        pairs += [(BY, self.by.value)] if self.by else []
        pairs += [(COUNT, self.count.value)] if self.count is not Measure.STORIES else []
        return pairs + ([(params.SIZE, str(self.words))] if self.words != DEFAULT_SIZE else [])

    def url(self, endpoint: str) -> str:
        """The URL of an endpoint for these arguments."""
        return params.url(endpoint, self.shared, *self.pairs())

    def against(self, first: str, second: str) -> "ComparisonArguments":
        """With other sides."""
        return replace(self, sides=(first, second))


def read(args: MultiDict[str, str]) -> ComparisonArguments:
    """Parse the arguments of a URL; `size` is the number of words of each side.

    Raises:
        BadParameter: If an argument cannot be parsed.
    """
    query = params.read(args)
    require_first_page(query)
    first = params.single(args, FIRST).strip()
    if first and query.text:
        raise BadParameter(params.TEXT, query.text, Valid.LEFT_OUT_BESIDE, names=FIRST)
    count = params.one_of(Measure, args, COUNT, Measure.STORIES)
    if count not in COUNTED:
        raise BadParameter(COUNT, count.value, Valid.ONE_OF, names=", ".join(COUNTED))
    found = ComparisonArguments(
        sides=(first or query.text.strip(), params.single(args, SECOND).strip()),
        shared=replace(query.selection(), text=""),
        by=params.one_of(Interval, args, BY, None),
        count=count,
        words=query.size if params.single(args, params.SIZE) else DEFAULT_SIZE,
    )
    _ = found.queries  # a side that cannot be parsed is an error of this address
    return found


def require_side(asked: ComparisonArguments) -> None:
    """Refuse to compare the whole archive with itself. Raises MissingQuery."""
    if not any(asked.sides):
        raise MissingQuery(FIRST, f"a query, or be left out beside {SECOND}")
