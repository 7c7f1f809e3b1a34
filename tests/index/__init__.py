"""Tests of search: queries, engines and answers."""
