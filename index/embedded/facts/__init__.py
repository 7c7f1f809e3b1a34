"""Facts of documents: outlets, dates, stories and other values, as one array a fact.

This room writes the columns of a generation and maps them for reading. It hands out `Columns`. Start with `columns`.
"""
