"""Harvesting: pages of hits with some of their facts alone, such as their ids, without facets and snippets.

`fields` names the facts. An answer has the totals, the hits and the way on, and takes a part of the time of a search.
"""

from collections.abc import Callable, Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from index.engine import Match
from index.facets import estimated
from index.query.request import Query
from web import app_engine, params
from web.parameter_errors import BadParameter, Valid
from web.serialization.answers import Json, facts_json, index_json

_OWN: Final[Mapping[str, Callable[[Match], object]]] = {
    "story": lambda match: match.story,
    "copies": lambda match: list(match.copies),
    "score": lambda match: match.score,
}
FACTS: Final = (
    *("id", "title", "title_derived", "url", "outlet", "bureau", "section", "agency", "reporters", "editors"),
    *("place", "date"),
)
FIELDS: Final = (*FACTS, *_OWN)


def wanted_fields(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the facts that the arguments name, () for whole hits. BadParameter for one that hits do not have."""
    value = ",".join(args.getlist(params.FIELDS))
    names = tuple(dict.fromkeys(filter(None, (name.strip() for name in value.split(",")))))
    for name in names:
        if name not in FIELDS:
            raise BadParameter(params.FIELDS, name, Valid.ONE_OF, names=", ".join(FIELDS))
    return names


def harvest_json(query: Query, fields: tuple[str, ...]) -> tuple[Json, str | None]:
    """Return a page of hits with some facts, and the article at whose place it ends. KeyError for `Query.after`."""
    found = app_engine.matches(query)
    body: Json = {
        "total": {"articles": found.articles, "stories": found.stories},
        "estimated": estimated([found.stories]),
        "hits_in_all": found.hits,
        "hits": [_hit(match, fields) for match in found.matches],
        "index": index_json(found.index),
        "page": query.page,
        "size": query.size,
    }
    return body, found.last


def _hit(match: Match, fields: tuple[str, ...]) -> Json:
    facts = facts_json(match.article) if not set(fields) <= _OWN.keys() else {}
    return {name: _OWN[name](match) if name in _OWN else facts[name] for name in fields}
