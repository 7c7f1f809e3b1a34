"""Answers in JSON: the last line of what pages and API have in common, plain values with the names the API promises.

Facts that are absent are null or an empty list, never left out, so that a program need not ask whether a name is there.
"""

from archive.article import Article, ArticleDate
from index.engine import IndexInfo, Match
from index.facets import Facet
from index.query import Query
from index.searching import Hit, Results
from index.snippets import Fragment
from index.tree import And, DateRange, Node, Not, Or, Phrase, Wildcard, Word
from web import labels

Json = dict[str, object]


def search_answer(results: Results) -> Json:
    """A whole answer; `facet_totals` says how many values a facet has where its list is cut."""
    return {
        "query": query_read(results.query, results.tree),
        "total": {"articles": results.articles, "stories": results.stories},
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {facet.name: facet_values(facet) for facet in results.facets},
        "facet_totals": {facet.name: facet.total for facet in results.facets},
        "index": index_info(results.index),
        "page": results.query.page,
        "size": results.query.size,
        "took_ms": round(results.seconds * 1000, 3),
    }


def query_read(query: Query, tree: Node) -> Json:
    """A query as it was read."""
    return {
        "text": query.text,
        "tree": _node(tree),
        "chosen": {name: list(values) for name, values in query.chosen.items()},
        "excluded": {name: list(values) for name, values in query.excluded.items()},
        "from": query.since,
        "to": query.until,
        "sort": query.sort.value,
        "copies": query.copies.value,
    }


def facet_values(facet: Facet) -> list[Json]:
    """The values of a facet, in order."""
    return [
        {
            "value": value.value,
            "label": labels.value(facet.name, value.value),
            "count": value.count.articles,
            "stories": value.count.stories,
            "selected": value.selected,
            "excluded": value.excluded,
        }
        for value in facet.values
    ]


def article_in_full(match: Match, snippet: tuple[Fragment, ...]) -> Json:
    """An article with everything a hit has, its cleaned paragraphs, and its original with the role of each passage."""
    article = match.article
    passages = [{"start": p.start, "end": p.end, "role": p.role.value} for p in article.passages]
    return {
        **_facts(article),
        **_standing(match, None, snippet),
        "paragraphs": list(article.paragraphs),
        "original": {"text": article.text, "passages": passages},
        "source": article.source,
    }


def story_answer(story: str, matches: tuple[Match, ...], index: IndexInfo) -> Json:
    """A story with all of its copies, the oldest first."""
    articles = [_facts(match.article) for match in matches]
    return {"id": story, "total": len(articles), "articles": articles, "index": index_info(index)}


def index_info(index: IndexInfo) -> Json:
    """Which index answered."""
    return {
        "id": index.id,
        "articles": index.articles,
        "stories": index.stories,
        "built": index.built.isoformat(timespec="seconds"),
    }


def _hit(hit: Hit) -> Json:
    return {**_facts(hit.match.article), **_standing(hit.match, hit.match.score, hit.snippet)}


def _facts(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "title_derived": article.title_derived,
        "url": article.url,
        "outlet": article.outlet,
        "bureau": article.bureau,
        "agency": article.agency,
        "reporters": list(article.reporters),
        "editors": list(article.editors),
        "place": article.place,
        "date": _date(article.date),
    }


def _standing(match: Match, score: float | None, snippet: tuple[Fragment, ...]) -> Json:
    fragments = [{"text": fragment.text, "matched": fragment.matched} for fragment in snippet]
    return {"story": match.story, "copies": list(match.copies), "score": score, "snippet": fragments}


def _date(day: ArticleDate) -> Json:
    return {
        "value": day.value,
        "precision": day.precision.value,
        "basis": day.basis.value if day.basis else None,
        "evidence": [{"words": piece.words, "bearing": piece.bearing.value} for piece in day.evidence],
    }


def _node(node: Node) -> Json:
    kind = "dates" if isinstance(node, DateRange) else type(node).__name__.lower()
    return {"kind": kind, "start": node.span.start, "end": node.span.end, **_asked(node)}


def _asked(node: Node) -> Json:
    asked: Json = {}
    match node:
        case And(parts=parts) | Or(parts=parts):
            asked = {"parts": [_node(part) for part in parts]}
        case Not(part=part):
            asked = {"part": _node(part)}
        case Word(form=form, field=field):
            asked = {"form": form, "field": field}
        case Phrase(forms=forms, slop=slop, field=field):
            asked = {"forms": list(forms), "slop": slop, "field": field}
        case Wildcard(pattern=pattern, field=field):
            asked = {"pattern": pattern, "field": field}
        case DateRange(first=first, last=last):
            asked = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
    return asked
