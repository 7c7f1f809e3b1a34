"""The benchmarks and quality measures count what they say."""
