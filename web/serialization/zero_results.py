"""Help for queries without results, as plain values for JSON."""

from archive.article import Article
from index.answers.hints.did_you_mean import Correction
from index.answers.hints.operator_hints import OperatorQuery
from index.answers.hints.unmatched_facts import UnmatchedFact
from index.answers.zero_results import AlternativeQuery, Explanation, PartialHit
from index.facets import estimated
from index.query.request import Query
from web import params
from web.serialization.answers import Json, hit_json


def zero_results_json(explanation: Explanation, *, found: bool) -> Json:
    """Return the members on what may have been meant, and `help` and `partial`, which are empty with hits."""
    partial = explanation.partial
    return {
        "did_you_mean": _correction(explanation.correction),
        "address": _addressed(explanation.address),
        "unmatched_facts": [_unmatched(one) for one in explanation.unmatched],
        "operator": _operator(explanation.operator),
        "help": None if found else _help(explanation),
        "partial": [_partial_hit(one) for one in partial.hits] if partial else [],
    }


def _help(explanation: Explanation) -> Json:
    return {
        "parts": [
            {
                **_instead(part.alone),
                "unfiltered": part.unfiltered and _instead(part.unfiltered),
                "did_you_mean": _correction(part.correction),
            }
            for part in explanation.parts
        ],
        "without": [{"words": list(one.words), **_instead(one)} for one in explanation.without],
        "unquoted": _instead(explanation.unquoted) if explanation.unquoted else None,
        "filters": [
            {"filter": one.name or None, "values": list(one.without.words), **_instead(one.without)}
            for one in explanation.blamed
        ],
        "any_of": _instead(explanation.partial.any_of) if explanation.partial else None,
    }


def _correction(correction: Correction | None) -> Json | None:
    if correction is None:
        return None
    return _offered(correction.query, correction.articles, correction.stories)


def _addressed(article: Article | None) -> Json | None:
    if article is None:
        return None
    url = params.url("api.article", Query(), article_id=article.id)
    return {"id": article.id, "title": article.title, "url": url}


def _unmatched(one: UnmatchedFact) -> Json:
    meant = [
        {"value": other.value, "articles": other.articles, "url": params.url("api.search", other.query)}
        for other in one.meant
    ]
    return {"field": one.field, "typed": one.typed, "meant": meant}


def _operator(one: OperatorQuery | None) -> Json | None:
    if one is None:
        return None
    return {"word": one.hint.word, "operator": one.hint.operator, **_offered(one.query, one.articles, one.stories)}


def _instead(one: AlternativeQuery) -> Json:
    return _offered(one.query, one.articles, one.stories)


def _offered(query: Query, articles: int, stories: int) -> Json:
    told = {"articles": articles, "stories": stories, "estimated": estimated([stories])}
    return {"text": query.text, **told, "url": params.url("api.search", query)}


def _partial_hit(one: PartialHit) -> Json:
    return {**hit_json(one.hit), "lacking": list(one.lacking)}
