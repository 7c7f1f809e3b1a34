"""The texts of a published generation by their samples, by which candidates for copies of new articles are found.

Each article has the digest of its text, which orders texts, the hashes of its sample, by which it is found, and the
sample with the number of its shingles as bytes. Articles with the same digest have the same text. A list of a hash may
be long, since thousands of articles share a stock phrase. So texts are asked for in the order of digests, a page at a
time, and a hash is asked for no longer once the texts that are wanted of it have come.
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from archive.copies.candidates.known_texts import SampledTexts
from archive.copies.comparing.pair_evidence import Digests
from archive.copies.fingerprints import Sample
from archive.copies.ragged_arrays import Indices, RaggedArray
from index.engine import DamagedIndex
from index.opensearch.cluster import Cluster
from index.opensearch.documents import PACKED_SAMPLE
from index.opensearch.identifiers import digests_of, numbers_of
from index.opensearch.mapping import SAMPLE, SAMPLE_BYTES, TEXT_DIGEST

PAGE: Final = 2_000  # texts of one answer: some 700 kB
ASKED_AT_ONCE: Final = 1 << 15  # hashes or digests of one question, 400 kB; with fewer, texts come several times
PADDING: Final = "=="  # which the server leaves out of base64; more of it than is needed does no harm


class IndexedTexts:
    """The texts of one index `texts`; implements `candidates.known_texts.KnownTexts`."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index

    def sharing(self, hashes: Sample, most: int | None = None) -> SampledTexts:
        """See `KnownTexts.sharing`."""
        portions = (hashes[at : at + ASKED_AT_ONCE] for at in range(0, len(hashes), ASKED_AT_ONCE))
        return SampledTexts.together([page for portion in portions for page in self._sharing(portion, most)])

    def with_digests(self, digests: Digests) -> SampledTexts:
        """See `KnownTexts.with_digests`. Raises DamagedIndex where one is missing."""
        portions = (digests[at : at + ASKED_AT_ONCE] for at in range(0, len(digests), ASKED_AT_ONCE))
        wanted = ({"terms": {TEXT_DIGEST: numbers_of(portion)}} for portion in portions)
        found = SampledTexts.together([page for query in wanted for page in self._pages(query)])
        if len(found) != len(digests):
            raise DamagedIndex(
                f"{len(digests) - len(found):,} texts are missing in {self._cluster.address}; run: flask reindex --full"
            )
        return found

    def every(self) -> SampledTexts:
        """See `KnownTexts.every`."""
        return SampledTexts.together(list(self._pages({"exists": {"field": TEXT_DIGEST}})))

    def _sharing(self, hashes: Sample, most: int | None) -> Iterator[SampledTexts]:
        counts, last = np.zeros(len(hashes), np.int64), None
        while len(hashes):
            page = self._page({"terms": {SAMPLE: hashes.view(np.int32).tolist()}}, last)
            yield page
            if len(page) < PAGE:
                return
            last = page.digests[-1]
            if most is not None:
                counts += _occurrences(hashes, page)
                hashes, counts = hashes[counts < most], counts[counts < most]

    def _pages(self, query: dict[str, Any]) -> Iterator[SampledTexts]:
        page = self._page(query, None)
        yield page
        while len(page) == PAGE:
            page = self._page(query, page.digests[-1])
            yield page

    def _page(self, query: dict[str, Any], after: np.uint64 | None) -> SampledTexts:
        """The texts that match, first by digest, each once; those after a digest."""
        body: dict[str, Any] = {
            "query": {"bool": {"filter": query}},
            "size": PAGE,
            "sort": [TEXT_DIGEST],
            "collapse": {"field": TEXT_DIGEST},
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": [SAMPLE_BYTES],
        }
        if after is not None:
            body["search_after"] = numbers_of(np.array([after], np.uint64))
        return _texts(self._cluster.search(self._index, body)["hits"]["hits"])


def _texts(hits: Sequence[Any]) -> SampledTexts:
    if not hits:
        return SampledTexts.together(())
    packed = [b64decode(f"{hit['fields'][SAMPLE_BYTES][0]}{PADDING}") for hit in hits]
    values = np.frombuffer(b"".join(packed), PACKED_SAMPLE).astype(np.uint32)
    lengths = np.array([len(one) // PACKED_SAMPLE.itemsize for one in packed], np.int64)
    starts = np.cumsum(lengths) - lengths
    hashes = RaggedArray.from_lengths(np.delete(values, starts), lengths - 1)
    return SampledTexts.of(digests_of([hit["sort"][0] for hit in hits]), values[starts].astype(np.int64), hashes)


def _occurrences(hashes: Sample, page: SampledTexts) -> Indices:
    """In how many texts of a page each of some ascending hashes is."""
    values = page.samples.hashes.values
    at = np.searchsorted(hashes, values)
    at = at[hashes.take(at, mode="clip") == values]
    return np.bincount(at, minlength=len(hashes))
