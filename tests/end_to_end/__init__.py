"""End-to-end tests: from files through commands and HTTP to a browser."""
