"""Star clustering: every member of a cluster is connected to its lead, so similarity does not chain unrelated texts.

Leads are chosen greedily among the nodes that no chosen lead is connected to. First comes the node with the most close
neighbours; ties go to the more similar neighbours, then to the longer text. Only close neighbours count, because a
short text contained in many long ones would otherwise gather unrelated texts. Every other node joins the lead it is
most similar to. The order of the edges does not matter.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.ragged_arrays import Indices

CLOSE = 1 / 3  # least similarity of a close neighbour: three of eight paragraphs
EXACT = 1 << 20  # similarities are summed as integers, so that the order of the edges does not matter


@dataclass(frozen=True, slots=True, eq=False)
class WeightedEdges:
    """Pairs of nodes that may share a cluster, and the similarity of each pair (0 to 1)."""

    left: Indices
    right: Indices
    similarity: npt.NDArray[np.float64]


def star_clusters(edges: WeightedEdges, sizes: Indices) -> tuple[Indices, Indices]:
    """Cluster nodes of given sizes: each node's lead (itself if alone), and its edge to the lead, or −1.

    Nodes that tie in everything are ranked by position; where positions are arbitrary, so is that choice.
    """
    leads = np.arange(len(sizes))
    edge_of = np.full(len(sizes), -1, np.int64)
    if len(edges.left):
        is_lead = _choose_leads(edges, sizes)
        _assign_members(leads, edge_of, edges, is_lead)
    return leads, edge_of


def _choose_leads(edges: WeightedEdges, sizes: Indices) -> npt.NDArray[np.bool_]:
    """Which nodes are leads; no two of them are connected."""
    near, far, edge = _both_ways(edges)
    close = edges.similarity[edge] >= CLOSE
    relatives = np.bincount(near[close], minlength=len(sizes))
    nearness = np.bincount(near[close], np.rint(edges.similarity[edge[close]] * EXACT), len(sizes))
    connected = np.unique(near)
    ranked = connected[np.lexsort((connected, -sizes[connected], -nearness[connected], -relatives[connected]))]
    starts = np.searchsorted(near, ranked).tolist()
    ends = np.searchsorted(near, ranked, side="right").tolist()
    is_lead = np.zeros(len(sizes), np.bool_)
    covered = bytearray(len(sizes))
    for node, start, end in zip(ranked.tolist(), starts, ends, strict=True):
        if not covered[node]:
            is_lead[node] = True
            for relative in far[start:end].tolist():
                covered[relative] = 1
    return is_lead


def _assign_members(leads: Indices, edge_of: Indices, edges: WeightedEdges, is_lead: npt.NDArray[np.bool_]) -> None:
    """Assign every other connected node to its most similar lead."""
    near, far, edge = _both_ways(edges)
    to_lead = is_lead[far]
    near, far, edge = near[to_lead], far[to_lead], edge[to_lead]
    order = np.lexsort((far, -edges.similarity[edge], near))
    first = order[np.flatnonzero(np.diff(near[order], prepend=-1))]
    leads[near[first]] = far[first]
    edge_of[near[first]] = edge[first]


def _both_ways(edges: WeightedEdges) -> tuple[Indices, Indices, Indices]:
    """Every edge from both ends, ordered by the near end: near, far, and the index of the edge."""
    near = np.concatenate((edges.left, edges.right))
    order = np.argsort(near, kind="stable")
    far = np.concatenate((edges.right, edges.left))
    return near[order], far[order], order % len(edges.left)
