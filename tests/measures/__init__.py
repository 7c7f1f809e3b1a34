"""Tests of the benchmarks and quality measures: they measure what they claim."""
