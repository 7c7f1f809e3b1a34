"""Tests of press conventions: datelines, credits, boilerplate and passages."""
