"""Tests of the archive: reading, press conventions, dates, copies and short forms."""
