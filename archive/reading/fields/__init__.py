"""The fields of an article inside a file: which column or key holds which, and what its value says as text.

This package knows the names and kinds of values that scrapers, exports and databases write. It knows no file format:
every parser hands its names and values to `archive.reading.field_names`. Start with `names`.
"""
