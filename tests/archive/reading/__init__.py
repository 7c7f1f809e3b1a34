"""Tests of file reading: files become records, and unreadable input is reported."""
