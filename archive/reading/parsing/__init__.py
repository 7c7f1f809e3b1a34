"""Parsing of pages and documents: asked in processes of their own, in limited time and memory, and never twice.

Start with `parsers`; what the costly ones answered is kept in a file between runs (`answer_file`).
"""
