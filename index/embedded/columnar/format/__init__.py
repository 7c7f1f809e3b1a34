"""The file format: named arrays in one checksummed file, with lists of strings and stored records as arrays.

This room knows bytes and nothing of search. It hands out `ArrayFile` and `ArrayWriter`. Start with `arrays`.
"""
