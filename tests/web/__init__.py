"""Pages and API over HTTP, and what both share."""
