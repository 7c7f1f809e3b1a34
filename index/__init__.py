"""Search: the query language, the engine contract, the index, and the answers that users see.

`engine` is the contract of every engine, and `embedded/` the engine that stores its index in a folder. `opening` picks
the engine for a location. `query/` parses queries, `words/` tokenizes and stems, `answers/` turns a query into what
users see, `reindexing/` turns files into a published index. Start with `engine`, then `answers.search` and
`reindexing.pipeline`. `index` may import `archive`, never `web`.
"""
