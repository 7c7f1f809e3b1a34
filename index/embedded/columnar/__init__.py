"""Columnar segments: a Whoosh codec whose postings, lengths and stored records are memory-mapped arrays.

Whoosh keeps the schema, the segment list, commits, locks and deletions; below its codec interface everything is arrays,
so a posting list is a slice of a mapped file. From below upwards: `format/` is the array file, `postings/` the postings
of one field, `segments/` the files of one segment, `adapter/` Whoosh's own interfaces over them. `stock` holds every
import of Whoosh. Start with `format.arrays`.
"""
