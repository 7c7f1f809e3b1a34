"""The Whoosh schema: which fields an article has in the index, and how tokens become postings.

The text carries two fields: `exact` holds surface forms with their positions (phrases, wildcards, quoted words), `stem`
the stems of bare words. Both begin with the title, unless it was derived from the text that follows anyway. The title
stands once more alone in `title_exact` and `title_stem`. Texts are tokenised by us, so a field is handed its terms, and
an index can be read without unpickling anybody's analyser: the schema is always given by this module.
"""

from collections import defaultdict
from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis.analyzers import Analyzer
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Format

from archive.article import Article
from index.analysis import forms
from index.columns import row
from index.packing import pack
from index.stemming import Stems

TITLE_GAP = 100  # positions between title and text, so that no phrase or reasonable slop spans both


class Positions(Format):
    """A posting's value is its positions: uint32, ascending, little-endian; empty where only frequencies are kept."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions as plain numbers, for Whoosh's own matchers."""
        return [int(position) for position in positions(value)]

    def decode_frequency(self, value: bytes) -> int:
        """How many positions there are."""
        return len(value) // 4


class Terms(FieldType):
    """A field that takes a document's terms as a list of (term, position); with or without keeping the positions."""

    def __init__(self, *, placed: bool) -> None:
        super().__init__(Positions(), analyzer=Analyzer(), scorable=True)
        self.placed = placed

    def index(
        self, value: Sequence[tuple[str, int]], **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        """The postings of one document: term, frequency, weight (the same), positions."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for term, position in value:
            places[term].append(position)
        for term, at in places.items():
            yield term.encode(), len(at), float(len(at)), np.array(at, "<u4").tobytes() if self.placed else b""


def positions(value: bytes) -> NDArray[np.uint32]:
    """The positions a posting's value holds."""
    return np.frombuffer(value, "<u4")


SCHEMA = Schema(
    id=ID(unique=True),
    exact=Terms(placed=True),
    stem=Terms(placed=False),
    title_exact=Terms(placed=True),
    title_stem=Terms(placed=False),
    article=STORED(),
    row=STORED(),
)

PLACED_FIELDS = ("exact", "title_exact")


def document(article: Article, stems: Stems) -> dict[str, object]:
    """The fields of an article as `Schema` wants them."""
    title = forms(article.title)
    text = [pair for paragraph in article.paragraphs for pair in forms(paragraph)]
    whole = _placed(text, len(title) + TITLE_GAP)
    if not article.title_derived:
        whole = _placed(title, 0) + whole
    return {
        "id": article.id,
        "exact": [(form, place) for form, _, place in whole],
        "stem": [(stems.stem_of(form, unit), place) for form, unit, place in whole],
        "title_exact": [(form, place) for place, (form, _) in enumerate(title)],
        "title_stem": [(stems.stem_of(form, unit), place) for place, (form, unit) in enumerate(title)],
        "article": pack(article),
        "row": row(article).pack(),
    }


def _placed(words: Sequence[tuple[str, str]], first: int) -> list[tuple[str, str, int]]:
    return [(form, unit, place) for place, (form, unit) in enumerate(words, first)]
