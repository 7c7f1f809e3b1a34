"""Concordance of the embedded engine: where the words of a query stand, and in which order their lines come.

`leaf_terms` has the terms of a leaf, `blocks` counts them and cuts what is read at once, `occurrences` finds places
from the positions of the exact fields, `sampling` chooses among them, `words_in_order` has the word at each position
for the orders by context, `lines` puts both together. Start with `lines`.
"""
