"""Tantivy through its Python binding: space-separated words, facets as aggregations over fast fields."""

from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.contestants import Asked, Missing
from benchmarks.corpus import documents
from benchmarks.requests import TOP, Answer, Operator, Request

MEMORY = 256 << 20  # bytes
BLANKS = "blanks"  # our name for its whitespace tokenizer
MOST_VALUES = 65_000  # per facet; tantivy limits the buckets of one aggregation
FACETS = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in ("outlet", "year")}


class Tantivy:
    """Tantivy in a folder of its own."""

    name = "tantivy"

    def __init__(self) -> None:
        try:
            self._tantivy: Any = import_module("tantivy")
        except ImportError:
            raise Missing("tantivy-py is not installed; run: .venv/bin/pip install tantivy") from None
        self.settings = f"tantivy-py {version('tantivy')}, default merge policy, default threads, {MEMORY >> 20} MiB"
        self._schema: Any = None
        self._searcher: Any = None

    def build(self, documents_file: Path, folder: Path) -> None:
        """Index a file of documents."""
        index = self._index(folder)
        writer = index.writer(heap_size=MEMORY)
        for one in documents(documents_file):
            facts = {name: value for name, value in (("outlet", one.outlet), ("year", one.year)) if value}
            writer.add_document(self._tantivy.Document(id=one.id, text=one.tokens, **facts))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self.settings += f"; {self._searcher.num_segments} segments"

    def answers(self, request: Request) -> bool:  # noqa: ARG002  # it answers any request
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """Search for the ten best and the total, and aggregate both facets."""
        query = self._query(request)
        found = self._searcher.search(query, limit=TOP, count=True)
        ids = [self._searcher.doc(address)["id"] for _, address in found.hits]
        return Asked((found.count, ids, self._searcher.aggregate(query, FACETS)))

    def read(self, reply: object) -> Answer:
        """Total and buckets."""
        assert isinstance(reply, tuple)
        total, _, facets = reply
        outlets, years = ({b["key"]: b["doc_count"] for b in facets[name]["buckets"]} for name in ("outlet", "year"))
        return Answer(total, outlets, years)

    def close(self) -> None:
        """Drop the searcher, which holds the files open."""
        self._searcher = None

    def _index(self, folder: Path) -> Any:
        builder = self._tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("outlet", fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("year", fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name=BLANKS, index_option="position")
        self._schema = builder.build()
        index = self._tantivy.Index(self._schema, path=str(folder))
        analyzer = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(BLANKS, analyzer)
        return index

    def _query(self, request: Request) -> Any:
        asked, must = self._words(request), self._tantivy.Occur.Must
        if not request.year:
            return asked
        year = self._tantivy.Query.term_query(self._schema, "year", request.year, "basic")
        return self._tantivy.Query.boolean_query(
            [(must, asked), (must, self._tantivy.Query.const_score_query(year, 0.0))]
        )

    def _words(self, request: Request) -> Any:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        terms = [query.term_query(self._schema, "text", word, "freq") for word in request.words]
        match request.operator:
            case Operator.EVERYTHING:
                return query.all_query()
            case Operator.PHRASE:
                return query.phrase_query(self._schema, "text", list(request.words))
            case Operator.PREFIX:
                return query.regex_query(self._schema, "text", f"{request.words[0]}.*")
            case Operator.ANY:
                return query.boolean_query([(occur.Should, term) for term in terms])
            case _:
                return query.boolean_query([(occur.Must, term) for term in terms]) if len(terms) > 1 else terms[0]
