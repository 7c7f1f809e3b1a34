"""The Whoosh schema: the indexed fields of an article.

- `exact` holds surface forms with positions (phrases, wildcards, quoted words), `stem` the stems of bare words. Both
  start with the title, unless it was derived from the text. `title_exact` and `title_stem` hold the title alone.
- `capitals` and `title_capitals` hold only all-caps words (AS, KPK), folded like the others. Their length counts all
  tokens of the text or title, so that a word scores as it would among all words.
- `units` and `title_units` are never searched: stem fields are derived from them, see
  `columnar/postings/derived_fields.py`.
- `facts` and `text` are the stored parts of an article, see `index/storage/serialization.py`.

Fields receive tokenized terms. The schema always comes from this module: opening an index unpickles no analyzer.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.embedded.columnar.stock import STORED, FieldType, Frequency, Positions, Schema, pack_uint

TITLE_GAP = 100  # positions between title and text, so that no phrase with a reasonable slop spans both


class Terms(FieldType):  # type: ignore[misc]  # untyped, see `stock`
    """A field whose value is a list of (term, position) pairs; `placed` fields store the positions."""

    def __init__(self, *, placed: bool) -> None:
        super().__init__(Positions() if placed else Frequency(), analyzer=None, scorable=True)
        self.placed = placed

    def index(self, value: Sequence[tuple[str, int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield the postings of one document: term, frequency, weight (equal), and the value in Whoosh's encoding."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for term, position in value:
            places[term].append(position)
        for term, at in places.items():
            yield term.encode(), len(at), float(len(at)), self.format.encode(at) if self.placed else pack_uint(len(at))


EXACT, STEM, CAPITALS, UNITS = "exact", "stem", "capitals", "units"
TITLE_EXACT, TITLE_STEM, TITLE_CAPITALS, TITLE_UNITS = "title_exact", "title_stem", "title_capitals", "title_units"
SCHEMA = Schema(
    facts=STORED(),
    text=STORED(),
    **{name: Terms(placed=True) for name in (EXACT, TITLE_EXACT)},
    **{name: Terms(placed=False) for name in (STEM, CAPITALS, UNITS, TITLE_STEM, TITLE_CAPITALS, TITLE_UNITS)},
)


@dataclass(frozen=True, slots=True)
class TextFields:
    """The index fields of one text: exact word forms, their stems, and words in all caps."""

    exact: str
    stem: str
    capitals: str


WHOLE = TextFields(EXACT, STEM, CAPITALS)
TITLE_ONLY = TextFields(TITLE_EXACT, TITLE_STEM, TITLE_CAPITALS)
# The field of a leaf (`query.tree.TEXT_FIELDS`) → the fields of the index that it searches.
INDEX_FIELDS = {None: WHOLE, "title": TITLE_ONLY}
