"""Indonesian dates, and articles dated from evidence."""
