"""Snippets, autocomplete, corrections and the zero-results page."""
