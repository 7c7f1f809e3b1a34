"""Tests of snippets, autocomplete, spelling corrections and the zero-results page."""
