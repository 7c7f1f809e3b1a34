"""What the last reindex learned, from the files of a generation; each is read at its first use."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.copies.stories import NO_STORIES, STORIES, Stories
from archive.meanings.short_forms import SHORT_FORMS_FILE, ShortForms
from archive.press.boilerplate import BOILERPLATE, BoilerplateLine
from archive.press.boilerplate import load as load_boilerplate
from index.opensearch import word_file
from index.opensearch.kept_files import KeptFiles
from index.opensearch.published import WORDS, Published
from index.storage.former_addresses import FORMER_ADDRESSES, FormerAddresses


class Learned:
    """The companion files of one generation."""

    def __init__(self, published: Published) -> None:
        self._published = published

    @cached_property
    def words(self) -> word_file.Words:
        """The words, mapped from a file that all processes of this machine share (`word_file`)."""
        held = self._published
        kept = KeptFiles(held.generations.cluster.address.files)
        size, checksum = held.manifest.files[WORDS]
        return kept.opened(
            f"{held.meta}-{size}-{checksum:08x}",
            lambda path: word_file.unpack(held.file(WORDS), path),
            word_file.opened,
        )

    @cached_property
    def short_forms(self) -> ShortForms:
        """The short forms."""
        with self._written(SHORT_FORMS_FILE) as path:
            return ShortForms.load(path)

    @cached_property
    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """The boilerplate lines."""
        with self._written(BOILERPLATE) as path:
            return load_boilerplate(path)

    @cached_property
    def relatives(self) -> Stories:
        """How the articles are related."""
        with self._written(STORIES) as path:
            return Stories.load(path) if path.exists() else NO_STORIES

    @cached_property
    def former_addresses(self) -> FormerAddresses:
        """What old links mean."""
        with self._written(FORMER_ADDRESSES) as path:
            return FormerAddresses.load(path)

    @contextmanager
    def _written(self, name: str) -> Iterator[Path]:
        """A file, if there is one, while it is read."""
        with TemporaryDirectory(prefix="kliping-") as folder:
            path = Path(folder) / name
            if name in self._published.files:
                path.write_bytes(self._published.file(name))
            yield path
