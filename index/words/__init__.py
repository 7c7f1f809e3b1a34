"""Tokenization and stemming of Indonesian text.

This wing holds the tokenizer, the stemmer, the stop word lists and edit distance. It hands out tokens with exact
character offsets, and their stems. Start with `tokenizer`, then `stemming`. Only `sastrawi` imports Sastrawi.
"""
