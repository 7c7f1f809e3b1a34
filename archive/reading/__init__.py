"""Files of every kind → records.

This wing knows file formats, character encodings and field names. It hands out `Record`s, one for each article found,
and a `Rejected` with its place and reason for whatever cannot be read. Start with `records`.
"""
