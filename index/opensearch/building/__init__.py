"""Builds generations in a cluster: what was added waits on the disk, is written when its stories are known.

It hands out `build.OpenSearchBuild`; one build at a time holds the `lock`. Start with `build`, then `writing`.
"""
