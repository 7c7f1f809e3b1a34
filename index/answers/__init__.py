"""Answers: turns a query into results that a page, the API or the command line can render.

This wing knows snippets, highlighting, autocomplete, spelling corrections and the zero-results page. It works the same
over every engine and hands out `Results`. Start with `search`.
"""
