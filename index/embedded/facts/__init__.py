"""Facts of documents: outlets, dates, stories and other values, as one array a fact.

The modules write the columns of a generation and map them into memory for reading. They provide `Columns`. Start with
`columns`.
"""
