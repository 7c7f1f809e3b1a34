"""The arguments of coverage: those of a search, and the length of a bin."""

from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from index.query.request import Query
from index.trends import Interval
from web import params
from web.parameter_errors import BadParameter, Valid
from web.workbench.trend_arguments import BY, require_first_page

NAMES: Final = (BY,)
INTERVALS: Final = (
    Interval.YEAR,
    Interval.MONTH,
)  # a table of weeks or days by outlets would be empty nearly everywhere


@dataclass(frozen=True, slots=True)
class CoverageArguments:
    """Whose coverage is counted, and in which bins."""

    query: Query
    by: Interval = Interval.YEAR

    def url(self, endpoint: str) -> str:
        """The URL of an endpoint for these arguments."""
        return params.url(endpoint, self.query, *([(BY, self.by.value)] if self.by is not Interval.YEAR else []))


def read(args: MultiDict[str, str]) -> CoverageArguments:
    """Parse the arguments of a URL.

    Raises:
        BadParameter: If an argument cannot be parsed.
    """
    by = params.one_of(Interval, args, BY, Interval.YEAR)
    if by not in INTERVALS:
        raise BadParameter(BY, by.value, Valid.ONE_OF, names=", ".join(INTERVALS))
    query = params.read(args)
    require_first_page(query)
    return CoverageArguments(query.selection(), by)
