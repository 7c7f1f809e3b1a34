"""Leaf terms: the terms of the exact fields by which the occurrences of a leaf are found in one segment."""

from collections.abc import Sequence

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.schema import INDEX_FIELDS, TextFields
from index.embedded.terms.segment_terms import matching_terms
from index.query.tree import Phrase, TextLeaf, Wildcard, Word
from index.words.stemming import stem


def leaf_terms(leaf: TextLeaf, fields: SegmentFields) -> Sequence[Array]:
    """The numbers of the terms of a leaf, each array ascending: one array a distinct form of a phrase, else one."""
    names = INDEX_FIELDS[leaf.field]
    if names.exact not in fields.postings:
        return [np.empty(0, np.int64) for _ in range(len(set(leaf.forms)) if isinstance(leaf, Phrase) else 1)]
    match leaf:
        case Phrase(forms=forms):
            return [_form(fields, names.exact, form) for form in dict.fromkeys(forms)]
        case Wildcard(pattern=pattern):
            return [matching_terms(fields, names.exact, pattern)]
        case Word(capitals=True, form=form):
            return [_form(fields, names.exact, form)]
        case _:
            return [_forms_of_stem(fields, names, stem(leaf.form), {form.encode() for form in leaf.without})]


def _form(fields: SegmentFields, field: str, form: str) -> Array:
    found = fields.number(field, form.encode())
    return np.array([found] if found >= 0 else [], np.int64)


def _forms_of_stem(fields: SegmentFields, names: TextFields, root: str, without: set[bytes]) -> Array:
    """The numbers of the forms that have a stem where they stand alone, ascending."""
    if names.stem not in fields.terms:
        return np.empty(0, np.int64)
    number = fields.derived_number(names.stem, root.encode())
    found = np.flatnonzero(fields.array(names.stem, "of_forms") == number) if number >= 0 else np.empty(0, np.int64)
    terms = fields.terms[names.exact]
    return np.array([at for at in found.tolist() if terms[at] not in without], np.int64)
