"""The manifest: what a generation says about itself, in one small JSON file written last.

A folder without a readable manifest is no generation, so a half-written one can never be opened. The index id is a
digest of the articles, their stories and the rules' versions: two archives with the same id answer alike.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from archive.intake import VERSION as INTAKE_VERSION
from index.embedded.facts.columns import Columns
from index.engine import Damaged, IndexInfo, NoIndex
from index.words.stemming import version as stemming_version

MANIFEST = "manifest.json"
FORMAT = "8"  # of the fields and files of a generation; another format means a rebuild
VERSION = f"{FORMAT}.{INTAKE_VERSION}"
AT_ONCE = 1 << 14  # articles digested at once


def version() -> str:
    """The version of all rules an index is made by; the reader's exceptions of stemming are part of it."""
    return f"{VERSION}.{stemming_version()}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's version, that of the stems in it, and what it holds."""

    version: str
    stems: str
    info: IndexInfo

    @property
    def stems_are_current(self) -> bool:
        """Whether words are still stemmed as they were in it; if not, queries would ask for other stems."""
        return self.stems == stemming_version()

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        info = self.info
        versions = {"version": self.version, "stems": self.stems}
        holds = {"id": info.id, "articles": info.articles, "stories": info.stories}
        text = json.dumps({**versions, **holds, "built": info.built.isoformat()}, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def describe(columns: Columns) -> Manifest:
    """The manifest of a generation just built, with these columns."""
    info = IndexInfo(
        id=_index_id(columns),
        articles=len(columns.by_id),
        stories=columns.stories.count(columns.everything),
        built=datetime.now().astimezone().replace(microsecond=0),
    )
    return Manifest(VERSION, stemming_version(), info)


def read(folder: Path) -> Manifest:
    """The manifest of a generation; NoIndex where it is of another version, Damaged where it cannot be read."""
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        info = IndexInfo(fields["id"], fields["articles"], fields["stories"], datetime.fromisoformat(fields["built"]))
        manifest = Manifest(fields["version"], fields.get("stems", ""), info)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{folder} is not a whole index ({error}); run: flask reindex --full") from error
    if manifest.version != VERSION:
        raise NoIndex(f"the index in {folder.parent} was built by another version of Kliping; run: flask reindex")
    return manifest


def _index_id(columns: Columns) -> str:
    digest = blake2b(version().encode(), digest_size=6)
    for start in range(0, len(columns.by_id), AT_ONCE):
        documents = columns.by_id[start : start + AT_ONCE]
        held = (columns.ids.held.taken(documents), columns.digests.held.taken(documents))
        leads = (columns.ids.held.taken(groups.of[documents]) for groups in (columns.stories, columns.loose))
        for told in zip(*held, *leads, strict=True):
            digest.update(b"%b\t%b\t%b\t%b\n" % told)
    return digest.hexdigest()
