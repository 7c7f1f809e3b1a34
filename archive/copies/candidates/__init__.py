"""Candidate pairs: which of millions of texts are worth comparing, decided from the samples of their shingles.

`collisions` finds the pairs; `kept_pairs` brings those of the last run up to date, which is where `near_duplicates`
starts. Both read the posting lists of `postings`. The texts of the last run are asked for by the protocol of
`known_texts`, which an index may answer.
"""
