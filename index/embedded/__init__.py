"""The embedded search engine: a Whoosh index in one folder, with segments stored as memory-mapped arrays.

Each build publishes a new *generation* in one atomic step; readers keep the generation they opened. The wing hands out
`WhooshEngine`. Start with `engine`, then `generation` for reading and `build` for writing. Rooms: `inverting/` turns
articles into postings, `terms/` finds posting lists, `evaluating/` turns a query tree into scored documents, `facts/`
holds one array per document attribute, `columnar/` is the segment file format.
"""
