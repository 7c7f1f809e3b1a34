"""Building columns: those of the generation before and the rows of new articles become those of the next.

Documents have provisional numbers first, those of the generation before and then the new ones; `order`, int64[N],
tells which of them each document of the next generation was. So no article is read back, and what does not change is
copied by the array. Sorting by id costs next to nothing, because the old ids come sorted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.columnar import texts
from index.columnar.arrays import Array, ArrayWriter, smallest
from index.columns import COLUMNS, Coded, Columns, Mask, Numbers
from index.facets import FACETS
from index.rows import UNKNOWN_DAY, Row

Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of the next generation: the provisional number of each, and whether it is live."""

    order: Order
    live: Mask


@dataclass(frozen=True, slots=True)
class Change:
    """What the next generation's columns are made of: the columns before, if any, new rows, and stories."""

    base: Columns | None
    rows: Sequence[Row]
    stories: Mapping[str, str]


def write_columns(folder: Path, documents: Documents, change: Change) -> None:
    """Write the columns of the next generation into its folder; `stories` as in `Build.group`."""
    ids = _texts([] if change.base is None else change.base.ids, [row.id for row in change.rows], documents.order)
    digests = _texts(
        [] if change.base is None else change.base.digests, [r.digest for r in change.rows], documents.order
    )
    by_id = _by_id(ids, documents.live)
    with ArrayWriter(folder / COLUMNS) as writer:
        texts.write(writer, "ids", [id_.encode("utf-8", "surrogatepass") for id_ in ids])
        texts.write(writer, "digests", [digest.encode() for digest in digests])
        writer.add("live", documents.live.view(np.uint8))
        writer.add("by_id", by_id)
        _write_days(writer, documents, change, by_id)
        _write_stories(writer, _stories(ids, by_id, change.stories), documents.live)
        for place, name in enumerate(FACETS):
            facts = _joined(
                None if change.base is None else change.base.coded[name], [r.facts[place] for r in change.rows]
            )
            _write_facts(writer, name, facts.taken(documents.order))


def _texts(before: Sequence[str], new: Sequence[str], order: Order) -> list[str]:
    held = [*before, *new]
    return [held[number] for number in order.tolist()]


def _by_id(ids: Sequence[str], live: Mask) -> Numbers:
    return np.array(sorted(np.flatnonzero(live).tolist(), key=ids.__getitem__), np.uint32)


def _write_days(writer: ArrayWriter, documents: Documents, change: Change, by_id: Numbers) -> None:
    base, rows = change.base, change.rows
    new_first, new_last = (np.array(days, np.int32) for days in ([r.first for r in rows], [r.last for r in rows]))
    first = (new_first if base is None else np.concatenate((base.first, new_first)))[documents.order]
    last = (new_last if base is None else np.concatenate((base.last, new_last)))[documents.order]
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


def _stories(ids: Sequence[str], by_id: Numbers, stories: Mapping[str, str]) -> Numbers:
    """u4[N]: the document that lends each document's story its id."""
    story = np.arange(len(ids), dtype=np.uint32)
    if stories:
        number_of = {ids[number]: number for number in by_id.tolist()}
        for article_id, story_id in stories.items():
            if article_id in number_of:
                story[number_of[article_id]] = number_of.get(story_id, number_of[article_id])
    return story


def _write_stories(writer: ArrayWriter, story: Numbers, live: Mask) -> None:
    copied = (np.bincount(story[live], minlength=len(story))[story] > 1) & live
    kin = np.flatnonzero(copied)
    writer.add("story", story)
    writer.add("copied", copied.view(np.uint8))
    writer.add("kin", kin[np.argsort(story[kin], kind="stable")].astype(np.uint32))


@dataclass(frozen=True, slots=True)
class _Facts:
    """One facet of some documents: its values, ascending, how many each document has, and their places in turn."""

    values: list[str]
    counts: Order
    places: Order

    def taken(self, order: Order) -> "_Facts":
        """The facet of the documents in another order, less the values that none of them has."""
        ends = np.cumsum(self.counts)
        counts = self.counts[order]
        new_ends = np.cumsum(counts)
        rows = np.repeat((ends - self.counts)[order] - new_ends + counts, counts) + np.arange(counts.sum())
        used, places = np.unique(self.places[rows], return_inverse=True)
        return _Facts([self.values[place] for place in used.tolist()], counts, places)


def _joined(before: Coded | None, new: Sequence[tuple[str, ...]]) -> _Facts:
    old = [] if before is None else before.values
    values = sorted({*old, *chain.from_iterable(new)})
    place_of = {value: place for place, value in enumerate(values)}
    counts = np.fromiter(map(len, new), np.int64, len(new))
    places = np.fromiter(map(place_of.__getitem__, chain.from_iterable(new)), np.int64, int(counts.sum()))
    if before is None:
        return _Facts(values, counts, places)
    old_place = np.array([0, *(place_of[value] for value in old)], np.int64)  # codes count from 1
    old_codes = before.codes if before.at is not None else before.codes[before.codes > 0]
    old_counts = np.diff(before.at.astype(np.int64)) if before.at is not None else (before.codes > 0).astype(np.int64)
    return _Facts(values, np.concatenate((old_counts, counts)), np.concatenate((old_place[old_codes], places)))


def _write_facts(writer: ArrayWriter, name: str, facts: _Facts) -> None:
    texts.write(writer, f"{name}.values", [value.encode("utf-8", "surrogatepass") for value in facts.values])
    kind = smallest(len(facts.values))
    if facts.counts.max(initial=0) > 1:
        writer.add(f"{name}.codes", (facts.places + 1).astype(kind))
        writer.add(f"{name}.at", np.concatenate(([0], np.cumsum(facts.counts))).astype(np.uint32))
    else:
        codes = np.zeros(len(facts.counts), kind)
        codes[facts.counts > 0] = facts.places + 1
        writer.add(f"{name}.codes", codes)
