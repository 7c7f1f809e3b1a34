"""The addresses that a monitor asks: whether the process is alive, whether an index answers, and the counters."""

from flask import Blueprint, Response, abort, current_app, make_response

from index.engine import EngineError
from web import app_engine
from web.serving import metrics

blueprint = Blueprint("monitoring", __name__)


@blueprint.after_request
def _not_to_be_kept(response: Response) -> Response:
    response.cache_control.no_store = True
    return response


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that this process answers; nothing else is asked, so a missing index never gets it restarted."""
    return make_response({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """Say that an index answers, or 503 with the remedy."""
    return make_response({"status": "ok", "index": app_engine.reader().info().id})


@blueprint.get("/metrics")
def counters() -> Response:
    """Return the counters of all processes, where the setting allows it."""
    if not current_app.config["KLIPING_METRICS"]:
        abort(404)
    try:
        index = app_engine.reader().info()
    except EngineError:
        index = None
    response = make_response(metrics.text(index))
    response.headers["Content-Type"] = metrics.CONTENT_TYPE
    return response
