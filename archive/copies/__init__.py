"""Near-duplicate detection: from word shingles to stories, and the comparison of two versions of a text.

The pipeline is fingerprints → candidates → verification → relations → stories. The package hands out `Stories` (groups
of copies, with the relation of each article to the lead of its group) and compares versions of a text side by side.
Start with `near_duplicates`; docs/architecture/copies.md lists the modules.
"""
