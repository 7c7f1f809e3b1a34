"""Benchmarks: what indexing and searching cost, ours and our peers', measured on real articles.

Nothing here is imported by the application, and nothing here knows more of it than its interfaces: an engine is opened,
fed by `reindex` and asked by `find`, so that another engine behind the same interface is measured unchanged.

    corpus, vocabulary      the articles measured on, and what words they hold
    requests, choosing      what is asked, and how it is chosen from the articles themselves
    contestants, kliping, peers/, lucene/   who is asked: one protocol, one module each
    measuring, memory       how time and memory are taken
    jobs                    what runs in a process of its own, so that its memory is its own
    alone, comparing, growth   the three parts of a run: ours by itself, beside its peers, at growing sizes
    report, results         tables for people, one JSON file for programs
"""
