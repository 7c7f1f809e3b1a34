"""The query language and what a query asks for.

This wing knows the syntax: text → tree → text, dates, and errors with their position. It hands out `Query`, the one
value between a URL and an engine, and the tree that engines evaluate. Start with `tree`, then `language`.
"""
