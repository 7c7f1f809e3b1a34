"""The manifest: a small JSON file that describes a generation and is written last.

A folder without a readable manifest is not a generation, so an incomplete one can never be opened. The index id is a
digest of the articles, their stories and the versions of the rules: archives with the same id give the same answers.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from archive.intake import VERSION as INTAKE_VERSION
from index.embedded.facts.columns import Columns
from index.engine import DamagedIndex, IndexInfo, NoIndex
from index.words.stemming import version as stemming_version

MANIFEST = "manifest.json"
FORMAT = "9"  # of the fields and files of a generation; a new format requires a rebuild
VERSION = f"{FORMAT}.{INTAKE_VERSION}"
AT_ONCE = 1 << 14  # articles per step of the digest


def version() -> str:
    """Return the version of all rules that decide the content of an index, including the user's stemming exceptions."""
    return f"{VERSION}.{stemming_version()}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The version of a generation, the version of its stems, and its contents."""

    version: str
    stems: str
    info: IndexInfo

    @property
    def stems_are_current(self) -> bool:
        """Whether the stemmer still gives the stems in the index; if not, queries would look up other stems."""
        return self.stems == stemming_version()

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of a generation."""
        info = self.info
        versions = {"version": self.version, "stems": self.stems}
        holds = {"id": info.id, "articles": info.articles, "stories": info.stories}
        text = json.dumps({**versions, **holds, "built": info.built.isoformat()}, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def describe(columns: Columns) -> Manifest:
    """Create the manifest of a generation just built with these columns."""
    info = IndexInfo(
        id=_index_id(columns),
        articles=len(columns.by_id),
        stories=columns.stories.count(columns.everything),
        built=datetime.now().astimezone().replace(microsecond=0),
    )
    return Manifest(VERSION, stemming_version(), info)


def read(folder: Path) -> Manifest:
    """Read the manifest of a generation; NoIndex if it has another version, DamagedIndex if it cannot be read."""
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        info = IndexInfo(fields["id"], fields["articles"], fields["stories"], datetime.fromisoformat(fields["built"]))
        manifest = Manifest(fields["version"], fields.get("stems", ""), info)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(f"{folder} is not a whole index ({error}); run: flask reindex --full") from error
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
