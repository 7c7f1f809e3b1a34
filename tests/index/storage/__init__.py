"""Addresses of indices, and how articles are stored."""
