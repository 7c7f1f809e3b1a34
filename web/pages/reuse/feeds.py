"""Feeds: a search as Atom, newest first, and the description by which browsers add the archive to their searches.

Newest is what was published last, or what was indexed last. A day has no time, but Atom asks for one: it is midnight in
Jakarta. Entries keep their ids whatever the address of the archive becomes. Feeds are in the default language, since
they are kept and compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request

from archive.article import ArticleDate, DatePrecision
from index.answers.bounded_facts import bounded
from index.answers.citing.reference import date_mark
from index.answers.marking.highlighting import build_highlighter
from index.answers.matched_words import matched_words
from index.answers.moments import moment
from index.answers.snippets import snippet
from index.engine import EngineAnswer, IndexInfo
from index.query.request import Query, Sort
from web import app_engine, i18n, labels, params
from web.exporting.arguments import RESULT
from web.exporting.citing import MARKS
from web.exporting.setting import archive_title
from web.i18n import gettext
from web.parameter_errors import BadParameter, Valid
from web.serving import hosts
from web.serving.xml_answers import xml_answer

ENTRIES: Final = 50
MOST_WORDS: Final = 8  # matched words told of an entry
MIDNIGHT: Final = "T00:00:00+07:00"
LONGEST_NAME: Final = 16  # characters of the name of a search, by the specification of OpenSearch
ATOM: Final = "application/atom+xml"
DESCRIPTION: Final = "application/opensearchdescription+xml"
blueprint = Blueprint("feeds", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as an entry of a feed; `published` is empty if the day is not sure."""

    id: str
    title: str
    address: str
    updated: str
    published: str
    authors: tuple[str, ...]
    summary: str


@blueprint.before_request
def _known_arguments() -> None:
    known = () if request.endpoint == "feeds.opensearch" else (*RESULT, params.SORT)
    params.require_known(params.without_tracking(request.args), known)


@blueprint.get("/feed")
def feed() -> Response:
    """The newest articles of a search as an Atom feed: those published last, or those indexed last."""
    asked = replace(params.read(request.args), sort=_order(), size=ENTRIES)
    found, query = app_engine.matches(asked), params.followed(asked)
    with i18n.speaking(current_app.config["KLIPING_LANGUAGE"]):
        response = xml_answer(
            "feed.xml",
            ATOM,
            id=f"urn:kliping:search:{quote(params.query_string(query))}",
            title=" – ".join(filter(None, (query.text.strip(), archive_title()))),
            subtitle=gettext("%(count)s artikel, indeks %(index)s", count=found.articles, index=found.index.id),
            own=hosts.absolute(params.url("feeds.feed", query)),
            page=hosts.absolute(params.url("pages.search", query.sorted_by(asked.sort))),
            updated=moment(found.index.built),
            entries=tuple(_entries(found, asked.sort)),
        )
    response.set_etag(app_engine.answer_tag(found.index.id), weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The description of the archive as a search, by which browsers add it to theirs."""
    addresses = {
        kind: hosts.absolute(params.url(endpoint, Query()))
        for kind, endpoint in (
            ("text/html", "pages.search"),
            (ATOM, "feeds.feed"),
            ("application/json", "api.search"),
            (DESCRIPTION, "feeds.opensearch"),
        )
    }
    title = archive_title()
    described = gettext("Cari berita di arsip %(title)s", title=title)
    name = title[:LONGEST_NAME]
    return xml_answer("opensearch.xml", DESCRIPTION, name=name, description=described, addresses=addresses)


def _order() -> Sort:
    """The order of a feed, newest first in one way or the other."""
    asked = params.single(request.args, params.SORT)
    if asked not in {"", Sort.NEWEST, Sort.INDEXED}:
        raise BadParameter(params.SORT, asked, Valid.ONE_OF, names=f"{Sort.NEWEST}, {Sort.INDEXED}")
    return Sort(asked or Sort.NEWEST)


def _entries(found: EngineAnswer, sort: Sort) -> Iterator[Entry]:
    highlighter = build_highlighter(found.tree)
    ids = [match.article.id for match in found.matches] if sort is Sort.INDEXED else []
    since = app_engine.reader().first_seen(ids) if ids else {}
    for match in found.matches:
        article = bounded(match.article)
        words = matched_words(match.article, highlighter, MOST_WORDS)
        passage = "".join(part.text for part in snippet(match.article, highlighter))
        yield Entry(
            id=f"urn:kliping:article:{quote(article.id, errors='replace')}",
            title=article.title,
            address=hosts.absolute(params.url("pages.article", Query(), article_id=article.id)),
            updated=moment(since[article.id]) if article.id in since else _updated(article.date, found.index),
            published=_published(article.date),
            authors=tuple(article.reporters),
            summary=" ".join(filter(None, (_facts(article.outlet, article.date), _words(words), passage))),
        )


def _facts(outlet: str | None, day: ArticleDate) -> str:
    mark = gettext(MARKS[date_mark(day)]) if date_mark(day) else ""
    told = " ".join(filter(None, (labels.day(day), mark)))
    return ", ".join(filter(None, (outlet, told))) + "."


def _words(found: list[tuple[str, int]]) -> str:
    if not found:
        return ""
    return gettext("Cocok: %(words)s.", words=", ".join(f"“{word}” ({labels.number(count)})" for word, count in found))


def _updated(day: ArticleDate, index: IndexInfo) -> str:
    return _midnight(day.last) if day.last else moment(index.built)


def _published(day: ArticleDate) -> str:
    sure = day.precision is DatePrecision.DAY and not date_mark(day)
    return _midnight(day.first) if sure and day.first else ""


def _midnight(day: date) -> str:
    return day.isoformat() + MIDNIGHT
