"""The JSON API: the arguments of the pages in, the answers of the pages out.

This wing knows the names and shapes the API promises, and hands out plain values. Start with `routes`.
"""
