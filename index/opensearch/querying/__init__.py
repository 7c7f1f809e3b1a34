"""Queries in the server's language: trees with scores, filters and ranges of days, and what only the texts can tell.

It hands out `trees.QueryMaker` and `filters.Filters`. Start with `trees`, then `leaves`; `proximity` does phrases.
"""
