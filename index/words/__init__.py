"""Tokenization and stemming of Indonesian text.

This wing holds the tokenizer, the stemmer, word families and lists of stop words. It hands out tokens with exact
character offsets, and their stems. Start with `tokenizer`, then `stemming`. Only `sastrawi` imports Sastrawi.
"""
