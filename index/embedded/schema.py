"""The Whoosh schema: which fields an article has in the index.

The text carries two fields: `exact` holds surface forms with their positions (phrases, wildcards, quoted words), `stem`
the stems of bare words. Both begin with the title, unless it was derived from the text that follows anyway. The title
stands once more alone in `title_exact` and `title_stem`. Beside them

- `capitals` and `title_capitals` hold only the words that stand in capitals throughout (AS, KPK), spelt like the
  others, so that they can be told from small ones. They are as long as the whole text or title, so that a word scores
  in them as it would among all words.
- `units` and `title_units` are asked by nobody: they hold what the stem fields are derived from beside the exact ones,
  see `columnar.deriving`.

Texts are tokenised by us, so a field is handed its terms, and an index can be read without unpickling anybody's
analyser: the schema is always given by this module.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from index.embedded.columnar.stock import STORED, FieldType, Frequency, Positions, Schema, pack_uint

TITLE_GAP = 100  # positions between title and text, so that no phrase or reasonable slop spans both


class Terms(FieldType):  # type: ignore[misc]  # of unknown type, see `stock`
    """A field that takes a document's terms as a list of (term, position); with or without keeping the positions."""

    def __init__(self, *, placed: bool) -> None:
        super().__init__(Positions() if placed else Frequency(), analyzer=None, scorable=True)
        self.placed = placed

    def index(self, value: Sequence[tuple[str, int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one document: term, frequency, weight (the same), and the value as Whoosh writes it."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for term, position in value:
            places[term].append(position)
        for term, at in places.items():
            yield term.encode(), len(at), float(len(at)), self.format.encode(at) if self.placed else pack_uint(len(at))


EXACT, STEM, CAPITALS, UNITS = "exact", "stem", "capitals", "units"
TITLE_EXACT, TITLE_STEM, TITLE_CAPITALS, TITLE_UNITS = "title_exact", "title_stem", "title_capitals", "title_units"
SCHEMA = Schema(
    article=STORED(),
    **{name: Terms(placed=True) for name in (EXACT, TITLE_EXACT)},
    **{name: Terms(placed=False) for name in (STEM, CAPITALS, UNITS, TITLE_STEM, TITLE_CAPITALS, TITLE_UNITS)},
)
