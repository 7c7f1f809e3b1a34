"""The routes of the pages: each parses its URL, queries the engine and passes values to a template in `templates/`."""

from datetime import date
from functools import partial
from math import ceil

from flask import Blueprint, Flask, abort, render_template, request

from archive.copies.relatives import relatives
from index.answers.bounded_facts import LONGEST_FACT, bounded
from index.answers.fragments import highlighted
from index.answers.search import COPIES_SHOWN, whole_facet
from index.facets import FACETS
from index.query.editing import without_dates
from index.query.leaves import leaves
from index.query.request import Copies, Lead, Query, Sort
from index.query.tree import DateRange, Everything
from web import answer_cache, app_engine, labels, params, story_versions
from web.article_parts import read_part
from web.exporting import citing
from web.exporting.arguments import RESULT, chosen_ids
from web.facet_pages import facet_page
from web.languages import in_each_language
from web.pages.api_page import addresses
from web.pages.archive_overview import most_carried, overview
from web.pages.article_text import article_text, dateline, original, paragraphs_before, repetitions
from web.pages.chips import case_insensitive, chips
from web.pages.citation import citation
from web.pages.clippings import MOST_CHOSEN, clippings
from web.pages.facet_panels import lacking, number_of_filters, ordered_values, panels, rows
from web.pages.hit_navigation import hit_position
from web.pages.other_versions import other_versions
from web.pages.query_examples import examples
from web.pages.reuse import metadata
from web.pages.story.values import shown_story
from web.pages.workbench import routes as workbench
from web.pages.zero_results import wider_search_label
from web.parameter_errors import BadParameter, Valid
from web.related_texts import related
from web.serving import hosts
from web.serving.cited_index import INDEX
from web.timeline.timeline import timeline
from web.workbench.trend_arguments import label

VALUES_PER_PAGE = 250  # of a facet; each has two links that hold the whole query
RELATED_BESIDE = 4  # related texts listed beside an article; the page of its story lists more
OWN_ARGUMENTS = {
    "pages.facet": (params.WITHIN,),
    "pages.article": (params.PART,),
    "pages.story": (params.BASE, params.WITH),
    **workbench.OWN_ARGUMENTS,
}
blueprint = Blueprint("pages", __name__)
workbench.add_routes(blueprint)
# Globals of all templates. They are the same on every page, so Jinja evaluates the files of macros only once.
TEMPLATE_GLOBALS = {
    "params": params,
    "labels": labels,
    "nothing": Query(),
    "sorts": Sort,
    "foldings": Copies,
    "leads": Lead,
    "longest_fact": LONGEST_FACT,
    "published_index": app_engine.published_index,
}


def register(app: Flask) -> None:
    """Register the pages and the globals of their templates."""
    app.jinja_env.globals.update(TEMPLATE_GLOBALS)
    app.register_blueprint(blueprint)


@blueprint.before_request
def _known_arguments() -> None:
    own = OWN_ARGUMENTS.get(request.endpoint or "", ())
    shared = RESULT if request.endpoint in workbench.FILES else params.NAMES
    params.require_known(params.without_tracking(request.args), (*shared, params.LANGUAGE, *own))


@blueprint.get("/")
def search() -> str:
    """The search page; without arguments, the front page."""
    query = params.read(request.args)
    if not params.write(query):
        return _front_page()
    results = app_engine.answer(query)
    answer_cache.mark_time(results.seconds)
    parts = chips(query, results.tree, results.words, app_engine.reader())
    return render_template(
        "search.html",
        query=query,
        labelled=in_each_language(partial(label, query)),
        results=results,
        chips=parts,
        help=app_engine.zero_results_help(results),
        wider=wider_search_label,
        dated=any(isinstance(leaf, DateRange) for leaf in leaves(results.tree)),
        small=case_insensitive(query, results.tree),
        undated=query.dated(None, None).with_text(without_dates(query.text)),
        timeline=timeline(results, query),
        filters=number_of_filters(query),
        address=hosts.absolute(params.url("pages.search", query, (INDEX, results.index.id))),
        today=answer_cache.today(),
        panels=panels(results, query),
        titled=lambda article: highlighted(article.title, results.highlighter),
        others=other_versions(app_engine.reader(), results.hits, query.copies),
        index=results.index,
    )


def _front_page() -> str:
    """The front page: the search box, and what the archive holds."""
    held = overview()
    return render_template("front.html", overview=held, examples=examples(), index=held.coverage.index)


@blueprint.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of one facet of an answer, or those that contain a given string."""
    if name not in FACETS:
        abort(404)
    query, wanted = params.read(request.args), params.single(request.args, params.WITHIN).strip()
    reader = app_engine.reader()
    whole = whole_facet(reader, query, name)
    values = [v for v in ordered_values(whole, query) if wanted.casefold() in labels.value(name, v.value).casefold()]
    held, urls = facet_page(values, query.page, VALUES_PER_PAGE), params.UrlBuilder("pages.search", query)
    return render_template(
        "facet.html",
        query=query,
        facet=whole,
        rows=tuple(rows(name, held.values, query, urls)),
        pages=held.pages,
        lacking=None if wanted or query.page != held.pages else lacking(name, whole.missing, query, urls),
        wanted=wanted,
        index=reader.info(),
    )


@blueprint.get("/article/<path:article_id>")
def article(article_id: str) -> str:
    """One article with its highlighted hits, metadata, copies, related texts and original."""
    query, reader = params.read(request.args), app_engine.reader()
    held = reader.get(article_id)
    if held is None:
        abort(404)
    found, story, index = bounded(held.article), held.story, reader.info()
    part = read_part(request.args, found)
    answer = app_engine.matches(query) if params.write(query) else None
    versions = app_engine.story_articles(story)
    others = [article for article in versions.articles if article.id != found.id]
    address, reference = params.url("pages.article", Query(), article_id=found.id), citing.reference(found, index)
    return render_template(
        "article.html",
        query=query,
        article=found,
        story=story,
        part=part,
        text=article_text(
            part.article, answer.tree if answer else Everything(), paragraphs_before(found, part.start) + 1
        ),
        dateline=dateline(part.article),
        repetitions=repetitions(found),
        original=original(part.article),
        copies=relatives(reader.relatives(), found, others[:COPIES_SHOWN]),
        number_of_copies=versions.total - 1,
        related=related(reader, [found, *others])[:RELATED_BESIDE],
        answer=answer,
        position=hit_position(answer, query, found.id) if answer else None,
        address=hosts.absolute(address),
        citation=citation(found, hosts.absolute(address), index),
        tags=tuple(metadata.tags(reference)),
        linked=metadata.linked_data(reference),
        container=reference.container,
        index=index,
    )


@blueprint.get("/clippings")
def clippings_page() -> str:
    """The articles of a page of hits with their texts, to be printed."""
    query = params.read(request.args)
    found = app_engine.matches(query)
    return render_template(
        "clippings.html",
        query=query,
        pages=max(1, ceil(found.hits / query.size)),
        clippings=clippings(match.article for match in found.matches),
        address=hosts.absolute(params.url("pages.search", query, (INDEX, found.index.id))),
        today=answer_cache.today(),
        index=found.index,
    )


@blueprint.post("/clippings")
def dossier() -> str:
    """Articles chosen by their ids, by date, with their texts, to be printed; notes stay in the browser."""
    params.require_known(request.form, (params.IDS,))
    ids = chosen_ids(request.form)
    if len(ids) > MOST_CHOSEN:
        raise BadParameter(params.IDS, f"{len(ids)} ids", Valid.AT_MOST_IDS, most=MOST_CHOSEN)
    held = [found.article for article_id in ids if (found := app_engine.reader().get(article_id))]
    held.sort(key=lambda one: (one.date.first is None, one.date.first or date.min, one.id))
    return render_template(
        "clippings.html",
        query=Query(),
        clippings=clippings(held),
        chosen=True,
        missing=len(ids) - len(held),
        today=answer_cache.today(),
        index=app_engine.reader().info(),
    )


@blueprint.get("/story/<path:story_id>")
def story(story_id: str) -> str:
    """All versions of one story, oldest first: their changes to the base, and a word diff of two of them.

    The query that the reader comes from is kept: its hits are marked, and there is a way back to it.
    """
    query, reader = params.read(request.args), app_engine.reader()
    held = app_engine.story_articles(story_id, story_versions.wanted(request.args))
    if not held.articles:
        abort(404)
    answer = app_engine.matches(query) if params.write(query) else None
    return render_template(
        "story.html",
        id=story_id,
        query=query,
        answer=answer,
        related=related(reader, held.articles),
        index=reader.info(),
        **shown_story(*story_versions.read(request.args, held, reader.relatives()), answer.tree if answer else None),
    )


@blueprint.get("/api")
def api_page() -> str:
    """The page of the API: its addresses and their arguments, to be tried."""
    found = app_engine.matches(Query(sort=Sort.NEWEST, size=1))
    newest = next(iter(found.matches), None)
    return render_template("api.html", addresses=tuple(addresses(newest)), index=found.index)


@blueprint.get("/help")
def help_page() -> str:
    """The help page: the query language with working examples, and the JSON API."""
    return render_template("help.html", examples=examples(), copied=most_carried())
