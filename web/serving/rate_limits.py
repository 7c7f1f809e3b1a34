"""Rate limits: how many requests one address may make, as the setting KLIPING_RATE_LIMIT says.

Each process counts for itself, in memory, so with several workers an address gets up to as many times the limit. Health
checks and static files are not counted. The address is that of the client, or the one that the proxies named by
KLIPING_PROXIES tell.
"""

from typing import Final

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

UNCOUNTED: Final = frozenset({"static", "monitoring"})


def register(app: Flask) -> None:
    """Count requests; one too many is a 429 that says when to ask again."""
    limit: str = app.config["KLIPING_RATE_LIMIT"]
    if not limit:
        return
    limiter = Limiter(
        get_remote_address,
        application_limits=[limit],
        headers_enabled=True,
        retry_after="delta-seconds",
        storage_uri="memory://",
        strategy="moving-window",
    )
    limiter.request_filter(_is_uncounted)
    limiter.init_app(app)


def _is_uncounted() -> bool:
    return request.endpoint in UNCOUNTED or request.blueprint in UNCOUNTED
