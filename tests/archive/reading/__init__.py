"""Files become records, and what cannot be read is named."""
