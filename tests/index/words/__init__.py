"""Tokens and stems."""
