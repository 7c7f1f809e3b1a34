"""Query expansion: what a query finds beside the typed words, decided from what the archive itself writes.

`query_expansion` adds to a parsed tree what means the same: long and short forms, spelling variants, joints and
synonyms. The other modules each decide one question of it. All engines read queries through `parse_and_expand`. Start
with `query_expansion`.
"""
