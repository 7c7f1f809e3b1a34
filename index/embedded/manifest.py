"""The manifest: a small JSON file that describes a generation and is written last.

A folder without a readable manifest is not a generation, so an incomplete one can never be opened. The index id is a
digest of the articles, their stories and the versions of the rules (`storage.identity`).

    {"version", "stems", "id", "articles", "stories", "built", "files": {name: [size, CRC-32]}, "digest"}

`files` lists every other file of the generation. `digest` is that of the manifest without it. There is one way to write
a manifest, and a file that differs from it in any byte is refused.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from archive.intake import VERSION as INTAKE_VERSION
from index.embedded.checksums import Checksum, checksums
from index.embedded.facts.columns import Columns
from index.engine import DamagedIndex, IndexInfo, OutdatedIndex
from index.storage.identity import RULES, index_id
from index.words.stemming import version as stemming_version

MANIFEST = "manifest.json"
FORMAT = "14"  # of the files of a generation; a new format requires a rebuild
VERSION = f"{FORMAT}.{RULES}.{INTAKE_VERSION}"
AT_ONCE = 1 << 14  # articles per step of the digest


@dataclass(frozen=True, slots=True)
class Manifest:
    """The version of a generation, the version of its stems, its contents, and the checksums of its files by name."""

    version: str
    stems: str
    info: IndexInfo
    files: Mapping[str, Checksum] = field(default_factory=dict)

    @property
    def stems_are_current(self) -> bool:
        """Whether the stemmer still gives the stems in the index; if not, queries would look up other stems."""
        return self.stems == stemming_version()

    def write(self, folder: Path) -> None:
        """Write the manifest of the files that are in the folder of a generation."""
        described = replace(self, files=checksums(folder, leaving_out={MANIFEST}))
        (folder / MANIFEST).write_bytes(_encoded(described))


def describe(columns: Columns) -> Manifest:
    """Create the manifest of a generation just built with these columns."""
    info = IndexInfo(
        id=index_id(_rows(columns)),
        articles=len(columns.by_id),
        stories=columns.stories.count(columns.everything),
        built=datetime.now().astimezone().replace(microsecond=0),
    )
    return Manifest(VERSION, stemming_version(), info)


def read(folder: Path) -> Manifest:
    """Read the manifest of a generation. Raises OutdatedIndex for another version, DamagedIndex if it was changed."""
    problem = f"{MANIFEST} is damaged: its content is not what was written"
    try:
        content = (folder / MANIFEST).read_bytes()
        fields = json.loads(content)
        manifest = _decoded(fields) if fields["version"] == VERSION else None
    except OSError as error:
        problem = f"{MANIFEST} cannot be read ({error.strerror})"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    else:
        if manifest is None:
            raise OutdatedIndex(
                f"the index in {folder.parent} was built by another version of Kliping; run: flask reindex"
            )
        if _encoded(manifest) == content:
            return manifest
    raise DamagedIndex(f"{folder} is not a whole index ({problem}); run: flask reindex --full")


def _decoded(fields: Mapping[str, Any]) -> Manifest:
    info = IndexInfo(fields["id"], fields["articles"], fields["stories"], datetime.fromisoformat(fields["built"]))
    files = {name: Checksum(size, found) for name, (size, found) in fields["files"].items()}
    if unsafe := [name for name in files if Path(name).name != name]:
        raise ValueError(f"{MANIFEST} names files elsewhere: {unsafe[0]!r}")
    return Manifest(fields["version"], fields["stems"], info, files)


def _encoded(manifest: Manifest) -> bytes:
    info = manifest.info
    fields: dict[str, object] = {"version": manifest.version, "stems": manifest.stems}
    fields |= {"id": info.id, "articles": info.articles, "stories": info.stories, "built": info.built.isoformat()}
    fields["files"] = {name: list(manifest.files[name]) for name in sorted(manifest.files)}
    digest = blake2b(json.dumps(fields).encode(), digest_size=16).hexdigest()
    return f"{json.dumps({**fields, 'digest': digest}, indent=1)}\n".encode()


def _rows(columns: Columns) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """The rows that identify an index; see `identity.index_id`."""
    for start in range(0, len(columns.by_id), AT_ONCE):
        documents = columns.by_id[start : start + AT_ONCE]
        held = (columns.ids.held.taken(documents), columns.digests.held.taken(documents))
        leads = (columns.ids.held.taken(groups.of[documents]) for groups in (columns.stories, columns.loose))
        yield from zip(*held, *leads, strict=True)
