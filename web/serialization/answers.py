"""Serialization: answers as plain values for JSON, with the names that the API promises.

Absent facts are null or an empty list and never omitted, so a program need not check whether a name exists.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Final

from flask import current_app

from archive.article import Article, ArticleDate
from archive.copies.relatives import Relative
from archive.copies.word_diff import Stretch
from archive.meanings.synonyms import synonyms
from index.answers.bounded_facts import shortened
from index.answers.citing import bibtex, csl_json, ris
from index.answers.citing.reference import Reference
from index.answers.citing.styles import STYLES, plain
from index.answers.expansion_report import Expansion, WordForm, WordForms, in_this_form, with_offered
from index.answers.exporting.methods import Methods
from index.answers.fragments import Fragment, shown_marks
from index.answers.marking.highlighting import Highlighter
from index.answers.moments import moment
from index.answers.search import Hit, Results
from index.engine import IndexInfo, Match
from index.facets import Facet, Value, estimated
from index.query.request import Query
from index.query.tree import Node
from index.words.families import relations
from index.words.stemming import stemmer
from web import labels, params
from web.article_parts import MAX_MARKS, ArticlePart
from web.exporting import citing
from web.exporting.methods import paragraphs
from web.exporting.setting import SOFTWARE
from web.serialization.query_trees import tree_json
from web.story_versions import Comparison, Story, Version

Json = dict[str, object]
COPY_IDS: Final = 500_000  # characters of the ids of all copies in an answer, shared by its hits


def search_json(results: Results) -> Json:
    """Return a search answer; `facet_totals` counts all values of a facet, `facet_missing` the articles without."""
    facets = results.facets
    return {
        "query": query_json(results.query, results.tree),
        "expansions": [_expansion(results.query, one) for one in results.expansions],
        "offered": [_offered(results, one) for one in results.offered],
        "words": _forms(results.query, results.words),
        "total": {"articles": results.articles, "stories": results.stories},
        "estimated": results.estimated,
        "hits_in_all": results.hits_in_all,
        "undated_left_out": results.undated_left_out,
        "hits": [hit_json(hit, COPY_IDS // results.query.size) for hit in results.hits],
        "facets": {facet.name: facet_values_json(facet.name, facet.values) for facet in facets},
        "facet_totals": {facet.name: facet.total for facet in facets},
        "facet_missing": {facet.name: missing_json(facet) for facet in facets},
        "index": index_json(results.index),
        "page": results.query.page,
        "size": results.query.size,
        "took_ms": round(results.seconds * 1000, 3),
    }


def query_json(query: Query, tree: Node) -> Json:
    """Return a query as it was parsed."""
    return {
        "text": query.text,
        "tree": tree_json(tree),
        "chosen": {name: list(values) for name, values in query.chosen.items()},
        "excluded": {name: list(values) for name, values in query.excluded.items()},
        "from": query.since,
        "to": query.until,
        "sort": query.sort.value,
        "copies": query.copies.value,
        "lead": query.lead.value,
        "expand": query.expand,
        "off": list(query.off),
        "on": list(query.on),
    }


def facet_values_json(name: str, values: Sequence[Value]) -> list[Json]:
    """Return some values of a facet, in order."""
    label = labels.value_labeller(name)
    return [
        {
            "value": shortened(value.value),
            "label": shortened(label(value.value)),
            "count": value.hits.articles,
            "stories": value.hits.stories,
            "selected": value.selected,
            "excluded": value.excluded,
        }
        for value in values
    ]


def missing_json(facet: Facet) -> Json:
    """Return how many articles, and stories, have no value of a facet."""
    return {"count": facet.missing.articles, "stories": facet.missing.stories}


def article_json(match: Match, snippet: tuple[Fragment, ...], part: ArticlePart) -> Json:
    """Return an article with the facts of a hit, and of one part its cleaned paragraphs and its original."""
    article = part.article
    passages = [{"start": p.start, "end": p.end, "role": p.role.value} for p in article.passages]
    return {
        **facts_json(article),
        **_match_facts(match, None, snippet),
        "paragraphs": list(article.paragraphs),
        "original": {"text": article.text, "passages": passages, "start": part.start},
        "source": article.source,
        "part": part.number,
        "parts": part.parts,
    }


def marks_json(article: Article, highlighter: Highlighter) -> Json:
    """Return how many hits of a query are in an article, and how many of them a page marks."""
    texts = (*(() if article.title_derived else (article.title,)), *article.paragraphs)
    total = sum(len(shown_marks(text, highlighter)) for text in texts) if highlighter.terms else 0
    return {"total": total, "shown": min(total, MAX_MARKS)}


def story_json(story: Story, beside: Comparison | None, related: Sequence[Relative]) -> Json:
    """Return a story: its versions, oldest first, their changes to the base, one word diff, and related texts."""
    articles = [version.article for version in story.versions] + list(story.further)
    return {
        "total": story.total,
        "unlisted": story.unread,
        "left_out": story.left_out,
        "articles": [facts_json(article) for article in articles],
        "base": story.base.id,
        "unit": story.parts.unit.value,
        "versions": [_version(version) for version in story.versions],
        "compared": None if beside is None else _compared(beside),
        "related": [{**facts_json(one.article), "relation": one.relation.value} for one in related],
    }


def citation_json(reference: Reference) -> Json:
    """Return an article cited in every style, in the default language, and as records of reference managers."""
    language = current_app.config["KLIPING_LANGUAGE"]
    styles = {style: plain(citing.citations([reference], style, language)[0]) for style in STYLES}
    records = {"csl": csl_json.item(reference), "ris": ris.record(reference), "bibtex": bibtex.record(reference)}
    return {"styles": styles, **records}


def methods_json(held: Methods, day: date) -> Json:
    """Return the facts about a search that a paper tells, and the paragraph that tells them in each language."""
    return {
        "paragraphs": paragraphs(held, day),
        "query": held.query.text,
        "read_as": held.read_as,
        "total": {"articles": held.answer.articles, "stories": held.answer.stories},
        "estimated": estimated([held.answer.stories]),
        "dates": {"first": held.first or None, "last": held.last or None},
        "undated": held.undated,
        "inferred": held.inferred,
        "undated_left_out": held.answer.undated_left_out,
        "accessed": day.isoformat(),
        "software": SOFTWARE,
        "index": index_json(held.answer.index),
    }


def index_json(index: IndexInfo) -> Json:
    """Return the facts of the index that answered, the stemmer, and the versions of families and synonyms."""
    return {
        "id": index.id,
        "articles": index.articles,
        "stories": index.stories,
        "built": moment(index.built),
        "stemmer": stemmer().value,
        "families": relations.version(),
        "synonyms": synonyms().version or None,
    }


def _version(version: Version) -> Json:
    held = version.collation
    return {
        "id": version.article.id,
        "words": version.article.words,
        "relation": version.relative.relation.value if version.relative else None,
        "left_out": version.left_out,
        "paragraphs": [cell.status.value for cell in held.cells] if held else None,
        "added": list(version.added),
    }


def _compared(beside: Comparison) -> Json:
    pairs = [
        {"paragraphs": list(pair.numbers), "stretches": [_stretch(stretch) for stretch in pair.stretches]}
        for pair in beside.pairs
    ]
    return {"base": beside.base.id, "with": beside.other.id, "pairs": pairs, "cut": beside.cut}


def _stretch(stretch: Stretch) -> Json:
    return {"change": stretch.change.value, "text": stretch.text}


def _expansion(query: Query, one: Expansion) -> Json:
    switched = query.switched_on(one.also) if one.off else query.switched_off(one.also)
    return {**_expansion_facts(one), "off": one.off, "switch_url": params.url("api.search", switched)}


def _offered(results: Results, one: Expansion) -> Json:
    return {**_expansion_facts(one), "url": params.url("api.search", with_offered(results.query, results.tree, one))}


def _expansion_facts(one: Expansion) -> Json:
    return {"asked": one.asked, "also": one.also, "because": one.because.value}


def _forms(query: Query, words: Sequence[WordForms]) -> list[Json]:
    address = params.form_url_builder("api.search", query)
    return [_forms_of_word(query, word, address) for word in words]


def _forms_of_word(query: Query, word: WordForms, address: Callable[[WordForm], str]) -> Json:
    forms = [
        {
            "form": form.form,
            "articles": form.articles,
            "off": form.off,
            "far": form.far,
            "switch_url": address(form),
        }
        for form in word.forms
    ]
    alone = params.url("api.search", in_this_form(query, word))
    return {"word": word.word, "start": word.span.start, "end": word.span.end, "forms": forms, "only_url": alone}


def hit_json(hit: Hit, copy_ids: int = COPY_IDS) -> Json:
    """Return a hit with its facts, its score and snippet, and the relations of its first copies to it.

    `copy_ids` bounds the characters of the ids of its copies.
    """
    copies = _within(hit.match.copies, copy_ids)
    relatives = [{"id": c.article.id, "relation": c.relation.value, "longer": c.longer} for c in hit.copies]
    return {
        **facts_json(hit.match.article),
        **_match_facts(replace(hit.match, copies=copies), hit.match.score, hit.snippet),
        "copies_total": len(hit.match.copies),
        "relatives": relatives,
        "indexed": moment(hit.since) if hit.since else None,
    }


def _within(ids: Sequence[str], most: int) -> tuple[str, ...]:
    """The first ids, as many as have `most` characters together."""
    ends = accumulate(len(one) + 4 for one in ids)  # with their quotation marks, comma and blank
    return tuple(one for one, end in zip(ids, ends, strict=True) if end <= most)


def facts_json(article: Article) -> Json:
    """Return the facts of an article."""
    return {
        "id": article.id,
        "title": article.title,
        "title_derived": article.title_derived,
        "url": article.url,
        "outlet": article.outlet,
        "bureau": article.bureau,
        "section": article.section,
        "agency": article.agency,
        "reporters": list(article.reporters),
        "editors": list(article.editors),
        "place": article.place,
        "date": _date(article.date),
    }


def _match_facts(match: Match, score: float | None, snippet: tuple[Fragment, ...]) -> Json:
    fragments = [{"text": fragment.text, "matched": fragment.matched} for fragment in snippet]
    return {"story": match.story, "copies": list(match.copies), "score": score, "snippet": fragments}


def _date(day: ArticleDate) -> Json:
    return {
        "value": day.value,
        "precision": day.precision.value,
        "basis": day.basis.value if day.basis else None,
        "disputed": day.disputed,
        "evidence": [{"words": piece.words, "bearing": piece.bearing.value} for piece in day.evidence],
    }
