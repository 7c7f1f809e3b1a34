"""The mapping: the fields of a document, and the settings of the indices of a generation.

A generation is three indices. `texts` answers queries: our tokens, facts and groups. `articles` holds whole articles,
and `meta` the manifest and files. No analyser of the server decides anything: a text arrives as tokens with blanks
between, and what stands at one position is joined by `|`: `bertemu|s:temu`. Forms have no mark, stems are marked `s:`,
words in all caps `c:`. A word of the query is the same token.

The score of a term is `index.ranking`'s, told to the server as a scripted similarity. The weight and the rarity of a
term come with the query, so they count the same on every shard. The average length is fixed when an index is made.
Where servers run no scripts, it is their own BM25 with the same constants, whose rarity the query divides out.
"""

from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from index.facets import FILTERS
from index.ranking import K1, B
from index.storage.address import IndexAddress
from index.trends import Interval

LAYOUT: Final = "7"  # of documents, fields and files; another one requires a rebuild
TEXT, TITLE = "text", "title"
STEM, CAPITALS = "s:", "c:"  # the marks of tokens that are no forms
GAP: Final = 100  # positions between title and text, so that no phrase with a reasonable distance spans both
LONGEST_TOKEN: Final = 4000  # bytes; Lucene refuses terms of 32,766, and nobody types one of these
ONE: Final = "f"  # the object of all facts by which is filtered and counted
WITHOUT: Final = "without"  # the names of the facets of which an article has no value
# The digest of a text, the hashes of its sample, and the number of its shingles with the sample as bytes, which are
# read in half the size of the numbers.
TEXT_DIGEST, SAMPLE, SAMPLE_BYTES = "digest", "sample", "sampled"
LENGTH: Final = "length"  # of a text in words, by which the server scores what occurs once in an article
MOST_ROWS: Final = 10_000_000  # hits that numbered pages can reach
MOST_TERMS: Final = 1_000_000  # of one terms query, for wildcards

SCRIPT: Final = "return query.boost * doc.freq / (doc.freq + {k1} * ({rest} + {b} * doc.length / {average}));"


class Similarity(StrEnum):
    """What scores a term in the fields of texts, the preferred one first."""

    SCRIPTED = "scripted"  # as `index.ranking` says
    BUILT_IN = "BM25"  # the server's; tells the lengths of texts in all tokens, forms and stems


def token(term: str) -> str:
    """A term as it is indexed and asked for: itself, or of a very long one its beginning and its digest."""
    packed = term.encode("utf-8", "surrogatepass")
    if len(packed) <= LONGEST_TOKEN:
        return term
    return f"{term[: LONGEST_TOKEN // 8]}#{blake2b(packed, digest_size=16).hexdigest()}"


def fact_field(name: str) -> str:
    """The field of a fact."""
    return f"{ONE}.{name}"


def bin_field(by: Interval) -> str:
    """The field of the bins of an interval."""
    return f"bin.{by.value}"


def _similarity(average: float) -> dict[str, Any]:
    script = SCRIPT.format(k1=K1, rest=1 - B, b=B, average=average or 1.0)
    return {"type": "scripted", "script": {"source": script}}


class Lengths(NamedTuple):
    """The mean lengths of texts and of titles, in tokens."""

    text: float
    title: float


def similarities(average: Lengths, kind: Similarity) -> dict[str, Any]:
    """The similarities of the fields of texts, by name."""
    if kind is Similarity.BUILT_IN:  # its mean length is of all tokens, so each length must be, too
        built_in = {"type": kind.value, "k1": K1, "b": B, "discount_overlaps": False}
        return {TEXT: built_in, TITLE: built_in}
    return {TEXT: _similarity(average.text), TITLE: _similarity(average.title)}


def text_settings(address: IndexAddress, average: Lengths, kind: Similarity) -> dict[str, Any]:
    """The settings of `texts` that change with each generation."""
    return {
        "similarity": similarities(average, kind),
        "number_of_replicas": address.replicas,
        "refresh_interval": "-1",
        "max_result_window": MOST_ROWS,
        "max_terms_count": MOST_TERMS,
    }


def texts(address: IndexAddress, average: Lengths, kind: Similarity) -> dict[str, Any]:
    """Settings and mapping of `texts`."""
    keyword, whole, number = {"type": "keyword"}, {"type": "long"}, {"type": "integer"}
    tokens = {
        "type": "text",
        "analyzer": "stacked",
        "search_analyzer": "tokens",
        "position_increment_gap": GAP,
    }
    analysis = {
        "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 1 << 20}},
        "filter": {"stack": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]}},
        "analyzer": {
            "tokens": {"tokenizer": "blanks"},
            "stacked": {"tokenizer": "blanks", "filter": ["stack"]},
        },
    }
    facts = {"properties": dict.fromkeys(sorted(FILTERS), keyword)}
    bins = {"properties": {by.value: keyword for by in Interval}}
    numbers = dict.fromkeys(("first", "last", "words", "stories", "groups", "outlets"), number)
    titled = {**tokens, "similarity": TITLE}
    fields = {TEXT: {**tokens, "similarity": TEXT}, TITLE: titled, "id": keyword, ONE: facts, "bin": bins, **numbers}
    fields |= {"story": whole, "group": whole, "since": whole, "disputed": {"type": "boolean"}, WITHOUT: keyword}
    fields |= {TEXT_DIGEST: whole, SAMPLE: {**number, "doc_values": False}}
    fields |= {SAMPLE_BYTES: {"type": "binary", "doc_values": True}}
    fields[LENGTH] = {"type": "rank_feature", "positive_score_impact": False}
    return {
        "settings": {
            "number_of_shards": address.shards,
            "analysis": analysis,
            **text_settings(address, average, kind),
        },
        "mappings": {
            "dynamic": False,
            "_source": {"excludes": [TEXT, TITLE, SAMPLE, SAMPLE_BYTES]},
            "properties": fields,
        },
    }


def articles(address: IndexAddress) -> dict[str, Any]:
    """Settings and mapping of `articles`: the smallest store is a compressed source of which nothing is indexed."""
    settings = {"number_of_shards": address.shards, "codec": "best_compression", "refresh_interval": "-1"}
    return {
        "settings": {**settings, "number_of_replicas": address.replicas},
        "mappings": {"dynamic": False, "properties": {"id": {"type": "keyword"}}},
    }


def meta(address: IndexAddress) -> dict[str, Any]:
    """Settings and mapping of `meta`: documents that are read by their ids."""
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": address.replicas, "refresh_interval": "-1"},
        "mappings": {"enabled": False},
    }
