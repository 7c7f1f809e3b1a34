"""From a query tree to documents, scores, facet counts and a page of hits.

This room knows Boolean operators, phrases, wildcards and BM25 over whole posting lists. It hands out document sets with
their scores, counts and pages. Start with `query_tree`.
"""
