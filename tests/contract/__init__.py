"""The contract test suite of all engines, and the engines it runs over."""
