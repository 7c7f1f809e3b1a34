"""Articles: read from files, understood as press texts, cleaned, dated, and grouped into stories.

This package knows nothing of finding, HTTP or looks; it may import neither `index` nor `web`.
"""
