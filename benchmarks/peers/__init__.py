"""The peers: other engines over the same words, each queried in its own way. A new one is a module and a line here."""

from collections.abc import Callable
from typing import Final

from benchmarks.contestants import Peer
from benchmarks.peers.lucene import Lucene
from benchmarks.peers.sqlite_fts5 import Fts5
from benchmarks.peers.stock_whoosh import StockWhoosh
from benchmarks.peers.tantivy import Tantivy

PEERS: Final[tuple[Callable[[], Peer], ...]] = (Tantivy, Lucene, Fts5, StockWhoosh)
