"""Tests of web/: the pages and the API over HTTP, and the modules they share."""
