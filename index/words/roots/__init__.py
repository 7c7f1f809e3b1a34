"""Roots: which root an Indonesian word has, chosen among all that the rules of affixes can reach.

The weights it is chosen by are counted once from news and shipped with the code (`learn.py`), never learned from the
archive they are used on: so a word has the same root in every archive.
"""
