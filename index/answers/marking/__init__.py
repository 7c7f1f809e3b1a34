"""Marking: which stretches of a text a query matched.

It follows the matching rules of the engines, without an index. Start with `highlighting`.
"""
