"""HTTP: the pages, the JSON API and the commands, put together in `create_app` and nowhere else.

The modules here are what pages, API and commands share: settings, URL arguments, labels, errors. `pages/` renders
templates, `api/` serializes the same answers as JSON, `commands/` prints them. Start with `app_engine`, then
`pages.routes`. Flask is imported only below this package; looks are in `templates/`.
"""

from collections.abc import Mapping

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from index.engine import Engine
from web import config, errors, languages, security
from web.api import routes as api
from web.app_engine import ENGINE
from web.commands import cli as commands
from web.pages import routes as pages


class ReadableJSON(DefaultJSONProvider):
    """JSON for eyes as well as programs: letters as they are, names in the order the API documents."""

    ensure_ascii = False
    sort_keys = False


class Kliping(Flask):
    """A Flask app whose JSON is readable."""

    json_provider_class = ReadableJSON


def create_app(given: Mapping[str, object] | None = None, *, engine: Engine | None = None) -> Flask:
    """The app, with its settings (see web/config.py) or those given, over the engine they name or the one given."""
    root = config.ROOT
    app = Kliping(__name__, template_folder=str(root / "templates"), instance_path=str(root / "instance"))
    config.configure(app, given or {})
    if engine is not None:
        app.extensions[ENGINE] = engine
    app.url_map.merge_slashes = False  # an article's id may hold two slashes
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    languages.register(app)
    security.register(app)
    errors.register(app)
    pages.register(app)
    app.register_blueprint(api.blueprint)
    commands.register(app)
    return app
