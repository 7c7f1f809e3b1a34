"""The terms of one generation and their posting lists.

This room looks terms up in all segments, caches unpacked posting lists, and keeps the vocabulary with its stems. It
hands out `SegmentTerms` and `StoredVocabulary`. Start with `segment_terms`.
"""
