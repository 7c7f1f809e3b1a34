"""Near-duplicates: found, related, and compared side by side."""
