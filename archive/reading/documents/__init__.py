"""Documents and spreadsheets: the bytes of one file become the values it holds, by a library for its format.

It knows neither field names nor records: it yields plain values for JSON, since it runs in a process of its own. Start
with `parsers`.
"""
