"""The identity of an index: a digest of its articles, their stories and the versions of the rules.

Archives with the same id give the same answers, whichever engine keeps them, but for the order of indexing, which is
history of one index (`first_seen`).
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from archive.intake import VERSION as INTAKE_VERSION
from index.words.stemming import version as stemming_version

RULES: Final = "10"  # of the indexed fields and of scoring: with new rules the same articles give other answers


def version() -> str:
    """The version of all rules that decide the answers of an index, with the keeper's stemming exceptions."""
    return f"{RULES}.{INTAKE_VERSION}.{stemming_version()}"


def index_id(rows: Iterable[tuple[bytes, bytes, bytes, bytes]]) -> str:
    """The id of an index: of the id, digest, story and loose group of every article, in the order of their ids."""
    digest = blake2b(version().encode(), digest_size=6)
    for told in rows:
        digest.update(b"%b\t%b\t%b\t%b\n" % told)
    return digest.hexdigest()
