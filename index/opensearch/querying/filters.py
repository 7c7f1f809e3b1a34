"""The filters of a query, and its range of days, in the server's language."""

from collections.abc import Collection
from dataclasses import dataclass

from index.facets import FILTERS
from index.opensearch.mapping import fact_field
from index.opensearch.querying.leaves import ALL, Dsl, days, filtering
from index.query import date_ranges
from index.query.request import Choices, Query


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one query."""

    query: Query

    def without(self, left_out: Collection[str] = (), *, possibly: bool = False) -> Dsl | None:
        """What passes all filters but those of some facets; None if none is left.

        With `possibly`, what may lie in the range of days passes it.
        """
        chosen = [self._values(name, values) for name, values in self._of(self.query.chosen, left_out)]
        excluded = [self._values(name, values) for name, values in self._of(self.query.excluded, left_out)]
        if self.is_dated:
            range_ = date_ranges.days(self.query.since, self.query.until)
            chosen.append(days(*range_, possibly=possibly))
        return filtering(chosen or [ALL], excluded) if chosen or excluded else None

    @property
    def is_dated(self) -> bool:
        """Whether the query has a range of days."""
        return bool(self.query.since or self.query.until)

    def touch(self, facets: Collection[str]) -> bool:
        """Whether values of some facets are chosen or excluded."""
        return any(name in facets for name in (*self.query.chosen, *self.query.excluded))

    def _of(self, choices: Choices, left_out: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
        return [(name, values) for name, values in choices.items() if name in FILTERS and name not in left_out]

    def _values(self, name: str, values: tuple[str, ...]) -> Dsl:
        return {"terms": {fact_field(name): list(values)}}


def all_of(*queries: Dsl | None) -> Dsl:
    """What matches all of some queries, without a score."""
    return filtering([one for one in queries if one is not None])
