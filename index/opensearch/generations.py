"""Generations in a cluster: which one is published, and how the next one takes its place in one step.

A generation is a manifest, three indices and files. The alias `name` points to the index `meta` of the published one;
its manifest names the indices of texts and articles, which several generations may share. The alias `name-kept` has all
that were published and are still there, so that an answer that began goes on. An index without it was never published:
it is left by an interrupted build, and the next one removes it.

    name-20261121t091500-3fa94c-meta         manifest, files
    name-20261121t091500-3fa94c-texts        what is searched
    name-20261121t091500-3fa94c-articles     whole articles
    name-builds                              the lock of builds
"""

import base64
import json
import re
import secrets
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from archive.intake import VERSION as INTAKE_VERSION
from index.engine import DamagedIndex, EngineError, IndexInfo, OutdatedIndex
from index.opensearch import mapping
from index.opensearch.bulk import Action, BulkWriter
from index.opensearch.cluster import LONG_SECONDS, Cluster, NotThere, ScriptsForbidden
from index.opensearch.mapping import Similarity
from index.storage.identity import RULES
from index.words.stemming import version as stemming_version

VERSION: Final = f"{mapping.LAYOUT}.{RULES}.{INTAKE_VERSION}"
KEPT: Final = timedelta(minutes=15)  # after another one was published: longer than any answer takes
COPIED_SECONDS: Final = 120  # for the replicas of a new generation
MANIFEST: Final = "manifest"
PIECE: Final = 1 << 20  # bytes of a file in one document
PIECES: Final = 8  # documents of a file in one request
_STAMP: Final = "%Y%m%dt%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation: versions, identity, its indices, the mean length of its texts, what scores its terms, its files.

    Each file has its size and CRC-32.
    """

    version: str
    stems: str
    id: str
    articles: int
    stories: int
    built: str
    texts: str
    articles_index: str
    length: float
    similarity: Similarity
    files: Mapping[str, tuple[int, int]]

    @property
    def info(self) -> IndexInfo:
        """Identity and size."""
        return IndexInfo(self.id, self.articles, self.stories, datetime.fromisoformat(self.built))

    @property
    def stems_are_current(self) -> bool:
        """Whether the stemmer still gives the stems in the index; if not, queries would look up other stems."""
        return self.stems == stemming_version()


class Generations:
    """The generations of one index in a cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.name = cluster.address.name
        self._ours = re.compile(rf"{re.escape(self.name)}-\d{{8}}t\d{{12}}-[0-9a-f]{{6}}-(meta|texts|articles)")

    @property
    def kept_alias(self) -> str:
        """The alias of all generations that were published."""
        return f"{self.name}-kept"

    def new_name(self) -> str:
        """The name of a new generation, after those of all before."""
        return f"{self.name}-{datetime.now(UTC).strftime(_STAMP)}-{secrets.token_hex(3)}"

    def current(self) -> str | None:
        """The index `meta` of the published generation, or None."""
        try:
            found = self.cluster.request("GET", f"/_alias/{self.name}")
        except NotThere:
            return None
        (meta,) = found if len(found) == 1 else (None,)
        if meta is None:
            raise DamagedIndex(f"{self.cluster.address} names several generations at once; run: flask reindex --full")
        return str(meta)

    def manifest(self, meta: str) -> Manifest:
        """The manifest of a generation. Raises OutdatedIndex for another version, DamagedIndex where there is none."""
        (told,) = self.cluster.documents(meta, [MANIFEST])
        if told is None:
            raise DamagedIndex(f"{self.cluster.address} is not a whole index; run: flask reindex --full")
        if told["version"] != VERSION:
            raise OutdatedIndex(
                f"the index in {self.cluster.address} was built by another version of Kliping; run: flask reindex"
            )
        files = {name: tuple(held) for name, held in told["files"].items()}
        return Manifest(**{**told, "similarity": Similarity(told["similarity"]), "files": files})

    def file(self, meta: str, name: str, described: tuple[int, int]) -> bytes:
        """The content of a file of a generation."""
        size, checksum = described
        ids = [f"{name}#{number}" for number in range(-(-size // PIECE))]
        pieces: list[bytes] = []
        for first in range(0, len(ids), PIECES):
            found = self.cluster.documents(meta, ids[first : first + PIECES])
            pieces += [b"" if told is None else base64.b64decode(told["content"]) for told in found]
        content = b"".join(pieces)
        if len(content) != size or zlib.crc32(content) != checksum:
            raise DamagedIndex(f"{name} in {self.cluster.address} is not as it was written; run: flask reindex --full")
        return content

    def create(self, index: str, body: Mapping[str, Any]) -> None:
        """Make an index and wait for its primary shards."""
        self.cluster.request("PUT", f"/{index}", body, seconds=LONG_SECONDS)

    def clone(self, index: str, to: str, settings: Mapping[str, Any]) -> None:
        """Make a copy of a published index, which shares its files on the disk and can be written to.

        Raises:
            ScriptsForbidden: The index was made with a script, and the servers run none any more.
        """
        body = {"settings": {**settings, "blocks.write": None}}
        self.cluster.request("PUT", f"/{index}/_settings", {"index.blocks.write": True}, seconds=LONG_SECONDS)
        try:
            self.cluster.request("PUT", f"/{index}/_clone/{to}", body, seconds=LONG_SECONDS)
        except ScriptsForbidden as refused:
            raise ScriptsForbidden(
                f"{refused}; to build an index without scripts run: flask reindex --full"
            ) from refused

    def shards(self, index: str) -> int:
        """How many primary shards an index has."""
        found = self.cluster.request("GET", f"/{index}/_settings/index.number_of_shards")
        return int(found[index]["settings"]["index"]["number_of_shards"])

    def write_meta(self, meta: str, manifest: Manifest, files: Mapping[str, Path | bytes]) -> None:
        """Write the index `meta` of a generation: its files and its manifest."""
        self.create(meta, mapping.meta(self.cluster.address))
        with closing(BulkWriter(self.cluster)) as writer:
            for action in _documents(manifest, files):
                writer.add(meta, [action])
            writer.flush()

    def set_similarities(self, index: str, similarities: Mapping[str, Any]) -> None:
        """Replace the similarities of an index that is not published yet; the server wants it closed meanwhile."""
        self.cluster.request("POST", f"/{index}/_close", seconds=LONG_SECONDS)
        self.cluster.request("PUT", f"/{index}/_settings", {"similarity": similarities}, seconds=LONG_SECONDS)
        self.cluster.request("POST", f"/{index}/_open?wait_for_active_shards=1", seconds=LONG_SECONDS)

    def refresh(self, *indices: str) -> None:
        """Let all that was written be found; the server answers a write only when it is on the disk."""
        self.cluster.request("POST", f"/{','.join(indices)}/_refresh", seconds=LONG_SECONDS)

    def copied(self, *indices: str) -> None:
        """Wait until every shard of some indices has its replicas, so that a server may fail; not where it cannot."""
        replicas = self.cluster.address.replicas
        if replicas and self.cluster.request("GET", "/_cluster/health")["number_of_data_nodes"] > replicas:
            wanted = f"wait_for_status=green&timeout={COPIED_SECONDS}s"
            with suppress(EngineError):  # published without: yellow answers, too
                self.cluster.request("GET", f"/_cluster/health/{','.join(indices)}?{wanted}", seconds=LONG_SECONDS)

    def publish(self, meta: str) -> None:
        """Let a generation take the place of the published one, in one step."""
        actions = [{"add": {"index": meta, "alias": alias}} for alias in (self.name, self.kept_alias)]
        if self.current() is not None:
            actions.insert(0, {"remove": {"index": f"{self.name}-*", "alias": self.name}})
        self.cluster.request("POST", "/_aliases", {"actions": actions}, seconds=LONG_SECONDS)

    def sweep(self) -> None:
        """Remove what interrupted builds left, and generations after which another was published long ago."""
        held = self.cluster.request("GET", f"/{self.name}-*/_alias")
        ours = {name for name in held if self._ours.fullmatch(name)}
        published = sorted(name for name in ours if self.kept_alias in held[name]["aliases"])
        now = datetime.now(UTC)
        following = dict(pairwise(published))
        kept = {name for name in published if name not in following or now - self._made(following[name]) < KEPT}
        kept |= set(published[-2:])
        for meta in tuple(kept):
            (told,) = self.cluster.documents(meta, [MANIFEST])
            kept |= {told["texts"], told["articles_index"]} if told else set()
        for name in sorted(ours - kept):
            self.cluster.request("DELETE", f"/{name}?ignore_unavailable=true", seconds=LONG_SECONDS)

    def _made(self, index: str) -> datetime:
        stamp = index.removeprefix(f"{self.name}-").partition("-")[0]
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def _documents(manifest: Manifest, files: Mapping[str, Path | bytes]) -> Iterator[Action]:
    described = {}
    for name, held in files.items():
        content = held if isinstance(held, bytes) else held.read_bytes()
        described[name] = (len(content), zlib.crc32(content))
        for number, start in enumerate(range(0, len(content), PIECE)):
            piece = base64.b64encode(content[start : start + PIECE]).decode()
            yield json.dumps({"index": {"_id": f"{name}#{number}"}}), json.dumps({"content": piece})
    yield json.dumps({"index": {"_id": MANIFEST}}), json.dumps({**asdict(manifest), "files": described})
