"""Concordance of the embedded engine: where the words of a query stand, and in which order their lines come.

`occurrences` finds places from the positions of the exact fields, `words_in_order` has the word at each position
for the orders by context, `lines` puts both together. Start with `lines`.
"""
