"""The embedded engine, below its contract."""
