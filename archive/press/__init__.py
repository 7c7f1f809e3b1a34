"""What an Indonesian news text says about itself.

This wing knows datelines, bylines, agency credits, outlets and boilerplate. It hands out the passages of a text, each
with its role, and the facts that credits and datelines state. Start with `cleaning`.
"""
