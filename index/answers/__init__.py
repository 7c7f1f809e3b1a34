"""From a query to an answer that a page, the API or the command line can show.

This wing knows snippets, highlighting, autocomplete, corrections and what helps where a query finds nothing. It works
the same over every engine and hands out `Results`. Start with `search`.
"""
