"""The workbench: what pages and API share of trends, coverage and lines in context, below both surfaces.

It reads and writes the arguments of these addresses, draws charts as numbers for a template, and writes tables of
batches as files. The counts come from `index.answers`. Start with `trend_arguments`.
"""
