"""Near-duplicate articles, from fingerprints to stories.

The pipeline is fingerprints → candidates → verification → relations → stories. The wing hands out `Stories` (groups of
copies with the relation of each pair) and compares versions of a text side by side. Start with `near_duplicates`.
"""
