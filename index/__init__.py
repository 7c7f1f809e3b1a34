"""Finding: queries, the index and the answers that every engine gives.

`opening` names the engine behind a location. `answers/` turns a query into what readers see, `reindexing/` turns files
into a published index. `engine` is the contract of all engines; `embedded/` is the one that lives in a folder. Start
with `engine`, then `answers.search` and `reindexing.pipeline`. `index` may import `archive`, never `web`.
"""
