"""What every engine promises, and the engines held to it."""
