"""Press conventions: the structure and metadata of an Indonesian news text.

This package recognizes datelines, bylines, agency credits, outlets and boilerplate. It splits a text into passages,
each with a role, and extracts the metadata that credits and datelines state. Start with `passages`.
"""
