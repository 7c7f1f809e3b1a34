"""The indexing pipeline: from files to a published index.

This wing reads records, learns boilerplate and short forms from them, turns them into articles in several processes and
passes these to the build of an engine. It hands out a `ReindexReport`. Start with `pipeline`.
"""
