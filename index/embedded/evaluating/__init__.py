"""From a query tree to documents, scores, facet counts and a page of hits.

The modules apply Boolean operators, phrases, wildcards and BM25 to whole posting lists. They provide document sets with
scores, facet counts and pages. Start with `tree_evaluator`.
"""
