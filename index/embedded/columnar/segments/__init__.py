"""Segments: the files of one, batches that wait to become one, and which are merged.

This room knows which arrays make a segment. It hands out `Segment`. Start with `segment_files`.
"""
