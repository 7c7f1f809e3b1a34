"""The pages of the workbench: trends, coverage and lines in context, as values for their templates.

`routes` has their addresses and those of their files. The counts and lines come from `web.workbench.answers`, which the
API uses too.
"""
