"""Columnar index segments: a Whoosh codec whose postings, lengths and stored records are memory-mapped arrays.

Whoosh keeps the schema, the list of segments, commits, locks and deletions. Below its codec interface everything is an
array, so a posting list is a slice of a mapped file. From bottom to top: `format/` is the array file, `postings/` the
postings of one field, `segments/` the files of one segment, and `adapter/` implements Whoosh's interfaces over them.
Only `stock` imports Whoosh. Start with `format.arrays`; docs/architecture/columnar.md describes the array layouts.
"""
