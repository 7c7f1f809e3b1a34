"""The JSON API: it takes the arguments of the pages and returns the answers of the pages.

This folder has the names and shapes that the API promises; its functions return plain values. Start with `routes`.
"""
