"""From articles to inverted batches, in any process.

This room tokenizes many texts at once and sorts their tokens into postings. It hands out batches in files, which a
build merges into segments. Start with `preparation`.
"""
