"""Counts of whole answers: facets and stories, bins of time, lines in context and words around places; all exact.

Facets and trends are aggregations of the server. `word_statistics` reads texts, of a stated number of articles at most.
"""
