"""From files through commands and HTTP to a browser."""
