"""Everything we import from stock Whoosh; no other module of the program imports it.

whoosh3 declares itself typed, but most of its functions are not. These names are therefore `Any` to the type checker,
and so are the base classes of every class that inherits from them.
"""

from typing import Any

import whoosh.codec.base
import whoosh.codec.whoosh3
import whoosh.fields
import whoosh.filedb.filestore
import whoosh.formats
import whoosh.index
import whoosh.matching
import whoosh.reading
import whoosh.system
import whoosh.util.numeric
import whoosh.writing

_whoosh: Any = whoosh

FieldCursor: Any = _whoosh.codec.base.FieldCursor
FieldWriter: Any = _whoosh.codec.base.FieldWriter
TermsReader: Any = _whoosh.codec.base.TermsReader
W3Codec: Any = _whoosh.codec.whoosh3.W3Codec
W3PerDocReader: Any = _whoosh.codec.whoosh3.W3PerDocReader
W3PerDocWriter: Any = _whoosh.codec.whoosh3.W3PerDocWriter
W3Segment: Any = _whoosh.codec.whoosh3.W3Segment
STORED: Any = _whoosh.fields.STORED
FieldType: Any = _whoosh.fields.FieldType
Schema: Any = _whoosh.fields.Schema
FileStorage: Any = _whoosh.filedb.filestore.FileStorage
Existence: Any = _whoosh.formats.Existence
Frequency: Any = _whoosh.formats.Frequency
Positions: Any = _whoosh.formats.Positions
TOC: Any = _whoosh.index.TOC
FileIndex: Any = _whoosh.index.FileIndex
clean_files: Any = _whoosh.index.clean_files
LeafMatcher: Any = _whoosh.matching.LeafMatcher
ReadTooFar: Any = _whoosh.matching.ReadTooFar
TermInfo: Any = _whoosh.reading.TermInfo
TermNotFound: Any = _whoosh.reading.TermNotFound
pack_uint: Any = _whoosh.system.pack_uint
byte_to_length: Any = _whoosh.util.numeric.byte_to_length
SegmentWriter: Any = _whoosh.writing.SegmentWriter
