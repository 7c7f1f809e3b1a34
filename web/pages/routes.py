"""The pages: each reads its address, asks once, and hands values to a template. What they look like is templates/."""

from dataclasses import replace

from flask import Blueprint, Flask, abort, render_template, request

from archive.copies.relatives import relatives
from index.answers.search import COPIES_SHOWN, whole_facet
from index.answers.snippets import marked, marker
from index.facets import FACETS
from index.query.language import leaves
from index.query.request import Copies, Lead, Query, Sort
from index.query.tree import DateRange, Everything
from web import app_engine, labels, params, story_versions
from web.pages.article_text import article_text, dateline, original, repetitions
from web.pages.chips import chips, small_letters
from web.pages.citation import citation
from web.pages.facet_panels import ordered, panels, rows
from web.pages.query_examples import EXAMPLES
from web.pages.timeline import shown, timeline
from web.pages.zero_results import wider
from web.related_texts import related

RELATED_BESIDE = 4  # texts named beside an article; the page of its story has more
blueprint = Blueprint("pages", __name__)
# What templates have at hand, the same on every page, so that their macros are read once.
AT_HAND = {
    "params": params,
    "labels": labels,
    "shown": shown,
    "nothing": Query(),
    "sorts": Sort,
    "foldings": Copies,
    "leads": Lead,
}


def register(app: Flask) -> None:
    """Give the app its pages."""
    app.jinja_env.globals.update(AT_HAND)
    app.register_blueprint(blueprint)


@blueprint.before_request
def _known_arguments() -> None:
    own = {"pages.facet": (params.WITHIN,), "pages.story": (params.BASE, params.WITH)}.get(request.endpoint or "", ())
    params.require_known(params.untracked(request.args), (*params.NAMES, params.LANGUAGE, *own))


@blueprint.get("/")
def search() -> str:
    """The search page; without a query, the archive at a glance."""
    query = params.read(request.args)
    results = app_engine.answer(query)
    mark = marker(results.tree)
    parts = chips(query, results.tree)
    return render_template(
        "search.html",
        query=query,
        results=results,
        chips=parts,
        help=app_engine.explained(results),
        wider=wider,
        dated=any(isinstance(leaf, DateRange) for leaf in leaves(results.tree)),
        small=small_letters(query, results.tree),
        words=tuple(word for word in results.words if len(word.forms) > 1 or any(form.off for form in word.forms)),
        timeline=timeline(results, query),
        panels=panels(results, query, lambda name: whole_facet(app_engine.engine(), query, name)),
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
    engine = app_engine.engine()
    whole = whole_facet(engine, query, name)
    values = [v for v in ordered(whole, query) if wanted.casefold() in labels.value(name, v.value).casefold()]
    said = tuple(rows(name, values, query))
    return render_template("facet.html", query=query, facet=whole, rows=said, wanted=wanted, index=engine.info())


@blueprint.get("/article/<path:article_id>")
def article(article_id: str) -> str:
    """One article with the hits of the query that led to it, what is known of it, its copies and its original."""
    query, engine = params.read(request.args), app_engine.engine()
    held = engine.get(article_id)
    if held is None:
        abort(404)
    (found, story), index = held, engine.info()
    answer = app_engine.answer(replace(query, size=1, page=1)) if params.write(query) else None
    others = [match.article for match in app_engine.copies(story) if match.article.id != found.id]
    address = params.url("pages.article", Query(), article_id=found.id)
    return render_template(
        "article.html",
        query=query,
        article=found,
        story=story,
        text=article_text(found, answer.tree if answer else Everything()),
        dateline=dateline(found),
        repetitions=repetitions(found),
        original=original(found),
        copies=relatives(engine.relatives(), found, others[:COPIES_SHOWN]),
        number_of_copies=len(others),
        related=related(engine, [found, *others])[:RELATED_BESIDE],
        answer=answer,
        citation=citation(found, request.host_url.rstrip("/") + address, index),
        index=index,
    )


@blueprint.get("/story/<path:story_id>")
def story(story_id: str) -> str:
    """All versions of one story, the oldest first: what each made of the base, and two of them word by word."""
    matches = app_engine.copies(story_id)
    if not matches:
        abort(404)
    engine, articles = app_engine.engine(), [match.article for match in matches]
    found, beside = story_versions.read(request.args, articles, engine.relatives())
    return render_template(
        "story.html",
        id=story_id,
        story=found,
        compared=beside,
        versions=story_versions,
        related=related(engine, articles),
        index=engine.info(),
    )


@blueprint.get("/help")
def help_page() -> str:
    """How to search, by examples that run, and how programs ask."""
    return render_template("help.html", examples=EXAMPLES)
