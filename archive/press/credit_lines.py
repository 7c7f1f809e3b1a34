"""Credits of an Indonesian press text: bylines, sources, copyright notices and wire initials.

A credit occupies a line of its own (`Pewarta: -`, `Sumber: Reuters`). Where a file lost its line breaks, credits follow
the last sentence directly (`Pewarta: A B Editor: C D Copyright © ANTARA 2025`). Both use the same labels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archive.article import Role
from archive.press.agencies import AGENCIES, NO_AGENCIES, canonical_agency
from archive.press.bylines import BETWEEN_NAMES, EDITOR, NAME_WORD, NOBODY, PARTICLES, REPORTER, bare_names
from archive.press.outlet_table import Publisher
from archive.press.outlets import DOMAIN, publisher_from_name, publisher_in_text

LONGEST_CREDIT = 120  # characters after a label; a longer value is prose that begins with a label word
LONGEST_COPYRIGHT = 300  # includes the notice that forbids crawling
MOST_WORDS = 6  # of a name; more are a sentence
LONGEST_INITIALS = 32  # characters between the brackets; what is longer is a remark
LONGEST_SHORT_FORM = 5  # letters; AFP and TASS are such, ANTARA and Reuters are names
TAIL = 1200  # characters at the end of a paragraph that are searched for credits without line breaks


class CreditKind(StrEnum):
    """The kind of a credit."""

    REPORTER = "reporter"
    EDITOR = "editor"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    INITIALS = "initials"


ROLES = {
    CreditKind.REPORTER: Role.BYLINE,
    CreditKind.EDITOR: Role.BYLINE,
    CreditKind.SOURCE: Role.SOURCE,
    CreditKind.COPYRIGHT: Role.COPYRIGHT,
    CreditKind.INITIALS: Role.INITIALS,
}

SOURCE = r"(?i:\bsumber)\s*:"
COPYRIGHT = r"(?i:copyright\s*(?:©|\(c\)))|©|\b(?:Copyright|COPYRIGHT)(?=[\w .]{1,40}\b(?:19|20)\d\d\b)"
LABEL = re.compile(rf"(?P<reporter>{REPORTER})|(?P<editor>{EDITOR})|(?P<source>{SOURCE})|(?P<copyright>{COPYRIGHT})")
OPENING = re.compile(rf"[\s=(*\[|-]*(?:{REPORTER}|{EDITOR}|{SOURCE}|{COPYRIGHT})")
RUN_ON = re.compile(
    r"\b(?:Pewarta\s*:|(?i:copyright)\s*©)|(?<!Pilihan )\bEditor\s*:(?=[^:]{0,60}(?i:copyright)\s*©)"
    rf"|(?:(?<=[.!?\"”’)\]])|(?<=[.!?\"”’)\]]\s))\(?(?:(?:Reporter|Penulis)\s*:|{EDITOR}|Sumber\s*:)"
)
OPENING_BYLINE = re.compile(
    r"Laporan (?i:wartawan|reporter|jurnalis|kontributor|koresponden)\s+[^,\n]{2,40}?(?:[,.] |(?<=com) )\s*"
    rf"(?P<names>{NAME_WORD}(?:\s+(?![A-Z-]{{5,}}[.,]){NAME_WORD}){{0,4}})\.?\s*(?=$|\n|[A-Z-]{{5,}}[.,])"
)
INITIALS = re.compile(
    r"[(\[]\s*(?:\*+|(?:\*\s*/\s*)?[a-z]{2,5}(?:\s*/\s*[a-z*]{2,5}){0,3}|[A-Z][a-z]?\.[\w.\s/*-]{2,24}"
    r"|[A-Z]{1,3}\d{2,3}(?:\s*/\s*[A-Z]\d{2,3})*|[A-Z]{2,4}\s?[/-]\s?[A-Z]{2,4})\s*[)\]]"
)
CREDIT_WORDS = ("pewarta", "copyright", "reporter", "penulis", "editor", "penyunting", "redaktur", "uploader", "sumber")
# Words before brackets that are spelled out by them: "Polisi Federal Australia (AFP)", "Associated Press (AP)".
SPELLED_OUT = re.compile(r"(?<!\w)[A-Z][\w-]{1,20} (?:[A-Z][\w-]{1,20} )?[A-Z][\w-]{1,20} ?\Z")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ANY_SOURCE = re.compile(r"https?:|www\.|\.\w{2,4}/|\bberbagai sumber\b|^diolah\b|^ist(?:imewa)?\b", re.IGNORECASE)
SHORT_AGENCY = re.compile(r"[A-Z]{3,8}")
_WIRES = "|".join(sorted((re.escape(name) for name in AGENCIES if name != "ANTARA"), key=len, reverse=True))
CLOSING_AGENCY = re.compile(rf"\b[Dd]emikian\b[^.\n]{{0,60}}?\b({_WIRES})\b")


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit at `text[start:end]`; `value` is the text after its label."""

    kind: CreditKind
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class CopyrightNotice:
    """The content of a copyright notice."""

    publisher: Publisher | None
    year: int | None


def read_credits(text: str, start: int, end: int) -> tuple[Credit, ...]:
    """Credits at the end of the paragraph `text[start:end]`, in order. Its body ends where the first begins."""
    begin = start if OPENING.match(text, start, end) else _run_on(text, start, end)
    if begin is not None and (found := tuple(_labelled(text, begin, end))):
        return found
    initials = _initials(text, start, end)
    return (initials,) if initials else ()


def read_opening_byline(text: str, start: int, end: int) -> Credit | None:
    """Read a byline at the start of a text: `Laporan Wartawan Tribunnews.com, Eko Sutriyanto`."""
    if not text.startswith("Laporan", start) or not (match := OPENING_BYLINE.match(text, start, end)):
        return None
    return Credit(CreditKind.REPORTER, start, start + len(match.group().rstrip()), match.group("names"))


def read_copyright_notice(value: str) -> CopyrightNotice:
    """Read owner and year from the words after a copyright sign."""
    year = YEAR.search(value[:LONGEST_CREDIT])
    owner = value[: year.start()] or value[year.end() :] if year else value
    words = owner.strip(" ,.-–|©").split()
    publisher = publisher_from_name(" ".join(words)) if words and len(words) <= 6 else None
    return CopyrightNotice(publisher, int(year.group()) if year else None)


def read_agencies(value: str) -> tuple[str, ...]:
    """Known news agencies named in a byline or source line."""
    parts = BETWEEN_NAMES.split(" ".join(value.split()))
    return tuple(agency for part in parts if (agency := canonical_agency(part.strip(" ()[]."))))


def read_source(value: str) -> tuple[str, ...]:
    """News agencies named in a source line: known ones, else one unknown short name in capitals."""
    words = value.strip(" ()[].")
    foreign = SHORT_AGENCY.fullmatch(words) and words not in NO_AGENCIES and not _is_outlet(words)
    return read_agencies(value) or ((words,) if foreign else ())


def closing_agency(text: str, start: int, end: int) -> str | None:
    """News agency credited in the last sentences: `..., demikian Reuters`."""
    if text.find("emikian", start, end) < 0:
        return None
    match = CLOSING_AGENCY.search(text, start, end)
    return match.group(1) if match else None


def _run_on(text: str, start: int, end: int) -> int | None:
    """Where credits that follow the last sentence of a paragraph begin."""
    begin = max(start, end - TAIL)
    if text.find(":", begin, end) < 0 and text.find("©", begin, end) < 0:
        return None
    if not any(map(text[begin:end].lower().__contains__, CREDIT_WORDS)):  # far cheaper than the regex
        return None
    match = RUN_ON.search(text, begin, end)
    return match.start() if match else None


def _labelled(text: str, begin: int, end: int) -> Iterator[Credit]:
    """Split `text[begin:end]` at its labels; prose after a label ends the credits."""
    labels = list(LABEL.finditer(text, begin, end))
    for label, stop in zip(labels, [*(label.start() for label in labels[1:]), end], strict=True):
        kind = CreditKind(label.lastgroup or "")
        longest = LONGEST_COPYRIGHT if kind is CreditKind.COPYRIGHT else LONGEST_CREDIT
        value = text[label.end() : stop].strip(" |()[]\\\t,;=")
        if len(value) > longest or not _is_credit(kind, value):
            return
        if kind is CreditKind.SOURCE and label.group().isupper():
            value = value.title()  # if the label is in capitals too, capitals do not indicate a short name
        yield Credit(kind, begin, begin + len(text[begin:stop].rstrip()), value)
        begin = stop


def _is_credit(kind: CreditKind, value: str) -> bool:
    """Whether the words after a label form a credit, not prose that begins with the label word."""
    if kind is CreditKind.COPYRIGHT or NOBODY.fullmatch(value):
        return True
    if kind is CreditKind.SOURCE and (ANY_SOURCE.search(value) or any(map(_is_publisher, BETWEEN_NAMES.split(value)))):
        return True
    return all(_reads_as_name(piece.split()) for piece in bare_names(value))


def _is_publisher(words: str) -> bool:
    words = words.strip(" ()[].")
    return canonical_agency(words) is not None or DOMAIN.fullmatch(words) is not None or _is_outlet(words)


def _reads_as_name(words: list[str]) -> bool:
    """Whether words may be one name; a single word may be lowercase."""
    small = [word for word in words if word[0].islower() and len(word) > 1 and word not in PARTICLES]
    return len(words) <= MOST_WORDS and (not small or len(words) == 1)


def _is_short_form(value: str, text: str, start: int, begin: int) -> bool:
    """Whether brackets at `begin` hold the short form of the words before them, not a credit."""
    return value.isupper() and len(value) <= LONGEST_SHORT_FORM and SPELLED_OUT.search(text, start, begin) is not None


def _initials(text: str, start: int, end: int) -> Credit | None:
    """Wire initials, or a news agency in brackets, after the last sentence or alone on the line."""
    if text[end - 1] not in ")]":
        return None
    begin = max(text.rfind("(", start, end), text.rfind("[", start, end))
    if begin < 0 or end - begin > LONGEST_INITIALS:
        return None
    value = text[begin + 1 : end - 1].strip()
    before = text[start:begin].rstrip()[-1:]
    if canonical_agency(value) and value != value.lower() and not _is_short_form(value, text, start, begin):
        return Credit(CreditKind.SOURCE, begin, end, value)
    if (before and before not in ".!?\"”’'") or not INITIALS.fullmatch(text, begin, end):
        return None
    return Credit(CreditKind.INITIALS, begin, end, value)


def _is_outlet(name: str) -> bool:
    return publisher_in_text(name) is not None
