"""Postings of one field: inverted, packed, merged, and derived for stems.

This room knows terms, document numbers, frequencies and positions. It hands out `Postings` and `PackedPostings`. Start
with `inversion`.
"""
