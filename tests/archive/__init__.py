"""Articles: reading, press texts, dates, copies and short forms."""
