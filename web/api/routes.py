"""The JSON API: the page's own arguments in, the page's own answer out.

Answers carry the id of the index they come from, also as their entity tag: a program that asks again with it is told
in a few bytes that nothing has changed.
"""

from flask import Blueprint, Response, abort, make_response, request

from index.answers.autocomplete import suggestions
from index.answers.search import evaluated, whole_facet
from index.answers.snippets import marker, snippet
from index.engine import Match
from index.facets import FACETS
from web import app_engine, params, story_versions
from web.api import serialization
from web.api.serialization import Json
from web.api.zero_results import help_answer
from web.errors import API
from web.params import BadParameter
from web.related_texts import related

PREFIX = f"{API}v1"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)


@blueprint.before_request
def _known_arguments() -> None:
    own = (params.BASE, params.WITH) if request.endpoint == "api.story" else ()
    only = (params.TEXT,) if request.endpoint == "api.suggest" else None
    params.require_known(request.args, only or (*params.NAMES, *own))


@blueprint.get("/search")
def search() -> Response:
    """Hits, facets and totals of a query."""
    results = app_engine.answer(params.read(request.args))
    helped = help_answer(app_engine.explained(results), found=results.articles > 0)
    return _answer({**serialization.search_answer(results), **helped}, results.index.id)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Words that complete the last one of a query text being typed."""
    engine, text = app_engine.engine(), params.single(request.args, params.TEXT)
    found = suggestions(engine, text)
    offered = [{"text": one.text, "word": one.word, "articles": one.articles} for one in found]
    index = engine.info()
    return _answer({"query": text, "suggestions": offered, "index": serialization.index_info(index)}, index.id)


@blueprint.get("/facets/<name>")
def facet(name: str) -> Response:
    """All values of one facet of an answer."""
    if name not in FACETS:
        raise BadParameter("facet", name, "one of " + ", ".join(FACETS))
    engine = app_engine.engine()
    whole = whole_facet(engine, params.read(request.args), name)
    index = engine.info()
    body: Json = {"name": name, "total": whole.total, "values": serialization.facet_values(whole)}
    return _answer({**body, "index": serialization.index_info(index)}, index.id)


@blueprint.get("/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """An article in full; its snippet is the one for `q`, or its beginning."""
    engine = app_engine.engine()
    found = engine.get(article_id)
    if found is None:
        abort(404, f"There is no article with the id {article_id!r}.")
    held, story = found
    others = tuple(m.article.id for m in app_engine.copies(story) if m.article.id != held.id)
    passages = snippet(held, marker(evaluated(engine, params.read(request.args))))
    index = engine.info()
    body = serialization.article_in_full(Match(held, 0.0, story, others), passages)
    return _answer({**body, "index": serialization.index_info(index)}, index.id)


@blueprint.get("/stories/<path:story_id>")
def story(story_id: str) -> Response:
    """A story: all versions of one text, the oldest first, and what each made of the base."""
    matches = app_engine.copies(story_id)
    if not matches:
        abort(404, f"There is no story with the id {story_id!r}.")
    engine, articles = app_engine.engine(), [match.article for match in matches]
    found, beside = story_versions.read(request.args, articles, engine.relatives())
    index, body = engine.info(), serialization.story_answer(found, beside, related(engine, articles))
    return _answer({"id": story_id, **body, "index": serialization.index_info(index)}, index.id)


@blueprint.get("/status")
def status() -> Response:
    """Which index answers; 503 where there is none."""
    index = app_engine.engine().info()
    return _answer({"status": "ok", "index": serialization.index_info(index)}, index.id)


def _answer(body: Json, index_id: str) -> Response:
    response = make_response(body)
    response.set_etag(index_id, weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
