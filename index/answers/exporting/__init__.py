"""Exporting: the whole result of a query, or chosen articles, as a file of one of several formats.

A format is a function from an `Export` to bytes, written as they are taken, so that no export is ever in memory. Every
file says which query and index it comes from, and so does the paragraph on methods. Start with `export.py`, then
`formats.py`.
"""
