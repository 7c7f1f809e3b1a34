"""Hints: what may have been meant by a query, or is about to be typed.

Nothing of it is ever searched in place of the typed query. Start with `did_you_mean`, then `autocomplete`.
"""
