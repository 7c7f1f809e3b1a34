"""Indonesian dates are parsed, and articles are dated from evidence."""
