"""Reuse: the pages by which articles and results are taken into other programs and into papers.

It knows the export form, citations, the metadata of an article, the paragraph on methods, and feeds. Start with
`results.py`.
"""
