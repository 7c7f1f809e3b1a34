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
from web import answers, asking, params, versions
from web.answers import Json
from web.explained import help_answer
from web.params import BadParameter
from web.related import related

PREFIX = "/api/v1"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)


@blueprint.before_request
def _known_arguments() -> None:
    own = (params.BASE, params.WITH) if request.endpoint == "api.story" else ()
    only = (params.TEXT,) if request.endpoint == "api.suggest" else None
    params.require_known(request.args, only or (*params.NAMES, *own))


@blueprint.get("/search")
def search() -> Response:
    """Hits, facets and totals of a query."""
    results = asking.answer(params.read(request.args))
    helped = help_answer(asking.explained(results), found=results.articles > 0)
    return _answer({**answers.search_answer(results), **helped}, results.index.id)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Words that complete the last one of a query text being typed."""
    engine, text = asking.engine(), params.single(request.args, params.TEXT)
    found = suggestions(engine, text)
    offered = [{"text": one.text, "word": one.word, "articles": one.articles} for one in found]
    index = engine.info()
    return _answer({"query": text, "suggestions": offered, "index": answers.index_info(index)}, index.id)


@blueprint.get("/facets/<name>")
def facet(name: str) -> Response:
    """All values of one facet of an answer."""
    if name not in FACETS:
        raise BadParameter("facet", name, "one of " + ", ".join(FACETS))
    engine = asking.engine()
    whole = whole_facet(engine, params.read(request.args), name)
    index = engine.info()
    body: Json = {"name": name, "total": whole.total, "values": answers.facet_values(whole)}
    return _answer({**body, "index": answers.index_info(index)}, index.id)


@blueprint.get("/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """An article in full; its snippet is the one for `q`, or its beginning."""
    engine = asking.engine()
    found = engine.get(article_id)
    if found is None:
        abort(404, f"There is no article with the id {article_id!r}.")
    held, story = found
    others = tuple(m.article.id for m in asking.copies(story) if m.article.id != held.id)
    passages = snippet(held, marker(evaluated(engine, params.read(request.args))))
    index = engine.info()
    body = answers.article_in_full(Match(held, 0.0, story, others), passages)
    return _answer({**body, "index": answers.index_info(index)}, index.id)


@blueprint.get("/stories/<path:story_id>")
def story(story_id: str) -> Response:
    """A story: all versions of one text, the oldest first, and what each made of the base."""
    matches = asking.copies(story_id)
    if not matches:
        abort(404, f"There is no story with the id {story_id!r}.")
    engine, articles = asking.engine(), [match.article for match in matches]
    found, beside = versions.read(request.args, articles, engine.relatives())
    index, body = engine.info(), answers.story_answer(found, beside, related(engine, articles))
    return _answer({"id": story_id, **body, "index": answers.index_info(index)}, index.id)


@blueprint.get("/status")
def status() -> Response:
    """Which index answers; 503 where there is none."""
    index = asking.engine().info()
    return _answer({"status": "ok", "index": answers.index_info(index)}, index.id)


def _answer(body: Json, index_id: str) -> Response:
    response = make_response(body)
    response.set_etag(index_id, weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
