"""The table of outlets: which spellings and hosts stand for which outlet, and for which of its desks.

The table is data, `outlets.tsv`, and a keeper extends or overrules it by a file of the same form. The head of
`outlets.tsv` describes the form.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).parent / "outlets.tsv"
LARGEST_TABLE = 1 << 22  # bytes
BRAND = "+"  # at the end of a spelling: a region or section may follow it
COMMON = "="  # at the beginning of a spelling: a common word or a name

_SPACED_DOT = re.compile(r"(?:(?<!\s)\s++)?\.\s*+")
_FACT = re.compile(r"(bureau|section)\s*:\s*(\S[^\t]*)")


class BadOutlets(ValueError):
    """A line of a table of outlets cannot be read. The message names it."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The outlet that published a text, its regional bureau and its section; `known` if the outlet is in a table."""

    outlet: str
    bureau: str | None = None
    known: bool = True
    section: str | None = None


def spelling_key(spelling: str) -> str:
    """A spelling as spellings are compared."""
    key = _SPACED_DOT.sub(".", " ".join(spelling.replace("\xa0", " ").split())).strip(" .,/").casefold()
    return key.removeprefix("www.")


@dataclass(frozen=True)
class OutletTable:
    """Spellings, hosts and brands of outlets. `own` are the lines of the keeper's file, which overrule."""

    own: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> "OutletTable":
        """Read the keeper's file. Raises BadOutlets, OSError and UnicodeDecodeError."""
        if path.stat().st_size > LARGEST_TABLE:
            raise BadOutlets(f"it has more than {LARGEST_TABLE >> 20} MiB")
        table = cls(tuple(path.read_text(encoding="utf-8-sig").splitlines()))
        _ = table.spellings  # each line is looked at now
        return table

    @cached_property
    def spellings(self) -> dict[str, Publisher]:
        """The publisher of each spelling, by its key."""
        return {key.lstrip(COMMON): publisher for key, publisher in self._entries if not key.endswith(BRAND)}

    @cached_property
    def common(self) -> frozenset[str]:
        """The keys of spellings that are common words or names: within a text they stand for no outlet."""
        return frozenset(key[1:] for key, _ in self._entries if key.startswith(COMMON))

    @cached_property
    def brands(self) -> dict[str, str]:
        """The outlet of each brand, without blanks, longest first."""
        brands = {key[:-1].replace(" ", ""): found.outlet for key, found in self._entries if key.endswith(BRAND)}
        return dict(sorted(brands.items(), key=lambda brand: -len(brand[0])))

    @cached_property
    def digest(self) -> str:
        """A digest of the keeper's lines; "" without any."""
        return blake2b("\n".join(self.own).encode(), digest_size=8).hexdigest() if self.own else ""

    def __reduce__(self) -> tuple[type["OutletTable"], tuple[tuple[str, ...]]]:
        """Pass only the keeper's lines between processes; the rest is read again."""
        return OutletTable, (self.own,)

    @cached_property
    def _entries(self) -> tuple[tuple[str, Publisher], ...]:
        shipped = SHIPPED.read_text(encoding="utf-8").splitlines()
        return (*_read(shipped), *_read(self.own))


def _read(lines: Iterable[str]) -> Iterator[tuple[str, Publisher]]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        outlet, spellings, fact = (*(cell.strip() for cell in line.split("\t")), "", "")[:3]
        told = _FACT.fullmatch(fact) if fact else None
        if not outlet or not spellings or (fact and told is None):
            raise BadOutlets(
                f"line {number} is not “outlet, tab, spellings with | between”, and perhaps a tab and “bureau: …” or "
                "“section: …”"
            )
        facts = {told[1]: told[2].strip()} if told else {}
        publisher = Publisher(outlet, facts.get("bureau"), section=facts.get("section"))
        keys = [spelling_key(spelling) for spelling in spellings.split("|")]
        name = spelling_key(outlet)
        if not told and COMMON + name not in keys and name not in keys:
            keys.append(name if " " in name or "." in name else COMMON + name)
        yield from ((key, publisher) for key in keys if key.strip(COMMON + BRAND))
