"""File reading: parses files of all supported formats into records.

This package handles file formats, character encodings and field names. It yields one `Record` per article, and a
`Rejected` with location and reason for everything that cannot be read. Start with `records`.
"""
