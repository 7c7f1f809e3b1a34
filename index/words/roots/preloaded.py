"""The model, read when this is imported: for the server that processes are forked from, so that all share one."""

from index.words.roots.model import model

model()
