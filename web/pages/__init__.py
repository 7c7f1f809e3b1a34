"""The HTML pages: each route parses its arguments, queries the engine and passes values to a template.

This folder has everything a page shows in addition to the hits: query chips, facet panels, the timeline, the text of an
article with highlighted hits, citations, and the help on a zero-results page. Start with `routes`.
"""
