"""The archive: turns files into articles that are cleaned, attributed, dated and grouped into stories.

This package knows nothing about search, HTTP or presentation. It imports neither `index` nor `web`.
"""
