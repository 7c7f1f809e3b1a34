"""Writing columns: merges the columns of the previous generation with the rows of new articles.

Documents first get provisional numbers, those of the previous generation followed by the new ones. `order`, int64[N],
maps each document of the next generation to its provisional number. No article is read back, and unchanged facts are
copied as arrays. Sorting by id is cheap, because the old ids are sorted already.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import STATED_BASES
from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import Array, ArrayWriter, concatenated_ranges, smallest_dtype
from index.embedded.columnar.format.string_lists import StringList, concatenate_lists
from index.embedded.columnar.format.string_order import argsort_strings
from index.embedded.columnar.postings.term_union import indices_of
from index.embedded.facts.columns import COLUMNS, Columns, FacetColumn, Groups, Mask, Numbers, stated_years
from index.embedded.facts.copied_dates import DocumentDates, OwnDate, changed_dates
from index.embedded.facts.rows import UNKNOWN_DAY, FacetValues, SpooledRows, days, encoded, values_of
from index.embedded.facts.story_sizes import ranks, story_sizes
from index.facets import FACETS, OF_ARTICLES, OF_STORIES, date_facts
from index.storage.first_seen import Moments

Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """The documents of the next generation: the provisional number of each, and whether it is live."""

    order: Order
    live: Mask


@dataclass(frozen=True, slots=True)
class Grouping:
    """The story ids and loose-group ids of articles, as in `Build.set_stories`."""

    stories: Mapping[str, str]
    loose: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ColumnInputs:
    """The inputs of the next generation's columns: previous columns, if any, new rows, and groups.

    `since` says since when the index has had the articles of the new rows. `own` returns the own date of a document of
    the next generation.
    """

    base: Columns | None
    rows: SpooledRows
    since: Moments
    grouping: Grouping
    own: OwnDate


def write_columns(folder: Path, documents: DocumentOrder, inputs: ColumnInputs) -> None:
    """Write the columns of the next generation into its folder."""
    base, rows = inputs.base, inputs.rows
    ids = _texts(None if base is None else base.ids.held, rows.ids, documents.order)
    by_id = _by_id(ids, documents.live)
    with ArrayWriter(folder / COLUMNS) as writer:
        string_lists.write(writer, "ids", ids)
        string_lists.write(
            writer, "digests", _texts(None if base is None else base.digests.held, rows.digests, documents.order)
        )
        writer.add("live", documents.live.view(np.uint8))
        writer.add("by_id", by_id)
        writer.add("words", _own_and_base(inputs, "words")[documents.order])
        stories, loose = _grouped(ids, by_id, inputs.grouping)
        groups = {"story": _groups(stories, documents.live), "loose": _groups(loose, documents.live)}
        for name, held in groups.items():
            writer.add(f"{name}.of", held.of)
            writer.add(f"{name}.copied", held.copied.view(np.uint8))
            writer.add(f"{name}.kin", held.kin)
        redated = _redated(documents, inputs, groups["story"])
        disputed = np.concatenate((_own_and_base(inputs, "disputed"), redated.disputed))
        writer.add("disputed", disputed[redated.order].view(np.uint8))
        newest = _write_days(writer, inputs, redated, by_id)
        since = inputs.since if base is None else np.concatenate((base.since, inputs.since))
        writer.add("since", since[documents.order])
        writer.add("latest", ranks(by_id, newest, since[documents.order]))
        for name in OF_ARTICLES:
            parts = [rows.facet(name)] if base is None else [_values(base.facets[name]), rows.facet(name)]
            told = redated.facets.get(name)
            facts = _concatenate(parts) if told is None else _concatenate([*parts, told])
            taken = facts.taken(documents.order if told is None else redated.order)
            _write_facts(writer, name, taken)
            if name == "outlet":
                sizes = story_sizes(stories, documents.live, taken.single())
                sizes.write(writer, by_id, newest)
                for measure in OF_STORIES:
                    _write_facts(writer, measure, _concatenate([sizes.facet(measure)]))


def _texts(before: StringList | None, new: StringList, order: Order) -> StringList:
    return concatenate_lists([new] if before is None else [before, new]).taken(order)


def _by_id(ids: StringList, live: Mask) -> Numbers:
    numbers = np.flatnonzero(live)
    return numbers[argsort_strings(ids.taken(numbers))].astype(np.uint32)


@dataclass(frozen=True, slots=True)
class _Redated:
    """Rows for documents whose date changes, appended after the previous columns and the new rows.

    `order` refers to these rows instead of the documents' own; `facets` are the facets that depend on dates.
    """

    order: Order
    days: tuple[Array, Array]
    disputed: Array
    facets: Mapping[str, FacetValues]


def _redated(documents: DocumentOrder, inputs: ColumnInputs, stories: Groups) -> _Redated:
    base, rows = inputs.base, inputs.rows
    stated, changed = _having(rows.facet("basis"), STATED_BASES), np.zeros(len(rows), bool)
    if base is not None:
        stated, changed = np.concatenate((base.stated, stated)), np.concatenate((base.redated, changed))
    first, last = (ends[documents.order] for ends in _days(inputs))
    first, stated = np.where(documents.live, first, UNKNOWN_DAY), stated[documents.order] & documents.live
    dated = DocumentDates(first, last, stated, stated_years(first, last, stated))
    found = dict(changed_dates(dated, changed[documents.order] & documents.live, stories, inputs.own))
    order, told = documents.order.copy(), [date_facts(day) for day in found.values()]
    order[list(found)] = len(changed) + np.arange(len(found))
    facets = {name: values_of([one[name] for one in told]) for name in told[0] if name in FACETS} if told else {}
    disputed = np.array([day.disputed for day in found.values()], np.bool_)
    return _Redated(order, days(list(found.values())), disputed, facets)


def _having(values: FacetValues, wanted: Collection[str]) -> Mask:
    """Which documents have one of some values of a facet of at most one value each."""
    chosen = np.array([name in wanted for name in values.names], np.bool_)
    found = values.counts > 0
    found[found] = chosen[values.places]
    return found


def _own_and_base(inputs: ColumnInputs, name: str) -> Array:
    """A column of the previous generation and the new rows, by provisional number."""
    new: Array = getattr(inputs.rows, name)
    return new if inputs.base is None else np.concatenate((getattr(inputs.base, name), new))


def _days(inputs: ColumnInputs) -> tuple[Array, Array]:
    """The first and last days by provisional number."""
    base, (first, last) = inputs.base, inputs.rows.days
    return (first, last) if base is None else (np.concatenate((base.first, first)), np.concatenate((base.last, last)))


def _write_days(writer: ArrayWriter, inputs: ColumnInputs, redated: _Redated, by_id: Numbers) -> Numbers:
    """Write the days of all documents and their ranks by date; return those of the newest first."""
    first, last = (np.concatenate(ends)[redated.order] for ends in zip(_days(inputs), redated.days, strict=True))
    writer.add("first", first)
    writer.add("last", last)
    undated = first == UNKNOWN_DAY
    newest = _rank(by_id, np.where(undated, 1, -first))
    writer.add("newest", newest)
    writer.add("oldest", _rank(by_id, np.where(undated, np.iinfo(np.int32).max, first)))
    return newest


def _rank(by_id: Numbers, days: Array) -> Numbers:
    """u4[N]: the rank of each live document by `days`, then by id."""
    ranks = np.zeros(len(days), np.uint32)
    ranks[by_id[np.argsort(days[by_id], kind="stable")]] = np.arange(len(by_id), dtype=np.uint32)
    return ranks


def _grouped(ids: StringList, by_id: Numbers, grouping: Grouping) -> tuple[Numbers, Numbers]:
    """u4[N], twice: the documents whose ids name each document's story and loose group."""
    live = ids.taken(by_id)
    alone = np.arange(len(ids), dtype=np.uint32)
    story = _group_leads(live, by_id, grouping.stories, alone)
    return story, _group_leads(live, by_id, grouping.loose, story)


def _group_leads(live: StringList, by_id: Numbers, groups: Mapping[str, str], otherwise: Numbers) -> Numbers:
    """u4[N]: the documents whose ids name the groups; `otherwise` for a document without a group."""
    named = otherwise.copy()
    if groups:
        told, leads = (indices_of(encoded(list(names)), live) for names in (groups, groups.values()))
        there = (told >= 0) & (leads >= 0)
        named[by_id[told[there]]] = by_id[leads[there]]
    return named


def _groups(of: Numbers, live: Mask) -> Groups:
    copied = (np.bincount(of[live], minlength=len(of))[of] > 1) & live
    kin = np.flatnonzero(copied)
    return Groups(of, copied, kin[np.argsort(of[kin], kind="stable")].astype(np.uint32))


@dataclass(frozen=True, slots=True)
class _Facts:
    """One facet of some documents: its values, ascending, how many each document has, and their indices in turn."""

    values: StringList
    counts: Array
    places: Array

    def taken(self, order: Order) -> "_Facts":
        """The facet of the documents in another order, without values that no document has."""
        counts = self.counts.astype(np.int64)
        rows = concatenated_ranges((np.cumsum(counts) - counts)[order], counts[order])
        used, places = np.unique(self.places[rows], return_inverse=True)
        return _Facts(self.values.taken(used), counts[order], places)

    def single(self) -> Array:
        """The index of the only value of each document, -1 for none."""
        found = np.full(len(self.counts), -1, np.int64)
        found[self.counts > 0] = self.places
        return found


def _values(facet: FacetColumn) -> FacetValues:
    """A facet of the previous columns."""
    if facet.at is not None:
        return FacetValues(facet.values, np.diff(facet.at.astype(np.int64)), facet.codes.astype(np.int64) - 1)
    there = facet.codes > 0
    return FacetValues(facet.values, there.astype(np.int64), facet.codes[there].astype(np.int64) - 1)


def _concatenate(parts: Sequence[FacetValues]) -> _Facts:
    """Concatenate one facet of several lists of documents."""
    values = sorted({name for part in parts for name in part.names})
    place_of = {value: place for place, value in enumerate(values)}
    places = [np.array([place_of[name] for name in part.names], np.uint32)[part.places] for part in parts]
    return _Facts(encoded(values), np.concatenate([part.counts for part in parts]), np.concatenate(places))


def _write_facts(writer: ArrayWriter, name: str, facts: _Facts) -> None:
    string_lists.write(writer, f"{name}.values", facts.values)
    kind = smallest_dtype(len(facts.values))
    if facts.counts.max(initial=0) > 1:
        writer.add(f"{name}.codes", (facts.places + 1).astype(kind))
        writer.add(f"{name}.at", np.concatenate(([0], np.cumsum(facts.counts))).astype(np.uint32))
    else:
        codes = np.zeros(len(facts.counts), kind)
        codes[facts.counts > 0] = facts.places + 1
        writer.add(f"{name}.codes", codes)
