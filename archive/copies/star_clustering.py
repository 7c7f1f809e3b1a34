"""Stars: groups in which every member stands close to one lead, so that no chain of likeness drags strangers together.

Leads are chosen one by one among those not yet in a group: first whoever has the most close relatives, or as many but
closer ones, then the longest. Only close ones count, because a short text that many long ones happen to hold would
gather strangers. Members then go to the lead they are closest to. Only the pairs decide, not their order.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CLOSE = 1 / 3  # from here on a relative counts towards being chosen as a lead: three of eight paragraphs
EXACT = 1 << 20  # closeness is summed in whole parts, so that the order of the pairs does not matter

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Bonds:
    """Pairs of things that may stand in one group, and how close they are (0 to 1)."""

    left: Indices
    right: Indices
    closeness: npt.NDArray[np.float64]


def stars(bonds: Bonds, sizes: Indices) -> tuple[Indices, Indices]:
    """Group things of given sizes: each one's lead, itself if alone, and the bond that ties it to its lead, or −1.

    Things that are equal in everything are ranked by their place; where that has no meaning, the groups have none.
    """
    leads = np.arange(len(sizes))
    tied = np.full(len(sizes), -1, np.int64)
    if len(bonds.left):
        is_lead = _chosen(bonds, sizes)
        _tie(leads, tied, bonds, is_lead)
    return leads, tied


def _chosen(bonds: Bonds, sizes: Indices) -> npt.NDArray[np.bool_]:
    """Which things lead a group: no two of them are bound to each other."""
    near, far, through = _both_ways(bonds)
    close = bonds.closeness[through] >= CLOSE
    relatives = np.bincount(near[close], minlength=len(sizes))
    nearness = np.bincount(near[close], np.rint(bonds.closeness[through[close]] * EXACT), len(sizes))
    bound = np.unique(near)
    ranked = bound[np.lexsort((bound, -sizes[bound], -nearness[bound], -relatives[bound]))]
    starts = np.searchsorted(near, ranked).tolist()
    ends = np.searchsorted(near, ranked, side="right").tolist()
    is_lead = np.zeros(len(sizes), np.bool_)
    taken = bytearray(len(sizes))
    for thing, start, end in zip(ranked.tolist(), starts, ends, strict=True):
        if not taken[thing]:
            is_lead[thing] = True
            for relative in far[start:end].tolist():
                taken[relative] = 1
    return is_lead


def _tie(leads: Indices, tied: Indices, bonds: Bonds, is_lead: npt.NDArray[np.bool_]) -> None:
    """Put every other bound thing under the lead it is closest to."""
    near, far, through = _both_ways(bonds)
    to_lead = is_lead[far]
    near, far, through = near[to_lead], far[to_lead], through[to_lead]
    order = np.lexsort((far, -bonds.closeness[through], near))
    first = order[np.flatnonzero(np.diff(near[order], prepend=-1))]
    leads[near[first]] = far[first]
    tied[near[first]] = through[first]


def _both_ways(bonds: Bonds) -> tuple[Indices, Indices, Indices]:
    """Every bond seen from both sides, ordered by the near one: near, far, and which bond it is."""
    near = np.concatenate((bonds.left, bonds.right))
    order = np.argsort(near, kind="stable")
    far = np.concatenate((bonds.right, bonds.left))
    return near[order], far[order], order % len(bonds.left)
