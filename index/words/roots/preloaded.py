"""Loads the root model on import, in the fork server, so that all forked processes share one copy."""

from index.words.roots.model import model

model()
