"""The HTTP layer: the pages, the JSON API and the commands, assembled in `create_app` and nowhere else.

The modules in this folder are shared by pages, API and commands: settings, URL arguments, labels, errors. `pages/`
renders templates, `api/` serializes the same answers as JSON, `commands/` prints them. Start with `app_engine`, then
`pages.routes`. Flask is imported only in this package. The markup is in `templates/`.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask, Request, g, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

from index.engine import Engine
from web import answer_cache, app_engine, config, errors, languages
from web.api import negotiation
from web.api import routes as api
from web.app_engine import ENGINE
from web.commands import cli as commands
from web.pages import routes as pages
from web.pages.reuse import citations, feeds, results
from web.serving import (
    cited_index,
    compression,
    cors,
    hosts,
    monitoring,
    rate_limits,
    request_log,
    security,
    static_files,
)
from web.serving.json_answers import ReadableJSON
from web.serving.templating import LeanEnvironment

NUL = "\0", "\ufffd"  # and what stands for it in HTML


class WritableRequest(Request):
    """A request whose arguments a page can repeat: HTML cannot write NUL, which becomes U+FFFD as in browsers."""

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """The arguments of the address, without the index that it was made from."""
        given = [(_writable(name), _writable(value)) for name, value in super().args.items(multi=True)]
        self._cited_index = next((value for name, value in given if name == cited_index.INDEX), "")
        return ImmutableMultiDict((name, value) for name, value in given if name != cited_index.INDEX)

    @property
    def cited_index(self) -> str:
        """The id of the index that the address was made from; "" if it does not say."""
        _ = self.args
        return self._cited_index


def _writable(text: str) -> str:
    return text.replace(*NUL)


class Kliping(Flask):
    """The Flask app, which answers with readable JSON and logs its own mistakes with the id of the request."""

    json_provider_class = ReadableJSON
    request_class = WritableRequest
    jinja_environment = LeanEnvironment

    def log_exception(self, exc_info: Any) -> None:
        """Log an unexpected error; the path is quoted, so it cannot forge a line of the log."""
        told = (request.method, quote(request.path), g.get("request_id"))
        self.logger.error("unexpected error in %s %s, request %s", *told, exc_info=exc_info)


def create_app(given: Mapping[str, object] | None = None, *, engine: Engine | None = None) -> Flask:
    """Create the app.

    Args:
        given: Settings that override all other sources (see web/config.py).
        engine: The engine to use instead of opening the one the settings name.
    """
    root = config.ROOT
    templates, instance = str(root / "templates"), str(root / "instance")
    app = Kliping(__name__, static_folder=None, template_folder=templates, instance_path=instance)
    config.configure(app, given or {})
    if engine is not None:
        app.extensions[ENGINE] = engine
    app.url_map.merge_slashes = False  # an article id may contain two slashes in a row
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    request_log.register(app)
    compression.register(app)
    errors.register(app)
    hosts.register(app)
    app_engine.register(app)
    cited_index.register(app)
    languages.register(app)
    cors.register(app)
    security.register(app)
    rate_limits.register(app)
    negotiation.register(app)
    answer_cache.register(app)
    static_files.register(app)
    pages.register(app)
    app.register_blueprint(results.blueprint)
    app.register_blueprint(citations.blueprint)
    app.register_blueprint(feeds.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(monitoring.blueprint)
    commands.register(app)
    return app
