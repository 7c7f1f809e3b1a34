"""Tests of query expansion: short forms, joints, near forms, capitals."""
