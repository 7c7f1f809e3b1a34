"""Tests of the indexing pipeline."""
