"""What is promised to users, held to its word."""
