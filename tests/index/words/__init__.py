"""Tests of the tokenizer and the stemmer."""
