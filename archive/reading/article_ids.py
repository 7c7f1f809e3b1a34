"""Article ids: the given one, else one derived from what the article is, never from where it stands in a file.

A derived id is a digest of the address, or of outlet, title and text where there is no address of a page. So inserting
a row, renaming a file or reading the files in another order moves no permalink to another article.

Records that share an address and differ are all told apart by a second digest, of all that they hold, so that their
order makes no difference. That becomes known only when the second of them is read; the first then has been handed out
already, so its id is among `renamed`, to be replaced once everything is read.
"""

from base64 import b32encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from archive.reading.seen_ids import SeenIds
from archive.record import Record, Rejected
from archive.temporary_files import temporary_file
from archive.web_address import page_address

DIGEST_BYTES = 10  # 16 characters; the chance that any two of 10⁸ articles get the same id is below 10⁻⁸
SECOND_DIGEST = 8  # characters that tell apart what has one address
GIVEN = ""  # in place of the digest of a record with an id of its own


class _First(NamedTuple):
    """The record that had an id first: the digest of all that it holds, and its place."""

    digest: str
    where: str


class ArticleIds:
    """Gives the records of one run their ids, and rejects those that repeat one.

    The records that had each id first are kept on disk, one line each, since ids are all that fits into memory.
    """

    def __init__(self, scratch: Path | None = None) -> None:
        self.renamed: dict[str, str] = {}
        self._seen = SeenIds()
        self._firsts = temporary_file(self._seen, scratch)
        self._end = 0
        self._shared: set[str] = set()
        self._repeats: dict[str, int] = {}

    def give(self, items: Iterator[Record | Rejected]) -> Iterator[Record | Rejected]:
        """Yield the items, each record with an id of its own; a record without one comes with the id ""."""
        for item in items:
            if isinstance(item, Rejected):
                yield item
            elif item.id:
                first = self._note(item.id, _First(GIVEN, item.where))
                yield item if first is None else _taken(item, item.id, first)
            else:
                yield self._derived(item)

    def _derived(self, record: Record) -> Record | Rejected:
        own = _First(record.digest(""), record.where)
        derived = derived_id(record)
        first = self._note(derived, own)
        if first is None:
            return replace(record, id=derived)
        if first.digest == GIVEN:
            return _taken(record, derived, first)
        if first.digest != own.digest:
            self._share(derived, first)
        if derived not in self._shared:
            return self._repeated(record, derived, first)
        told_apart = _told_apart(derived, own)
        before = self._note(told_apart, own)
        return replace(record, id=told_apart) if before is None else self._repeated(record, told_apart, before)

    def _share(self, derived: str, first: _First) -> None:
        """Tell apart what has one derived id: the record that had it first, with its repetitions, is renamed."""
        if derived in self._shared:
            return
        self._shared.add(derived)
        self.renamed[derived] = told_apart = _told_apart(derived, first)
        self._note(told_apart, first)
        times = self._repeats.pop(derived, 1)
        for time in range(2, times + 1):
            self.renamed[f"{derived}-{time}"] = f"{told_apart}-{time}"
        self._repeats[told_apart] = times

    def _repeated(self, record: Record, article_id: str, first: _First) -> Record | Rejected:
        """A record that was read before as it is: once is enough for one address; other texts may well be copies."""
        if record.url and page_address(record.url):
            return Rejected(record.where, f"the same article, with the same address, was already read at {first.where}")
        self._repeats[article_id] = time = self._repeats.get(article_id, 1) + 1
        return replace(record, id=f"{article_id}-{time}")

    def _note(self, article_id: str, record: _First) -> _First | None:
        """Note the record that has an id; the one that had it first, if there was one."""
        at = self._seen.add(article_id, self._end)
        if at is None:
            self._end += self._firsts.write(f"{record.digest}\t{record.where}\n".encode("utf-8", "surrogatepass"))
            return None
        self._firsts.seek(at)
        line = self._firsts.readline().decode("utf-8", "surrogatepass").removesuffix("\n")
        self._firsts.seek(self._end)
        return _First(*line.split("\t", 1))


def with_final_id(item: Record | Rejected, renamed: Mapping[str, str]) -> Record | Rejected:
    """A record with the id it has when everything is read; `renamed` is that of `ArticleIds`."""
    if isinstance(item, Rejected) or item.id not in renamed:
        return item
    return replace(item, id=renamed[item.id])


def derived_id(record: Record) -> str:
    """The id of a record that brings none."""
    if record.url and (address := page_address(record.url)):
        return _digest("address", address)
    return _digest("text", record.outlet or "", record.title or "", record.text)


def _digest(*fields: str) -> str:
    plain = "\n".join(" ".join(field.split()) for field in fields)
    found = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES)
    return b32encode(found.digest()).decode("ascii").lower()


def _told_apart(derived: str, record: _First) -> str:
    return f"{derived}-{record.digest[:SECOND_DIGEST]}"


def _taken(record: Record, article_id: str, first: _First) -> Rejected:
    return Rejected(record.where, f"the id {article_id} was already given at {first.where}")
