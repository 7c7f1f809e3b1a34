"""The routes of the JSON API. They take the arguments of the pages and return the same answers as JSON.

Each answer has the id of its index, also as ETag: a program that repeats a request with it gets a short 304 response
if the index has not changed.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, make_response, request

from index.answers.bounded_facts import bounded
from index.answers.exporting.methods import methods
from index.answers.hints.autocomplete import suggestions
from index.answers.marking.highlighting import build_highlighter
from index.answers.moments import moment
from index.answers.search import evaluated, whole_facet
from index.answers.snippets import snippet
from index.engine import Match
from index.facets import FACETS, Count, estimated
from index.query.request import Query
from web import answer_cache, app_engine, cursors, params, story_versions
from web.api import workbench
from web.article_parts import read_part
from web.errors import API
from web.exporting import arguments as export_arguments
from web.exporting import citing
from web.exporting.downloads import download
from web.exporting.setting import today
from web.facet_pages import facet_page
from web.openapi.document import BLUEPRINT, document
from web.openapi.operations import OPERATIONS
from web.parameter_errors import BadParameter, Valid
from web.paths import path
from web.related_texts import related
from web.serialization import answers as serialization
from web.serialization.answers import Json
from web.serialization.batch import batch_json
from web.serialization.harvest import harvest_json, wanted_fields
from web.serialization.zero_results import zero_results_json
from web.serving import hosts
from web.workbench import batch_arguments
from web.workbench.batch import batch_of
from web.workbench.batch_arguments import QUERIES
from web.workbench.batch_files import table_response
from web.workbench.concordance_arguments import CURSOR

PREFIX = f"{API}v1"
VALUES_PER_PAGE = 2_000  # of a facet
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)


@blueprint.before_request
def _known_arguments() -> None:
    name = (request.endpoint or "").removeprefix(BLUEPRINT)
    params.require_known(request.args, OPERATIONS[name].arguments)


@blueprint.get("/search")
def search() -> Response:
    """The hits, facets and totals of a query."""
    index_id, fields = app_engine.reader().info().id, wanted_fields(request.args)
    query = cursors.continued(request.args, params.read(request.args), index_id)
    try:
        body, last = harvest_json(query, fields) if fields else _whole_hits(query)
    except KeyError as error:
        raise cursors.invalid_cursor(request.args[params.CURSOR]) from error
    following = cursors.cursor(query, index_id, last)
    chosen = (params.FIELDS, ",".join(fields))
    address = following and params.url("api.search", query, chosen, (params.CURSOR, following))
    response = _answer({**body, "next": following, "next_url": address}, index_id)
    if address:
        response.headers["Link"] = f'<{hosts.absolute(address)}>; rel="next"'
    return response


def _whole_hits(query: Query) -> tuple[Json, str | None]:
    """Hits with all that is told of them. Facets are the same on every page of a walk, so only its first has them."""
    results = app_engine.answer(query, facets=not query.after)
    answer_cache.mark_time(results.seconds)
    helped = zero_results_json(app_engine.zero_results_help(results), found=results.articles > 0)
    return {**serialization.search_json(results), **helped}, results.last


def _fact_counts(field: str) -> Mapping[str, Count]:
    """The values of a fact in the whole archive; every letter typed asks for them."""
    reader = app_engine.reader()
    return app_engine.once_per_index(
        f"values of {field}", lambda: reader.find(Query(size=1), facets=(field,)).counts[field]
    )


@blueprint.get("/suggest")
def suggest() -> Response:
    """Autocomplete: words that complete the last word of a query text."""
    reader, text = app_engine.reader(), params.single(request.args, params.TEXT)
    found = suggestions(reader, text, _fact_counts)
    offered = [{"text": one.text, "word": one.word, "articles": one.articles} for one in found]
    index = reader.info()
    return _answer({"query": text, "suggestions": offered, "index": serialization.index_json(index)}, index.id)


@blueprint.get("/facets/<name>")
def facet(name: str) -> Response:
    """All values of one facet of an answer."""
    if name not in FACETS:
        raise BadParameter("facet", name, Valid.ONE_OF, names=", ".join(FACETS))
    reader = app_engine.reader()
    index, query = reader.info(), params.read(request.args)
    query = query.at(cursors.continued_page(request.args, query, name, index.id))
    whole = whole_facet(reader, query, name)
    held = facet_page(whole.values, query.page, VALUES_PER_PAGE)
    values = serialization.facet_values_json(name, held.values)
    more = params.single(request.args, params.CURSOR) and held.page < held.pages
    following = cursors.page_cursor(query, index.id, name, held.page + 1) if more else None
    body: Json = {"name": name, "total": whole.total, "values": values, "page": held.page, "pages": held.pages}
    body |= {"missing": serialization.missing_json(whole), "next": following}
    body["estimated"] = estimated(value.hits.stories for value in held.values)
    return _answer({**body, "index": serialization.index_json(index)}, index.id)


@blueprint.get("/articles/<path:article_id>/similar")
def similar(article_id: str) -> Response:
    """The articles most similar to one, each story once, without its own story."""
    held = app_engine.reader().get(article_id)
    if held is None:
        abort(404, f"There is no article with the id {article_id!r}.")
    return _answer(*workbench.similar_json(held, params.read(request.args).size))


@blueprint.get("/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """A complete article; its snippet is the one for `q`, or its beginning."""
    reader = app_engine.reader()
    held = reader.get(article_id)
    if held is None:
        abort(404, f"There is no article with the id {article_id!r}.")
    found = bounded(held.article)
    part, versions = read_part(request.args, found), app_engine.story_articles(held.story)
    others = tuple(one.id for one in versions.articles if one.id != found.id)
    mark = build_highlighter(evaluated(reader, params.read(request.args)))
    index = reader.info()
    match = Match(found, 0.0, held.story, others)
    facts = serialization.article_json(match, snippet(found, mark), part)
    more = {"copies_total": versions.total - 1, "marks": serialization.marks_json(part.article, mark)}
    since = reader.first_seen([found.id]).get(found.id)
    body = {**facts, **more, "indexed": moment(since) if since else None}
    return _answer({**body, "index": serialization.index_json(index)}, index.id)


@blueprint.get("/stories/<path:story_id>")
def story(story_id: str) -> Response:
    """A story: all versions of one text, oldest first, with their changes to the base."""
    held, reader = app_engine.story_articles(story_id, story_versions.wanted(request.args)), app_engine.reader()
    if not held.articles:
        abort(404, f"There is no story with the id {story_id!r}.")
    found, beside = story_versions.read(request.args, held, reader.relatives())
    index, body = reader.info(), serialization.story_json(found, beside, related(reader, held.articles))
    return _answer({"id": story_id, **body, "index": serialization.index_json(index)}, index.id)


@blueprint.get("/trends")
def trends() -> Response:
    """Several queries over time."""
    return _answer(*workbench.trends_json(request.args))


@blueprint.get("/coverage")
def coverage() -> Response:
    """The articles of each outlet in each year or month."""
    return _answer(*workbench.coverage_json(request.args))


@blueprint.get("/compare")
def compare() -> Response:
    """Two queries side by side."""
    return _answer(*workbench.comparison_json(request.args))


@blueprint.post("/batch")
def batch() -> Response:
    """Each query of a list counted, as JSON or as a table; the list is the body, or a field of a form."""
    listed = request.form.get(QUERIES) or request.get_data(as_text=True)
    if request.is_json:  # it would be read as the text of a query
        listed = ""
    asked = batch_arguments.read(request.args, listed)
    if not asked.queries:
        raise BadParameter(QUERIES, "", Valid.SOME_QUERIES, names=QUERIES)
    found = batch_of(asked)
    if asked.format == "json":
        return make_response(batch_json(found))
    return table_response(found, asked.format)


@blueprint.get("/citations/<path:article_id>")
def citation(article_id: str) -> Response:
    """An article cited in every style, and as a record of each format."""
    reader = app_engine.reader()
    found, index = reader.get(article_id), reader.info()
    if found is None:
        abort(404, f"There is no article with the id {article_id!r}.")
    answer_cache.keep_none()  # it tells the day
    body = {"id": article_id, **serialization.citation_json(citing.reference(found.article, index))}
    return make_response({**body, "index": serialization.index_json(index)})


@blueprint.get("/methods", endpoint="methods")
def methods_page() -> Response:
    """The search told in a paragraph for a paper, in each language."""
    held = methods(app_engine.reader(), params.read(request.args))
    answer_cache.keep_none()  # it tells the day
    return make_response(serialization.methods_json(held, today()))


@blueprint.route("/export", methods=["GET", "POST"])
def export() -> Response:
    """The whole result of a query, or chosen articles, as a file; `ids` of many articles are posted."""
    return download(export_arguments.read(request.values))


@blueprint.get("/kwic")
def kwic() -> Response:
    """Lines in context: every place of a query, in an order."""
    body, index_id = workbench.concordance_json(request.args)
    response = _answer(body, index_id)
    if body["next"]:
        later = [pair for pair in request.args.items(multi=True) if pair[0] not in {CURSOR, params.PAGE}]
        address = path("api.kwic", {}) + "?" + urlencode([*later, (CURSOR, str(body["next"]))])
        response.headers["Link"] = f'<{hosts.absolute(address)}>; rel="next"'
    return response


@blueprint.get("/collocates")
def collocates() -> Response:
    """The words around a query."""
    return _answer(*workbench.collocates_json(request.args))


@blueprint.get("/keywords")
def keywords() -> Response:
    """The words that set the articles of a query apart."""
    return _answer(*workbench.keywords_json(request.args))


@blueprint.get("/status")
def status() -> Response:
    """The index that answers; 503 if there is none."""
    index = app_engine.reader().info()
    return _answer({"status": "ok", "index": serialization.index_json(index)}, index.id)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this API for programs."""
    return make_response(document(current_app))  # of the program alone: no index is named


def _answer(body: Json, index_id: str) -> Response:
    response = make_response(body)
    response.set_etag(app_engine.answer_tag(index_id), weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
