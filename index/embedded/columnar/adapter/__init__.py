"""Whoosh's interfaces over columnar segments.

This room implements Whoosh's codec, readers, writers and matcher, so that Whoosh's own queries work and serve as an
oracle, and the bulk writer that builds use. It hands out `ColumnarIndex` and `BulkWriter`. Start with `codec`.
"""
