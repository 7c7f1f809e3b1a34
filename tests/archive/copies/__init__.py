"""Tests of near-duplicate detection and version comparison."""
