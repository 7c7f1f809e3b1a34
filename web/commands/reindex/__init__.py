"""The command `flask reindex`: its request by arguments and settings, its progress, and its report.

Start with `command`.
"""
