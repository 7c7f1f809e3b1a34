"""Benchmarks: the cost of indexing and searching, for Kliping and for other engines, on real articles.

The application imports nothing from here, and the benchmarks use only its interfaces (`reindex`, `find`), so another
engine behind the same interface can be measured unchanged. `__main__` is the command; `copies` is one of its own.

    corpus, vocabulary, preparing, repeating    the articles, their words, and archives made of them
    requests, choosing                          the kinds of requests, and how they are chosen from the articles
    contestants, kliping, stages, peers/        the engines measured, behind one protocol; Lucene's Java is in lucene/
    measuring, memory, phases, jobs             timing, memory, and isolated processes
    alone, comparing, growth, report, results   the three parts of a run; tables for people, JSON for programs
"""
