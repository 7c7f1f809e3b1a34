"""From files to a published index, by one path.

This wing reads records, learns boilerplate and short forms from them, makes articles in several processes and hands
them to the build of an engine. It hands out a `Report`. Start with `pipeline`.
"""
