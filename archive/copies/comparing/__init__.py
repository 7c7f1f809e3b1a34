"""What two texts share and how the rest differs: the evidence of pairs of texts, from the hashes of their words.

Start with `pair_comparison`, which compares many pairs at once; `pair_batches` and `text_words` bring it the words.
"""
