"""Building columns: those of the generation before and the rows of new articles become those of the next.

Documents have provisional numbers first, those of the generation before and then the new ones; `order`, int64[N],
tells which of them each document of the next generation was. So no article is read back, and what does not change is
copied by the array. Sorting by id costs next to nothing, because the old ids come sorted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import Array, ArrayWriter, smallest, spread
from index.embedded.columnar.format.string_lists import Texts, joined
from index.embedded.columnar.format.string_order import ascending
from index.embedded.columnar.postings.term_union import places_of
from index.embedded.facts.columns import COLUMNS, Coded, Columns, Groups, Mask, Numbers
from index.embedded.facts.redating import Dated, OwnDate, redated
from index.embedded.facts.rows import UNKNOWN_DAY, GatheredRows, Values, days, encoded, values_of
from index.facets import FACETS, date_facts

Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of the next generation: the provisional number of each, and whether it is live."""

    order: Order
    live: Mask


@dataclass(frozen=True, slots=True)
class Grouping:
    """The stories and loose groups of articles, as in `Build.group`."""

    stories: Mapping[str, str]
    loose: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What the next generation's columns are made of: the columns before, if any, new rows, and groups.

    `own` gives the date of its own that a document of the next generation has.
    """

    base: Columns | None
    rows: GatheredRows
    grouping: Grouping
    own: OwnDate


def write_columns(folder: Path, documents: Documents, change: Change) -> None:
    """Write the columns of the next generation into its folder."""
    base, rows = change.base, change.rows
    ids = _texts(None if base is None else base.ids.held, rows.ids, documents.order)
    by_id = _by_id(ids, documents.live)
    with ArrayWriter(folder / COLUMNS) as writer:
        string_lists.write(writer, "ids", ids)
        string_lists.write(
            writer, "digests", _texts(None if base is None else base.digests.held, rows.digests, documents.order)
        )
        writer.add("live", documents.live.view(np.uint8))
        writer.add("by_id", by_id)
        words = rows.words if base is None else np.concatenate((base.words, rows.words))
        writer.add("words", words[documents.order])
        stories, loose = _grouped(ids, by_id, change.grouping)
        groups = {"story": _groups(stories, documents.live), "loose": _groups(loose, documents.live)}
        for name, held in groups.items():
            writer.add(f"{name}.of", held.of)
            writer.add(f"{name}.copied", held.copied.view(np.uint8))
            writer.add(f"{name}.kin", held.kin)
        again = _redated(documents, change, groups["story"])
        _write_days(writer, change, again, by_id)
        for name in FACETS:
            parts = [rows.facet(name)] if base is None else [_values(base.coded[name]), rows.facet(name)]
            told = again.facets.get(name)
            facts = _joined(parts) if told is None else _joined([*parts, told])
            _write_facts(writer, name, facts.taken(documents.order if told is None else again.order))


def _texts(before: Texts | None, new: Texts, order: Order) -> Texts:
    return joined([new] if before is None else [before, new]).taken(order)


def _by_id(ids: Texts, live: Mask) -> Numbers:
    numbers = np.flatnonzero(live)
    return numbers[ascending(ids.taken(numbers))].astype(np.uint32)


@dataclass(frozen=True, slots=True)
class _Redated:
    """Documents with dates that neither the columns before nor the new rows have, as rows after all of these.

    `order` is that of the documents with such a row in place of their own; `facets` are those that depend on dates.
    """

    order: Order
    days: tuple[Array, Array]
    facets: Mapping[str, Values]


def _redated(documents: Documents, change: Change, stories: Groups) -> _Redated:
    base, size = change.base, len(change.rows)
    copied_from = np.zeros(size, bool) if base is None else np.concatenate((base.dated_by_copies, np.zeros(size, bool)))
    first, last = (ends[documents.order] for ends in _days(change))
    dated = Dated(first, last, copied_from[documents.order])
    found = dict(redated(dated, documents.live, stories, change.own))
    order, told = documents.order.copy(), [date_facts(day) for day in found.values()]
    order[list(found)] = len(copied_from) + np.arange(len(found))
    facets = {name: values_of([one[name] for one in told]) for name in told[0]} if told else {}
    return _Redated(order, days(list(found.values())), facets)


def _days(change: Change) -> tuple[Array, Array]:
    """The first and last days of the documents before and the new ones."""
    base, (first, last) = change.base, change.rows.days
    return (first, last) if base is None else (np.concatenate((base.first, first)), np.concatenate((base.last, last)))


def _write_days(writer: ArrayWriter, change: Change, again: _Redated, by_id: Numbers) -> None:
    first, last = (np.concatenate(ends)[again.order] for ends in zip(_days(change), again.days, strict=True))
    writer.add("first", first)
    writer.add("last", last)
    undated = first == UNKNOWN_DAY
    writer.add("newest", _ranked(by_id, np.where(undated, 1, -first)))
    writer.add("oldest", _ranked(by_id, np.where(undated, np.iinfo(np.int32).max, first)))


def _ranked(by_id: Numbers, days: Array) -> Numbers:
    """u4[N]: the place of each live document by `days`, then by id."""
    ranks = np.zeros(len(days), np.uint32)
    ranks[by_id[np.argsort(days[by_id], kind="stable")]] = np.arange(len(by_id), dtype=np.uint32)
    return ranks


def _grouped(ids: Texts, by_id: Numbers, grouping: Grouping) -> tuple[Numbers, Numbers]:
    """u4[N], twice: the documents that lend each document's story and its loose group their ids."""
    live = ids.taken(by_id)
    alone = np.arange(len(ids), dtype=np.uint32)
    story = _named(live, by_id, grouping.stories, alone)
    return story, _named(live, by_id, grouping.loose, story)


def _named(live: Texts, by_id: Numbers, groups: Mapping[str, str], otherwise: Numbers) -> Numbers:
    """u4[N]: the documents that lend groups their ids, or those of another grouping where there is none."""
    named = otherwise.copy()
    if groups:
        told, leads = (places_of(encoded(list(names)), live) for names in (groups, groups.values()))
        there = (told >= 0) & (leads >= 0)
        named[by_id[told[there]]] = by_id[leads[there]]
    return named


def _groups(of: Numbers, live: Mask) -> Groups:
    copied = (np.bincount(of[live], minlength=len(of))[of] > 1) & live
    kin = np.flatnonzero(copied)
    return Groups(of, copied, kin[np.argsort(of[kin], kind="stable")].astype(np.uint32))


@dataclass(frozen=True, slots=True)
class _Facts:
    """One facet of some documents: its values, ascending, how many each document has, and their places in turn."""

    values: Texts
    counts: Array
    places: Array

    def taken(self, order: Order) -> "_Facts":
        """The facet of the documents in another order, less the values that none of them has."""
        counts = self.counts.astype(np.int64)
        rows = spread((np.cumsum(counts) - counts)[order], counts[order])
        used, places = np.unique(self.places[rows], return_inverse=True)
        return _Facts(self.values.taken(used), counts[order], places)


def _values(coded: Coded) -> Values:
    """A facet of the columns before."""
    if coded.at is not None:
        return Values(coded.values, np.diff(coded.at.astype(np.int64)), coded.codes.astype(np.int64) - 1)
    there = coded.codes > 0
    return Values(coded.values, there.astype(np.int64), coded.codes[there].astype(np.int64) - 1)


def _joined(parts: Sequence[Values]) -> _Facts:
    """The facets of several lists of documents as that of one."""
    values = sorted({name for part in parts for name in part.names})
    place_of = {value: place for place, value in enumerate(values)}
    places = [np.array([place_of[name] for name in part.names], np.uint32)[part.places] for part in parts]
    return _Facts(encoded(values), np.concatenate([part.counts for part in parts]), np.concatenate(places))


def _write_facts(writer: ArrayWriter, name: str, facts: _Facts) -> None:
    string_lists.write(writer, f"{name}.values", facts.values)
    kind = smallest(len(facts.values))
    if facts.counts.max(initial=0) > 1:
        writer.add(f"{name}.codes", (facts.places + 1).astype(kind))
        writer.add(f"{name}.at", np.concatenate(([0], np.cumsum(facts.counts))).astype(np.uint32))
    else:
        codes = np.zeros(len(facts.counts), kind)
        codes[facts.counts > 0] = facts.places + 1
        writer.add(f"{name}.codes", codes)
