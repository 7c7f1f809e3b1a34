"""One published generation of the embedded index, opened for reading: its Whoosh segments and its columns.

Whoosh keeps segments, deletions and stored articles; the evaluator scores its posting lists as arrays, and the columns
give filters, facets, order and folding. An opened generation never changes and serves all threads.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

from whoosh.index import EmptyIndexError, open_dir

from archive.article import Article
from index import manifest
from index.columns import Columns
from index.counting import counts, filters
from index.engine import Damaged, Found, Match
from index.evaluator import Evaluator, Scored
from index.language import parse
from index.packing import unpack
from index.paging import Place, page
from index.query import Query
from index.whoosh_postings import WhooshPostings
from index.whoosh_schema import PLACED_FIELDS, SCHEMA

COLUMNS = "columns.npz"


class Generation:
    """One published generation, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.info = manifest.read(folder).info
        try:
            self.columns = Columns.load(folder / COLUMNS)
            self._reader = open_dir(str(folder), readonly=True, schema=SCHEMA).reader()  # type: ignore[no-untyped-call]
        except (OSError, ValueError, KeyError, BadZipFile, EmptyIndexError) as error:
            raise Damaged(f"the index in {folder} cannot be read ({error}); run: flask reindex --full") from error
        self._postings = WhooshPostings(self._reader)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The evaluator over this generation."""
        return Evaluator(self._postings, self.columns)

    def article(self, document: int) -> Article:
        """The article of a live document."""
        with self._postings.lock:
            stored = self._reader.stored_fields(document)["article"]
        return unpack(stored)

    def find(self, query: Query) -> Found:
        """Answer a query; see `Engine.find`."""
        matching = self.evaluator.evaluate(parse(query.text))
        passing = filters(query, self.columns)
        kept = passing.without(frozenset())[matching.documents]
        found = Scored(matching.documents[kept], matching.scores[kept])
        return Found(
            articles=len(found.documents),
            stories=self.columns.stories_in(found.documents),
            matches=tuple(self._match(place) for place in page(found, self.columns, query)),
            counts=counts(matching.documents, passing, self.columns),
            index=self.info,
        )

    def check(self) -> Iterator[str]:
        """Read every article and every posting list back; a sentence for each that is not as it was written."""
        described = manifest.describe(self.columns).info
        if described.id != self.info.id:
            yield f"the columns say the index is {described.id}, the manifest {self.info.id}"
        for article_id, document in self.columns.number_of.items():
            if problem := self._problem(article_id, document):
                yield f"article {article_id}: {problem}"
        for field in PLACED_FIELDS:
            yield from self._misplaced(field)

    def _problem(self, article_id: str, document: int) -> str | None:
        try:
            article = self.article(document)
        except Exception as error:  # noqa: BLE001  # whatever damage raises, it is what is to be told
            return f"cannot be read back ({error})"
        if (article.id, article.digest) != (article_id, self.columns.digests[document]):
            return f"another one ({article.id}) is stored in its place"
        return None

    def _misplaced(self, field: str) -> Iterator[str]:
        """Terms whose postings name documents there are not, or count otherwise than their positions do."""
        for term in self._postings.vocabulary(field):
            try:
                documents, counts = self._postings.read_frequencies(field, term)
                keys = self._postings.read_positions(field, term)
            except Exception as error:  # noqa: BLE001  # as above
                yield f"the postings of {term!r} in {field} cannot be read ({error})"
                continue
            if documents.max(initial=0) >= len(self.columns.live) or len(keys) != counts.sum():
                yield f"the postings of {term!r} in {field} do not fit the index"

    def _match(self, place: Place) -> Match:
        copies = tuple(self.columns.ids[copy] for copy in place.copies)
        return Match(self.article(place.document), place.score, self.columns.story_id(place.document), copies)
