"""Columnar segments: a Whoosh codec whose postings, lengths and stored records are memory-mapped arrays.

Whoosh keeps what it is good at: schema, segment list, commits, locks, deletions, query objects and scoring. Below its
codec interface everything is arrays, so that a posting list is a slice of a mapped file and not a loop. From below
upwards:

    arrays     the file format: named arrays in one aligned, checksummed file
    texts      lists of strings as two arrays, and looking things up in sorted ones
    postings   the posting arrays of one field, and inversion: from tokens to postings by one stable sort
    small_numbers, packed_postings, postings_writer
               the same as segments hold it, in two thirds of the room
    stored     stored records, compressed in blocks
    sources    what segments are made of: batches of new documents, or older segments
    merging    sorted sources become one sorted field, array-wise, a bounded portion at a time
    segments   the files of one segment, written from sources and opened for reading
    matching   Whoosh's matcher over one posting list
    reading    Whoosh's readers of terms and documents over one segment
    writing    Whoosh's writers of terms and documents, for its own `add_document`
    codec      the codec that names all of these
    policy     which segments are merged after a build
    bulk       the writer of whole batches, and of merges
"""
