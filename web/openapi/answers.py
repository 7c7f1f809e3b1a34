"""Schemas of the answers of the API: the components that operations refer to."""

from typing import Final

from archive.article import DateBasis, DatePrecision, EvidenceKind, Role
from archive.copies.collation import ParagraphStatus
from archive.copies.relations import Relation
from archive.copies.word_diff import Change
from index.answers.citing.styles import STYLES
from index.facets import FACETS
from index.query.request import Copies, Lead, Sort
from index.query.tree import ExpansionReason
from index.words.stemming import Stemmer
from web.config import LANGUAGES
from web.openapi import workbench_answers
from web.openapi.schema_types import (
    COUNT,
    ESTIMATED,
    FLAG,
    LINK,
    MOMENT,
    NUMBER,
    POSITION,
    TEXT,
    Schema,
    described,
    list_of,
    map_of,
    one_of,
    optional,
    record,
    reference,
)
from web.story_versions import Unit

_STORIES: Final[dict[str, Schema]] = {"articles": COUNT, "stories": COUNT, "estimated": ESTIMATED}
_QUERY_LINK: Final[dict[str, Schema]] = {"text": TEXT, **_STORIES, "url": LINK}
_ALTERNATIVE = reference("Alternative")
_FACTS: Final[dict[str, Schema]] = {
    "id": TEXT,
    "title": TEXT,
    "title_derived": described(FLAG, "Whether the title was made from the first sentence."),
    "url": optional(TEXT),
    "outlet": optional(TEXT),
    "bureau": optional(TEXT),
    "section": optional(TEXT),
    "agency": optional(TEXT),
    "reporters": list_of(TEXT),
    "editors": list_of(TEXT),
    "place": optional(TEXT),
    "date": reference("Date"),
}
_MATCH: Final[dict[str, Schema]] = {
    "story": TEXT,
    "copies": list_of(TEXT),
    "score": optional(NUMBER),
    "snippet": list_of(reference("Fragment")),
    "copies_total": COUNT,
}
_HIT: Final[dict[str, Schema]] = {
    **_FACTS,
    **_MATCH,
    "relatives": list_of(record(id=TEXT, relation=one_of(Relation), longer=FLAG)),
    "indexed": described(optional(MOMENT), "Since when the index has had it; of hits only with `sort=indexed`."),
}
_EXPANSION: Final[dict[str, Schema]] = {"asked": TEXT, "also": TEXT, "because": one_of(ExpansionReason)}

SHARED: Final[dict[str, Schema]] = {
    "Index": described(
        record(
            id=TEXT,
            articles=COUNT,
            stories=COUNT,
            built=MOMENT,
            stemmer=one_of(Stemmer),
            families=TEXT,
            synonyms=optional(TEXT),
        ),
        "The index that answered. Its id changes with its articles, stories and rules. `families` is the version of "
        "what tells near from far forms of a word, which no index depends on.",
    ),
    "Fragment": described(record(text=TEXT, matched=FLAG), "A piece of text, and whether it matched."),
    "Date": described(
        record(
            value=optional(TEXT),
            precision=one_of(DatePrecision),
            basis=optional(one_of(DateBasis)),
            disputed=described(FLAG, "Whether some evidence speaks for another date."),
            evidence=list_of(record(words=TEXT, bearing=one_of(EvidenceKind))),
        ),
        "The date of an article, cut to what is known of it.",
    ),
    "Node": {
        "type": "object",
        "description": "A node of the query as it was evaluated; `kind` says which further members it has.",
        "properties": {"kind": TEXT, "start": COUNT, "end": COUNT},
        "required": ["kind", "start", "end"],
    },
    "Query": described(
        record(
            text=TEXT,
            tree=reference("Node"),
            chosen=map_of(list_of(TEXT)),
            excluded=map_of(list_of(TEXT)),
            **{"from": optional(TEXT)},
            to=optional(TEXT),
            sort=one_of(Sort),
            copies=one_of(Copies),
            lead=one_of(Lead),
            expand=FLAG,
            off=list_of(TEXT),
            on=list_of(TEXT),
        ),
        "The query as it was parsed.",
    ),
    "FacetValue": described(
        record(value=TEXT, label=TEXT, count=COUNT, stories=COUNT, selected=FLAG, excluded=FLAG),
        "A value of a facet. Its counts ignore the choices made in that facet.",
    ),
    "Alternative": described(record(**_QUERY_LINK), "Another query, and what it finds."),
    "Hit": described(record(**_HIT), "A hit: an article, and the copies folded under it."),
    "Problem": {
        "type": "object",
        "description": "An error (RFC 9457). A bad query has `position` and `code`, a bad argument `parameter`, `value`"
        " and `valid`.",
        "properties": {"type": LINK, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
        "required": ["type", "title", "status", "detail"],
    },
}


def _all_or_none(**members: Schema) -> Schema:
    """An object with all members, or with none: later pages of a walk do not repeat facets."""
    return {"anyOf": [record(**members), record()]}


_MISSING = described(record(count=COUNT, stories=COUNT), "The articles that have no value of a facet.")
_SEARCH = record(
    query=reference("Query"),
    expansions=list_of(record(**_EXPANSION, off=FLAG, switch_url=LINK)),
    offered=list_of(record(**_EXPANSION, url=LINK)),
    words=list_of(
        record(
            word=TEXT,
            start=COUNT,
            end=COUNT,
            forms=list_of(record(form=TEXT, articles=COUNT, off=FLAG, far=FLAG, switch_url=LINK)),
            only_url=LINK,
        )
    ),
    total=record(articles=COUNT, stories=COUNT),
    estimated=ESTIMATED,
    hits_in_all=COUNT,
    undated_left_out=COUNT,
    hits=list_of(reference("Hit")),
    facets=_all_or_none(**{name: list_of(reference("FacetValue")) for name in FACETS}),
    facet_totals=_all_or_none(**dict.fromkeys(FACETS, COUNT)),
    facet_missing=_all_or_none(**dict.fromkeys(FACETS, _MISSING)),
    index=reference("Index"),
    page=POSITION,
    size=POSITION,
    next=optional(TEXT),
    next_url=optional(LINK),
    took_ms=NUMBER,
    did_you_mean=optional(_ALTERNATIVE),
    address=optional(record(id=TEXT, title=TEXT, url=LINK)),
    unmatched_facts=list_of(
        record(field=TEXT, typed=TEXT, meant=list_of(record(value=TEXT, articles=COUNT, url=LINK)))
    ),
    operator=optional(record(word=TEXT, operator=TEXT, **_QUERY_LINK)),
    help=optional(
        record(
            parts=list_of(
                record(**_QUERY_LINK, unfiltered=optional(_ALTERNATIVE), did_you_mean=optional(_ALTERNATIVE))
            ),
            without=list_of(record(words=list_of(TEXT), **_QUERY_LINK)),
            unquoted=optional(_ALTERNATIVE),
            filters=list_of(record(filter=optional(TEXT), values=list_of(TEXT), **_QUERY_LINK)),
            any_of=optional(_ALTERNATIVE),
        )
    ),
    partial=list_of(record(**_HIT, lacking=list_of(TEXT))),
)
_HARVEST = record(
    total=record(articles=COUNT, stories=COUNT),
    estimated=ESTIMATED,
    hits_in_all=COUNT,
    hits=list_of({"type": "object", "properties": {**_FACTS, **_MATCH}, "additionalProperties": False}),
    index=reference("Index"),
    page=POSITION,
    size=POSITION,
    next=optional(TEXT),
    next_url=optional(LINK),
)
_ARTICLE = record(
    **_FACTS,
    **_MATCH,
    paragraphs=list_of(TEXT),
    original=record(text=TEXT, passages=list_of(record(start=COUNT, end=COUNT, role=one_of(Role))), start=COUNT),
    source=TEXT,
    part=POSITION,
    parts=POSITION,
    marks=record(total=COUNT, shown=COUNT),
    indexed=described(MOMENT, "Since when the index has had it."),
    index=reference("Index"),
)
_STRETCHES = list_of(record(change=one_of(Change), text=TEXT))
_STORY = record(
    id=TEXT,
    total=COUNT,
    unlisted=COUNT,
    left_out=COUNT,
    articles=list_of(record(**_FACTS)),
    base=TEXT,
    unit=one_of(Unit),
    versions=list_of(
        record(
            id=TEXT,
            words=COUNT,
            relation=optional(one_of(Relation)),
            left_out=FLAG,
            paragraphs=optional(list_of(one_of(ParagraphStatus))),
            added=list_of(TEXT),
        )
    ),
    compared=optional(
        record(
            **{"base": TEXT, "with": TEXT},
            pairs=list_of(record(paragraphs=list_of(POSITION), stretches=_STRETCHES)),
            cut=FLAG,
        )
    ),
    related=list_of(record(**_FACTS, relation=one_of(Relation))),
    index=reference("Index"),
)

# Endpoint → the schema of its answer.
ANSWERS: Final[dict[str, Schema]] = {
    "search": {"anyOf": [_SEARCH, described(_HARVEST, "Of `fields`: hits with these facts alone.")]},
    "suggest": record(
        query=TEXT,
        suggestions=list_of(record(text=TEXT, word=TEXT, articles=COUNT)),
        index=reference("Index"),
    ),
    "facet": record(
        name=one_of(FACETS),
        total=COUNT,
        values=list_of(reference("FacetValue")),
        page=POSITION,
        pages=COUNT,
        estimated=ESTIMATED,
        missing=_MISSING,
        next=optional(TEXT),
        index=reference("Index"),
    ),
    "article": _ARTICLE,
    "story": _STORY,
    "similar": record(
        id=TEXT,
        story=TEXT,
        similar=list_of(record(**_FACTS, story=TEXT, reasons=list_of(TEXT))),
        index=reference("Index"),
    ),
    "trends": workbench_answers.TRENDS,
    "coverage": workbench_answers.COVERAGE,
    "batch": workbench_answers.batch(_FACTS),
    "compare": workbench_answers.COMPARISON,
    "citation": record(
        id=TEXT,
        styles=record(**dict.fromkeys(STYLES, TEXT)),
        csl={"type": "object"},
        ris=TEXT,
        bibtex=TEXT,
        index=reference("Index"),
    ),
    "methods": record(
        paragraphs=record(**dict.fromkeys(LANGUAGES, TEXT)),
        query=TEXT,
        read_as=TEXT,
        total=record(articles=COUNT, stories=COUNT),
        estimated=ESTIMATED,
        dates=record(first=optional(TEXT), last=optional(TEXT)),
        undated=COUNT,
        inferred=COUNT,
        undated_left_out=COUNT,
        accessed=TEXT,
        software=TEXT,
        index=reference("Index"),
    ),
    "export": {},  # files of many formats
    "kwic": workbench_answers.KWIC,
    "collocates": workbench_answers.COLLOCATES,
    "keywords": workbench_answers.KEYWORDS,
    "status": record(status=one_of(["ok"]), index=reference("Index")),
    "openapi": {"type": "object"},
}
