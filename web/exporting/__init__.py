"""Exporting: downloads of whole results, for pages, API and commands.

It hands out which export the arguments of an address ask for, what exports are told about the archive, and the response
that sends one as it is written. Start with `downloads.py`.
"""
