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
from index.columns import Columns
from index.engine import Damaged, IndexInfo, NoIndex
from index.stemming import VERSION as STEMMING_VERSION

MANIFEST = "manifest.json"
FORMAT = "2"  # of the fields and files of a generation; another format means a rebuild
VERSION = f"{FORMAT}.{INTAKE_VERSION}.{STEMMING_VERSION}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's version and what it holds."""

    version: str
    info: IndexInfo

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        info = self.info
        fields = {"version": self.version, "id": info.id, "articles": info.articles, "stories": info.stories}
        text = json.dumps({**fields, "built": info.built.isoformat()}, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def describe(columns: Columns) -> Manifest:
    """The manifest of a generation just built, with these columns."""
    info = IndexInfo(
        id=_index_id(columns),
        articles=len(columns.by_id),
        stories=columns.stories_in(columns.everything),
        built=datetime.now().astimezone().replace(microsecond=0),
    )
    return Manifest(VERSION, info)


def read(folder: Path) -> Manifest:
    """The manifest of a generation; NoIndex where it is of another version, Damaged where it cannot be read."""
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        built = datetime.fromisoformat(fields["built"])
        manifest = Manifest(fields["version"], IndexInfo(fields["id"], fields["articles"], fields["stories"], built))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{folder} is not a whole index ({error}); run: flask reindex --full") from error
    if manifest.version != VERSION:
        raise NoIndex(f"the index in {folder.parent} was built by another version of Kliping; run: flask reindex")
    return manifest


def _index_id(columns: Columns) -> str:
    digest = blake2b(VERSION.encode(), digest_size=6)
    ids, digests, stories = list(columns.ids), list(columns.digests), columns.story.tolist()
    for number in columns.by_id.tolist():
        digest.update(f"{ids[number]}\t{digests[number]}\t{ids[stories[number]]}\n".encode("utf-8", "replace"))
    return digest.hexdigest()
