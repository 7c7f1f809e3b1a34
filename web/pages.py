"""The pages: each reads its address, asks once, and hands values to a template. What they look like is templates/."""

from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from index.facets import FACETS
from index.query import Copies, Query, Sort
from index.searching import Results, whole_facet
from index.snippets import marked, marker
from web import asking, labels, params
from web.article_text import article_text, dateline, original, repetitions
from web.chips import Chip, any_of, chips
from web.citation import citation
from web.examples import EXAMPLES
from web.narrowing import ordered, panels
from web.timeline import shown, timeline

REMEDIES = 6  # parts of a query tried out where it found nothing

blueprint = Blueprint("pages", __name__)


@blueprint.before_request
def _known_arguments() -> None:
    own = (params.LANGUAGE, params.WITHIN) if request.endpoint == "pages.facet" else (params.LANGUAGE,)
    params.require_known(params.untracked(request.args), (*params.NAMES, *own))


@blueprint.get("/")
def search() -> str:
    """The search page; without a query, the archive at a glance."""
    query = params.read(request.args)
    results = asking.answer(query)
    mark = marker(results.tree)
    parts = chips(query, results.tree)
    return render_template(
        "search.html",
        query=query,
        results=results,
        chips=parts,
        remedies=() if results.articles else _remedies(parts),
        either=any_of(query, results.tree),
        timeline=timeline(results, query),
        panels=panels(results, query, lambda name: whole_facet(asking.engine(), query, name)),
        titled=lambda article: marked(article.title, mark),
        examples=EXAMPLES,
        index=results.index,
    )


@blueprint.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of one facet of an answer, or those that contain what a reader looks for."""
    if name not in FACETS:
        abort(404)
    query, wanted = params.read(request.args), params.single(request.args, params.WITHIN).strip()
    engine = asking.engine()
    whole = whole_facet(engine, query, name)
    values = [v for v in ordered(whole, query) if wanted.casefold() in labels.value(name, v.value).casefold()]
    return render_template("facet.html", query=query, facet=whole, values=values, wanted=wanted, index=engine.info())


@blueprint.get("/article/<path:article_id>")
def article(article_id: str) -> str:
    """One article with the hits of the query that led to it, what is known of it, its copies and its original."""
    query, engine = params.read(request.args), asking.engine()
    held = engine.get(article_id)
    if held is None:
        abort(404)
    (found, story), index = held, engine.info()
    address = params.url("pages.article", Query(), article_id=found.id)
    return render_template(
        "article.html",
        query=query,
        article=found,
        story=story,
        text=article_text(found, query),
        dateline=dateline(found),
        repetitions=repetitions(found),
        original=original(found),
        copies=tuple(match.article for match in asking.copies(story) if match.article.id != found.id),
        answer=asking.answer(replace(query, size=1, page=1)) if params.write(query) else None,
        citation=citation(found, request.host_url.rstrip("/") + address, index),
        index=index,
    )


@blueprint.get("/story/<path:story_id>")
def story(story_id: str) -> str:
    """All copies of one story, the oldest first."""
    matches = asking.copies(story_id)
    if not matches:
        abort(404)
    articles = tuple(match.article for match in matches)
    return render_template("story.html", story=story_id, articles=articles, index=asking.engine().info())


@blueprint.get("/help")
def help_page() -> str:
    """How to search, by examples that run, and how programs ask."""
    return render_template("help.html", examples=EXAMPLES)


@blueprint.app_context_processor
def _at_hand() -> dict[str, object]:
    return {"params": params, "labels": labels, "shown": shown, "nothing": Query(), "sorts": Sort, "foldings": Copies}


def _remedies(parts: tuple[Chip, ...]) -> tuple[tuple[Chip, Results], ...]:
    """The parts of a query that found nothing without which it finds something, with what it then finds."""
    if len(parts) < 2:
        return ()
    tried = ((part, asking.answer(replace(part.rest, size=1))) for part in parts[:REMEDIES])
    return tuple((part, found) for part, found in tried if found.articles)
