"""Queries: the query language, its syntax tree, and the search request.

This wing knows the syntax: text → tree → text, date ranges, and syntax errors with positions. It hands out `Query`, the
request that URLs and commands send to an engine, and the tree that engines evaluate. Start with `tree`, then
`language`.
"""
