"""The distributed engine: generations of an index in an OpenSearch cluster, behind the contract of all engines.

It hands out `engine.OpenSearchEngine`. Our tokenizer, stemmer, query trees and ranking decide every answer; the server
keeps, counts and orders. Start with `engine`, then `generations`, `reader` and `querying`. Only `cluster` speaks HTTP.
"""
