"""The root model: chooses the root of an Indonesian word among all roots the affix rules can reach.

Its weights are learned once from news and shipped with the code (`learn.py`). They are never learned from the archive
being indexed, so a word has the same root in every archive. Start with `weighing`, then `readings` and `affixes`.
"""
