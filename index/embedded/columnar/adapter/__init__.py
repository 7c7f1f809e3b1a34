"""Whoosh's interfaces over columnar segments.

This package implements Whoosh's codec, readers, writers and matcher, so that Whoosh's own queries work and serve as a
test oracle. It also has the bulk writer that builds use. It provides `ColumnarIndex` and `BulkWriter`. Start with
`codec`.
"""
