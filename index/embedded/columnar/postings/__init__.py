"""The postings of one field: inverted, packed, merged, and derived for stems.

This package knows terms, document numbers, frequencies and positions. It provides `Postings` and `PackedPostings`.
Start with `inversion`.
"""
