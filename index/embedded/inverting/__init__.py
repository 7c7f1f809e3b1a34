"""From articles to inverted batches, in any process.

The modules tokenize many texts at once and sort their tokens into postings. They provide batches in files, which a
build merges into segments. Start with `preparation`.
"""
