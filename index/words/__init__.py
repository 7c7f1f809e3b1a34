"""From text to words, and from words to stems.

This wing knows the tokenizer, the stemmer, stop words and edit distance. It hands out tokens with exact offsets, and
stems. Start with `tokenizer`, then `stemming`. Sastrawi is imported in `sastrawi` alone.
"""
