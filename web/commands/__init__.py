"""The commands of `flask`: reindex, search, shortforms, boilerplate, stem, info and verify.

This wing knows options, exit codes and what is printed on a terminal or into a file. Start with `cli`.
"""
