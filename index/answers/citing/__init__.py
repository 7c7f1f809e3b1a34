"""Citing: articles as references, in the exchange formats of reference managers and in citation styles.

A date is cited as precisely as it is known, and one that was inferred or is disputed says so. Start with
`reference.py`.
"""
