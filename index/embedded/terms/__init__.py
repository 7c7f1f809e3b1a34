"""The terms of one generation and their posting lists.

The modules look terms up in all segments, cache decoded posting lists, and store the vocabulary with its stems. They
provide `SegmentTerms` and `StoredVocabulary`. Start with `segment_terms`.
"""
