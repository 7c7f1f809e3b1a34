"""The vocabulary: the forms a generation's articles are written in, how many articles have each, and each one's stem.

It is one array file, `vocabulary.arrays`, written anew with each generation from the exact field of all segments. The
segments' own lists cannot stand for it: each has only its own terms, and counts articles that are deleted.

    forms             texts of F strings, ascending: each form that some live article has, title or text
    articles          u1|u2|u4[F]: how many live articles have it
    single            u1[⌈F/8⌉]: a bit for each form, the first the highest of its byte: 1 for one that is its own stem,
                      where that stands alone, and that of no other; so are four of five, names and slips
    stems             texts of S strings, ascending: the stems of all other forms
    family.starts     u4[S+1]: where the forms of each of these stems begin in `family.forms`
    family.forms      u4[…]: the places of the other forms by stem, and of one stem the most frequent first

What is one edit away needs no array of its own: some fifty forms a letter can be, and each is looked up by halving. All
those that share a beginning are looked up within its stretch of the list, which a few letters make short.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import ArrayFile, ArrayWriter
from index.embedded.columnar.format.string_lists import Texts
from index.embedded.columnar.postings.inversion import Counts, counted_starts, packed
from index.embedded.columnar.postings.merging import live_counts
from index.embedded.columnar.postings.term_union import places_of, ranked
from index.embedded.columnar.segments.segment_files import Segment, open_fields
from index.embedded.schema import EXACT
from index.embedded.terms.stem_table import StemTable
from index.words.edit_distance import edited

VOCABULARY: Final = "vocabulary.arrays"


class StoredVocabulary:
    """The vocabulary of a published generation, in mapped memory; implements `engine.Vocabulary`."""

    def __init__(self, folder: Path) -> None:
        self.file = ArrayFile(folder / VOCABULARY)
        self._forms = string_lists.read(self.file, "forms")
        self._stems = string_lists.read(self.file, "stems")
        self._articles, self._single = self.file["articles"], self.file["single"]
        self._family_starts, self._families = self.file["family.starts"], self.file["family.forms"]

    def articles(self, form: str) -> int:
        """See `Vocabulary.articles`."""
        place = self._forms.find(form.encode())
        return 0 if place < 0 else int(self._articles[place])

    def forms(self, stem: str) -> Sequence[tuple[str, int]]:
        """See `Vocabulary.forms`."""
        number = self._stems.find(stem.encode())
        if number < 0:
            return self._alone(stem)
        return self._at(self._families[self._family_starts[number] : self._family_starts[number + 1]])

    def starting(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """See `Vocabulary.starting`."""
        places = self._forms.beginning(beginning.encode())
        found = self._articles[places.start : places.stop].astype(np.int64)
        if len(found) > most > 0:
            least = np.partition(found, -most)[-most]
            kept = np.flatnonzero(found >= least)
        else:
            kept = np.arange(len(found))
        return self._at(places.start + kept[np.argsort(-found[kept], kind="stable")][: max(most, 0)])

    def near(self, form: str, most: int) -> Sequence[tuple[str, int]]:
        """See `Vocabulary.near`."""
        places = np.array(sorted(set(self._one_edit_away(form))), np.int64)
        counts = self._articles[places].astype(np.int64)
        return self._at(places[np.argsort(-counts, kind="stable")][: max(most, 0)])

    def _alone(self, form: str) -> Sequence[tuple[str, int]]:
        """A form that is its own stem and that of no other, if it is one."""
        place = self._forms.find(form.encode())
        if place < 0 or not np.unpackbits(self._single[place // 8])[place % 8]:
            return ()
        return self._at(np.array([place]))

    def _at(self, places: NDArray[Any]) -> Sequence[tuple[str, int]]:
        counts = self._articles[places].tolist()
        return tuple((self._forms[place].decode(), count) for place, count in zip(places.tolist(), counts, strict=True))

    def _one_edit_away(self, form: str) -> Iterator[int]:
        """The places of forms one edit from another, some of them more than once."""
        stretch = range(len(self._forms))
        for length in range(len(form) + 1):
            stretch = self._within(stretch, form[:length].encode())
            if not stretch:
                return
            for other in edited(form[:length], form[length:]):
                wanted = other.encode()
                place = bisect_left(self._forms, wanted, stretch.start, stretch.stop)
                if place < stretch.stop and other != form and self._forms[place] == wanted:
                    yield place

    def _within(self, stretch: range, beginning: bytes) -> range:
        """The part of a stretch whose forms have this beginning."""
        first = bisect_left(self._forms, beginning, stretch.start, stretch.stop)
        return range(first, bisect_left(self._forms, beginning + string_lists.AFTER_ALL, first, stretch.stop))


def write_vocabulary(folder: Path, segments: Sequence[Segment], stems: StemTable) -> None:
    """Write the vocabulary of some committed segments; `stems` is the build's table, which has them stemmed already."""
    forms, articles = _counted(folder, segments)
    names, (numbers,) = ranked([stems.stems(forms)])
    sizes = np.bincount(numbers, minlength=len(names))
    single = (places_of(forms, names) == numbers) & (sizes[numbers] == 1)
    sizes[numbers[single]] = 0
    others = np.flatnonzero(~single)
    with ArrayWriter(folder / VOCABULARY) as writer:
        writer.add("forms.at", forms.at)
        writer.add("forms.text", forms.text)
        writer.add("articles", packed(articles))
        writer.add("single", np.packbits(single))
        string_lists.write(writer, "stems", names.taken(np.flatnonzero(sizes)))
        writer.add("family.starts", counted_starts(sizes[sizes > 0]))
        writer.add("family.forms", others[np.lexsort((-articles[others], numbers[others]))].astype(np.uint32))


def _counted(folder: Path, segments: Sequence[Segment]) -> tuple[Texts, Counts]:
    """All forms, ascending, and how many live articles have each."""
    opened = [(open_fields(folder, segment).runs.get(EXACT), segment.live()) for segment in segments]
    held = [(run.terms, live_counts(run.postings, live)) for run, live in opened if run is not None]
    forms, ranks = ranked([terms for terms, _ in held])
    counts = np.zeros(len(forms), np.int64)
    for places, (_, of_each) in zip(ranks, held, strict=True):
        counts[places] += of_each
    kept = np.flatnonzero(counts)
    return forms.taken(kept), counts[kept]
