"""The file format: named arrays in one checksummed file, with lists of strings and stored records as arrays.

This package knows bytes and nothing about search. It provides `ArrayFile` and `ArrayWriter`. Start with `arrays`.
"""
