"""The embedded engine: a Whoosh index in one folder, whose segments are memory-mapped arrays.

This wing knows generations: each build publishes a new one in a single step, and readers keep the one they opened. It
hands out `WhooshEngine`. Start with `engine`, then `generation` for reading and `build` for writing. Inside:
`inverting/` turns articles into postings, `terms/` finds posting lists, `evaluating/` turns a query tree into scored
documents, `facts/` keeps one value of each document as an array, `columnar/` is the file format.
"""
