"""Segments: the files of a segment, the batches that become one, and which segments are merged.

This package knows which arrays make a segment. It provides `Segment`. Start with `segment_files`.
"""
