"""The vocabulary of a generation: its word forms, their document frequencies and their stems, in `vocabulary.arrays`.

    forms             string list [F], ascending: each form in the title or text of a live article
    articles          u1|u2|u4[F]: the number of live articles with the form
    single            u1[⌈F/8⌉]: one bit per form, most significant bit first: 1 for a form that is its own stem where
                      it stands alone, and the stem of no other form: four of five, such as names and typos
    stems             string list [S], ascending: the stems of all other forms
    family.starts     u4[S+1]: where the forms of each of these stems begin in `family.forms`
    family.forms      u4[…]: the indices of the other forms by stem, the most frequent first within a stem

The file is rebuilt with each generation from the exact field of all segments.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.meanings.edit_distance import edits_at
from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import ArrayFile, ArrayWriter
from index.embedded.columnar.format.string_lists import StringList
from index.embedded.columnar.postings.inversion import Counts, downcast, starts_from_counts
from index.embedded.columnar.postings.merging import live_counts
from index.embedded.columnar.postings.term_union import indices_of, union_terms
from index.embedded.columnar.segments.segment_files import Segment, open_fields
from index.embedded.schema import CAPITALS, EXACT, STEM
from index.embedded.terms.segment_terms import SegmentTerms
from index.embedded.terms.stem_table import StemTable

VOCABULARY: Final = "vocabulary.arrays"
STEMS_KEPT: Final = 1_024  # whose forms stay in memory: each word of a request asks for its own several times


class StoredVocabulary:
    """The vocabulary of a published generation, in mapped memory; implements `engine.TextVocabulary`."""

    def __init__(self, folder: Path, terms: SegmentTerms) -> None:
        self._terms = terms
        self.file = ArrayFile(folder / VOCABULARY)
        self._forms = string_lists.read(self.file, "forms")
        self._stems = string_lists.read(self.file, "stems")
        self._articles, self._single = self.file["articles"], self.file["single"]
        self._kept: dict[str, Sequence[tuple[str, int]]] = {}
        self._family_starts, self._families = self.file["family.starts"], self.file["family.forms"]

    def articles(self, form: str) -> int:
        """See `Vocabulary.articles`."""
        at = self._forms.find(form.encode())
        return 0 if at < 0 else int(self._articles[at])

    def forms(self, stem: str) -> Sequence[tuple[str, int]]:
        """See `Vocabulary.forms`."""
        found = self._kept.get(stem)
        if found is None:
            found = self._read_forms(stem)
            if len(self._kept) >= STEMS_KEPT:
                self._kept.clear()
            self._kept[stem] = found
        return found

    def _read_forms(self, stem: str) -> Sequence[tuple[str, int]]:
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

    def articles_in_capitals(self, form: str) -> int:
        """See `TextVocabulary.articles_in_capitals`."""
        return len(self._terms.posting(CAPITALS, form).documents)

    def articles_with_stem(self, stem: str) -> int:
        """See `TextVocabulary.articles_with_stem`."""
        return self._terms.documents_with(STEM, stem)

    def occurrences(self, forms: Sequence[str]) -> int:
        """See `TextVocabulary.occurrences`."""
        return self._terms.occurrences(EXACT, forms)

    def following(self, form: str, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """See `TextVocabulary.following`."""
        found: Counter[str] = Counter()
        for pairs in self._terms.title_pairs:
            found.update(pairs.following(form, beginning))
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].encode()))[: max(most, 0)]

    def size(self) -> int:
        """See `TextVocabulary.size`."""
        return self._terms.size(EXACT)

    def _alone(self, form: str) -> Sequence[tuple[str, int]]:
        """The form itself if it is its own stem and the stem of no other form, else nothing."""
        at = self._forms.find(form.encode())
        if at < 0 or not np.unpackbits(self._single[at // 8])[at % 8]:
            return ()
        return self._at(np.array([at]))

    def _at(self, places: NDArray[Any]) -> Sequence[tuple[str, int]]:
        counts = self._articles[places].tolist()
        return tuple((self._forms[at].decode(), count) for at, count in zip(places.tolist(), counts, strict=True))

    def _one_edit_away(self, form: str) -> Iterator[int]:
        """The indices of forms one edit away, some of them more than once.

        Each candidate (some fifty a letter) is looked up by binary search within the forms that share its prefix.
        """
        prefix_range = range(len(self._forms))
        for length in range(len(form) + 1):
            prefix_range = self._with_prefix(prefix_range, form[:length].encode())
            if not prefix_range:
                return
            for other in edits_at(form[:length], form[length:]):
                wanted = other.encode()
                at = bisect_left(self._forms, wanted, prefix_range.start, prefix_range.stop)
                if at < prefix_range.stop and other != form and self._forms[at] == wanted:
                    yield at

    def _with_prefix(self, prefix_range: range, beginning: bytes) -> range:
        """The part of a range of forms that has this prefix."""
        first = bisect_left(self._forms, beginning, prefix_range.start, prefix_range.stop)
        return range(first, bisect_left(self._forms, beginning + string_lists.AFTER_ALL, first, prefix_range.stop))


def write_vocabulary(folder: Path, segments: Sequence[Segment], stems: StemTable) -> None:
    """Write the vocabulary of committed segments; `stems` is the build's table, which holds all their stems already."""
    forms, articles = _counted(folder, segments)
    names, (numbers,) = union_terms([stems.stems(forms)])
    sizes = np.bincount(numbers, minlength=len(names))
    single = (indices_of(forms, names) == numbers) & (sizes[numbers] == 1)
    sizes[numbers[single]] = 0
    others = np.flatnonzero(~single)
    with ArrayWriter(folder / VOCABULARY) as writer:
        writer.add("forms.at", forms.at)
        writer.add("forms.text", forms.text)
        writer.add("articles", downcast(articles))
        writer.add("single", np.packbits(single))
        string_lists.write(writer, "stems", names.taken(np.flatnonzero(sizes)))
        writer.add("family.starts", starts_from_counts(sizes[sizes > 0]))
        writer.add("family.forms", others[np.lexsort((-articles[others], numbers[others]))].astype(np.uint32))


def _counted(folder: Path, segments: Sequence[Segment]) -> tuple[StringList, Counts]:
    """All forms, ascending, and the number of live articles with each."""
    opened = [(open_fields(folder, segment).runs.get(EXACT), segment.live()) for segment in segments]
    held = [(run.terms, live_counts(run.postings, live)) for run, live in opened if run is not None]
    forms, ranks = union_terms([terms for terms, _ in held])
    counts = np.zeros(len(forms), np.int64)
    for places, (_, of_each) in zip(ranks, held, strict=True):
        counts[places] += of_each
    kept = np.flatnonzero(counts)
    return forms.taken(kept), counts[kept]
