"""The pages: each address reads its arguments, asks once and hands values to a template.

This wing knows what a page shows beside the answer: chips, facet panels, the timeline, an article with its marks. Start
with `routes`.
"""
