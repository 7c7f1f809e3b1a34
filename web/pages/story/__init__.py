"""The page of a story: its versions by time and outlet, paragraph by paragraph, and two of them word by word.

`web.story_versions` compares the versions; here the comparison is turned into what the page shows. Start with
`sentences.py`.
"""
