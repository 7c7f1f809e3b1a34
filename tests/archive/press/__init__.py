"""Datelines, credits, boilerplate and the passages of a text."""
