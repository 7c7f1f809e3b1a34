"""The commands of `flask`: reindex, search, shortforms, boilerplate, stem, info and verify.

This folder has their options, exit statuses and output. Start with `cli`.
"""
