"""Serialization: answers as plain values for JSON, with the names that the API promises.

The API sends these values, and commands print them. Start with `answers.py`.
"""
