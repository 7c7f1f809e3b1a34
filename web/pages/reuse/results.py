"""The pages on which a whole result is taken away, for whoever writes about it."""

from typing import Final

from flask import Blueprint, Response, render_template, request

from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.formats import FORMATS
from index.answers.exporting.methods import methods
from web import app_engine, params
from web.exporting import arguments
from web.exporting.downloads import download
from web.exporting.methods import paragraphs
from web.exporting.setting import today
from web.pages.reuse.query_chips import query_chips

# Formats of which a browser can write the files itself, with what a reader noted (`clipping_files.js`).
ANNOTATED: Final = frozenset({"csv", "jsonl", "ris", "bibtex", "csl-json"})
LARGE: Final = 10_000  # articles; writing the workbook takes seconds, four times as long as a CSV file
# Of whole results and of what is kept; a coding sheet is a sample of a search and has a form of its own.
_FORMATS: Final = tuple(name for name in FORMATS if name not in arguments.CODING_SHEETS)
blueprint = Blueprint("results", __name__)


@blueprint.before_request
def _known_arguments() -> None:
    own = arguments.OWN if request.endpoint == "results.export" else ()
    params.require_known(params.without_tracking(request.args), (*arguments.RESULT, params.LANGUAGE, *own))


@blueprint.route("/export", methods=["GET", "POST"])
def export() -> Response | str:
    """The form that asks what a file is to be like; with an argument that says so, the file."""
    if any(name in request.values for name in arguments.OWN):
        return download(arguments.read(request.values))
    query = arguments.result_query(request.args)
    found = app_engine.matches(query.at(1))
    return render_template(
        "export.html",
        query=query,
        chips=query_chips(query, found.tree),
        found=found,
        formats=_FORMATS,
        coding=arguments,
        columns=tuple(COLUMNS),
        large=found.articles >= LARGE,
        index=found.index,
    )


@blueprint.get("/collection")
def collection() -> str:
    """The page of what a reader keeps in the browser; it has nothing of it before the browser fills it in."""
    return render_template(
        "collection.html",
        formats=_FORMATS,
        unannotated=frozenset(_FORMATS) - ANNOTATED,
        index=app_engine.reader().info(),
    )


@blueprint.get("/methods")
def methods_page() -> str:
    """The search told in a paragraph for a paper, in each language."""
    query = params.whole(params.read(request.args))
    held = methods(app_engine.reader(), query)
    return render_template(
        "methods.html",
        query=query,
        chips=query_chips(query, held.answer.tree),
        found=held.answer,
        paragraphs=paragraphs(held, today()),
        index=held.answer.index,
    )
