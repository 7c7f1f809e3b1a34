"""Consistency of a segment: whether its postings agree with its documents and with each other."""

from collections.abc import Iterator

import numpy as np

from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.segments.segment_files import SegmentFields


def inconsistent_postings(fields: SegmentFields, size: int) -> Iterator[str]:
    """Yield a sentence for each field with postings of unknown documents, or with wrong numbers of positions."""
    for name, postings in fields.postings.items():
        for first, last in portions(postings.starts):
            found = postings.between(first, last, placed=True)
            rows = int(postings.starts[last]) - int(postings.starts[first])
            if found.documents.max(initial=0) >= max(size, 1) or len(found.documents) != rows:
                yield f"the postings of {name} name documents that are not there"
            if found.positions is not None and len(found.positions) != found.counts.sum(dtype=np.int64):
                yield f"the positions of {name} are not as many as its frequencies say"
