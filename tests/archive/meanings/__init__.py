"""Short forms and spelling variants."""
