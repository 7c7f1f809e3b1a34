"""HTTP: the pages, the API and the commands, put together here and nowhere else.

Flask is imported only below this package. It may import `index` and `archive`; looks are in `templates/`.
"""

from collections.abc import Mapping

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from index.engine import Engine
from web import api, commands, config, errors, languages, pages, security
from web.asking import ENGINE


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
