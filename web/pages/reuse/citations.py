"""The pages of citations: of an article in every style, of a result as a list, and unAPI for reference managers.

`/article/‹id›.ris` and its like lead to an article's record, `/article/‹id›.json` to the API. An article whose own id
ends so goes before.
"""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.answers.citing.reference import Reference
from index.answers.citing.styles import STYLES
from index.answers.exporting.formats import FORMATS
from index.query.request import Query
from web import answer_cache, app_engine, languages, params
from web.exporting import arguments, citing
from web.exporting.in_text import in_text
from web.pages import routes
from web.pages.reuse.query_chips import query_chips
from web.parameter_errors import BadParameter, Valid
from web.serving import hosts
from web.serving.xml_answers import xml_answer

MOST_CITED: Final = 50  # articles of a result cited on a page; formatting one takes some milliseconds
ENDINGS: Final = {"ris": "ris", "bib": "bibtex", "csl.json": "csl-json"}
UNAPI_ARGUMENTS: Final = (params.ID, params.FORMAT)
RESULT_ARGUMENTS: Final = (*arguments.RESULT, params.SORT, params.LANGUAGE, params.STYLE)
blueprint = Blueprint("citations", __name__)


@blueprint.before_request
def _known_arguments() -> None:
    known = (*params.NAMES, params.LANGUAGE, params.FORMAT, params.STYLE, params.PART)
    own = {
        "citations.article": (*known, params.PARAGRAPH),
        "citations.unapi": UNAPI_ARGUMENTS,
        "citations.result": RESULT_ARGUMENTS,
    }
    only = own.get(request.endpoint or "", known)
    params.require_known(params.without_tracking(request.args), only)


@blueprint.get("/article/<path:article_id>/cite")
def article(article_id: str) -> AnyResponse | str:
    """An article cited in every style, or in the one asked for, and in running text; with a format, its record."""
    if _is_article(f"{article_id}/cite"):
        return routes.article(f"{article_id}/cite")
    one = _reference(article_id)
    if format_ := params.single(request.args, params.FORMAT):
        return _record(one, format_)
    language, style, names = languages.current(), _style(), citing.style_names()
    wanted = [style] if style else STYLES
    paragraphs = len(one.article.paragraphs)
    paragraph = arguments.whole_number(request.args, params.PARAGRAPH, 1, paragraphs)
    return render_template(
        "cite.html",
        article=one.article,
        citations={names[style]: citing.citations([one], style, language)[0] for style in wanted},
        formats=citing.RECORDS,
        records={format_: citing.record(one, format_)[0].decode() for format_ in ("bibtex", "ris")},
        in_text=in_text(one, paragraph) if style in {"", "apa"} else "",
        paragraph=paragraph,
        paragraphs=paragraphs,
        address=hosts.absolute(params.url("pages.article", Query(), article_id=article_id)),
        index=app_engine.reader().info(),
    )


@blueprint.get("/article/<path:article_id>.<any('ris', 'bib', 'csl.json', 'json'):ending>")
def record(article_id: str, ending: str) -> AnyResponse | str:
    """The record of an article in a format of reference managers, or the article as the API gives it."""
    if _is_article(f"{article_id}.{ending}"):
        return routes.article(f"{article_id}.{ending}")
    if ending == "json":
        return redirect(params.url("api.article", params.read(request.args), article_id=article_id), 303)
    return _record(_reference(article_id), ENDINGS[ending])


@blueprint.get("/cite")
def result() -> str:
    """The first articles of a result as a list of references."""
    query, style = params.read(request.args), _style() or "apa"
    found = app_engine.matches(replace(query, page=1, size=MOST_CITED))
    references = [citing.reference(match.article, found.index) for match in found.matches]
    return render_template(
        "citations.html",
        query=query,
        chips=query_chips(query, found.tree),
        found=found,
        style=style,
        styles=citing.style_names(),
        citations=citing.citations(references, style, languages.current()),
        index=found.index,
    )


def _style() -> str:
    """The style asked for, "" for none. BadParameter for one that is not known."""
    style = params.single(request.args, params.STYLE)
    if style and style not in STYLES:
        raise BadParameter(params.STYLE, style, Valid.ONE_OF, names=", ".join(STYLES))
    return style


@blueprint.get("/unapi")
def unapi() -> Response:
    """The formats of records (of an article, if one is named), or a record: unAPI version 1."""
    article_id = params.single(request.args, params.ID)
    if format_ := params.single(request.args, params.FORMAT):
        return _record(_reference(article_id), format_)
    if article_id:
        _reference(article_id)
    types = {name: FORMATS[name].media_type for name in citing.RECORDS}
    response = xml_answer("unapi.xml", "application/xml", id=article_id, types=types)
    response.status_code = 300 if article_id else 200
    return response


def _is_article(article_id: str) -> bool:
    return app_engine.reader().get(article_id) is not None


def _reference(article_id: str) -> Reference:
    reader = app_engine.reader()
    held = reader.get(article_id)
    if held is None:
        abort(404)
    answer_cache.keep_none()  # it tells the day
    return citing.reference(held.article, reader.info())


def _record(one: Reference, format_: str) -> Response:
    if format_ not in citing.RECORDS:
        raise BadParameter(params.FORMAT, format_, Valid.ONE_OF, names=", ".join(citing.RECORDS))
    body, media_type = citing.record(one, format_)
    return Response(body, content_type=media_type)
