"""Removals: how much of the archive one reindex may remove unasked, and what is told where it would be more."""

from index.engine import EngineError


class RemovalsRefused(EngineError):
    """More articles would leave the index than may leave it unasked, so it is left unchanged."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}; the index is as it was. Bring back or mend what is missing, or, if these articles are to go, "
            "run: flask reindex --allow-removals"
        )


def too_many(removed: int, published: int, per_cent: float) -> str:
    """Why so many of the published articles may not go at once; "" if they may."""
    if 100 * removed <= per_cent * published:
        return ""
    return (
        f"{removed:,} of {published:,} articles are gone from the paths, more than the {per_cent:g} % that may go at "
        "once (KLIPING_MAX_REMOVED)"
    )
