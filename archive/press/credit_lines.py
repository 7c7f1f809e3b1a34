"""What an Indonesian press text says about itself around its body: bylines, sources, copyright, wire initials.

Such credits stand on lines of their own (`Pewarta: -`, `Sumber: Reuters`) or, where a file lost its line breaks, run on
behind the last sentence (`Pewarta: A B Editor: C D Copyright © ANTARA 2025`). Both are read by the same labels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archive.article import Role
from archive.press.outlets import AGENCIES, DOMAIN, NO_AGENCIES, Imprint, agency_named, imprint_named

LONGEST_CREDIT = 120  # characters after a label; what is longer is prose that begins with a label
LONGEST_COPYRIGHT = 300  # the notice that forbids crawling is part of it
LONGEST_NAME = 50
MOST_WORDS = 6  # of a name; what has more is a sentence
LONGEST_INITIALS = 32
TAIL = 1200  # characters; credits that run on behind the body stand within them


class Kind(StrEnum):
    """What a credit says."""

    REPORTER = "reporter"
    EDITOR = "editor"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    INITIALS = "initials"


ROLES = {
    Kind.REPORTER: Role.BYLINE,
    Kind.EDITOR: Role.BYLINE,
    Kind.SOURCE: Role.SOURCE,
    Kind.COPYRIGHT: Role.COPYRIGHT,
    Kind.INITIALS: Role.INITIALS,
}

NAME_WORD = r"[A-Z][\w.'’-]{0,29}"  # bounded: what stands behind it would else be looked for at each of its letters
REPORTER = (
    r"(?i:pewarta(?: foto)?|reporter|penulis|kontributor|oleh)\s*:|(?i:ditulis oleh)\s"
    rf"|Oleh(?=(?:\s+{NAME_WORD}){{1,5}}$)"
)
EDITOR = r"(?i:(?<!pilihan )(?<!pilihan  )(?:editor|penyunting|redaktur|uploader))\s*:"
SOURCE = r"(?i:\bsumber)\s*:"
COPYRIGHT = r"(?i:copyright\s*(?:©|\(c\)))|©|\b(?:Copyright|COPYRIGHT)(?=[\w .]{1,40}\b(?:19|20)\d\d\b)"
LABEL = re.compile(rf"(?P<reporter>{REPORTER})|(?P<editor>{EDITOR})|(?P<source>{SOURCE})|(?P<copyright>{COPYRIGHT})")
OPENING = re.compile(rf"[\s=(*\[|-]*(?:{REPORTER}|{EDITOR}|{SOURCE}|{COPYRIGHT})")
RUN_ON = re.compile(
    r"\b(?:Pewarta\s*:|(?i:copyright)\s*©)|(?<!Pilihan )\bEditor\s*:(?=[^:]{0,60}(?i:copyright)\s*©)"
    rf"|(?:(?<=[.!?\"”’)\]])|(?<=[.!?\"”’)\]]\s))\(?(?:(?:Reporter|Penulis)\s*:|{EDITOR}|Sumber\s*:)"
)
REPORT = re.compile(
    r"Laporan (?i:wartawan|reporter|jurnalis|kontributor|koresponden)\s+[^,\n]{2,40}?(?:[,.] |(?<=com) )\s*"
    rf"(?P<names>{NAME_WORD}(?:\s+(?![A-Z-]{{5,}}[.,]){NAME_WORD}){{0,4}})\.?\s*(?=$|\n|[A-Z-]{{5,}}[.,])"
)
INITIALS = re.compile(
    r"[(\[]\s*(?:\*+|(?:\*\s*/\s*)?[a-z]{2,5}(?:\s*/\s*[a-z*]{2,5}){0,3}|[A-Z][a-z]?\.[\w.\s/*-]{2,24}"
    r"|[A-Z]{1,3}\d{2,3}(?:\s*/\s*[A-Z]\d{2,3})*|[A-Z]{2,4}\s?[/-]\s?[A-Z]{2,4})\s*[)\]]"
)
CREDIT_WORDS = ("pewarta", "copyright", "reporter", "penulis", "editor", "penyunting", "redaktur", "uploader", "sumber")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NOBODY = re.compile(r"\W*|.*tidak ditemukan|n/?a|none|null|(?:tim )?redaksi|admin", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s*(?:[,/&;|]|\bdan\b)\s*")
OWN_LABEL = re.compile(rf"\s*(?:{REPORTER}|{EDITOR})")  # fields of scraped files repeat it: "Penulis : Ika Ningrum"
DESK = re.compile(r"\s-\s?\w+$")  # "Lucas Aditya -Sepakbola"
TEAM = re.compile(r"\s+(?:Tim|Team)\s+(?:Redaksi|Liputan)$", re.IGNORECASE)
NO_NAME = re.compile(r"[\d@_#]|\.(?:com|co|id|net|tv)\b|^(?:Kontributor|detik\w+)|^[^a-zA-Z]*$|^\S*\.\S*[A-Z]\w*\.?$")
PARTICLES = frozenset({"al", "bin", "binti", "da", "de", "del", "den", "der", "di", "dkk", "el", "la", "van", "von"})
ANY_SOURCE = re.compile(r"https?:|www\.|\.\w{2,4}/|\bberbagai sumber\b|^diolah\b|^ist(?:imewa)?\b", re.IGNORECASE)
SHORT_AGENCY = re.compile(r"[A-Z]{3,8}")
_WIRES = "|".join(sorted((re.escape(name) for name in AGENCIES if name != "ANTARA"), key=len, reverse=True))
CLOSING_AGENCY = re.compile(rf"\b[Dd]emikian\b[^.\n]{{0,60}}?\b({_WIRES})\b")


@dataclass(frozen=True, slots=True)
class Credit:
    """A stretch `text[start:end]` that is no body, what it says, and the words after its label."""

    kind: Kind
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a copyright line states."""

    imprint: Imprint | None
    year: int | None


def read_credits(text: str, start: int, end: int) -> tuple[Credit, ...]:
    """Credits at the close of the paragraph `text[start:end]`, in order; its body ends where the first begins."""
    begin = start if OPENING.match(text, start, end) else _run_on(text, start, end)
    if begin is not None and (found := tuple(_labelled(text, begin, end))):
        return found
    initials = _initials(text, start, end)
    return (initials,) if initials else ()


def read_report(text: str, start: int, end: int) -> Credit | None:
    """Byline that opens a text: `Laporan Wartawan Tribunnews.com, Eko Sutriyanto`."""
    if not text.startswith("Laporan", start) or not (match := REPORT.match(text, start, end)):
        return None
    return Credit(Kind.REPORTER, start, start + len(match.group().rstrip()), match.group("names"))


def read_notice(value: str) -> Notice:
    """Owner and year of a copyright line, from the words behind its sign."""
    year = YEAR.search(value[:LONGEST_CREDIT])
    owner = value[: year.start()] or value[year.end() :] if year else value
    words = owner.strip(" ,.-–|©").split()
    imprint = imprint_named(" ".join(words)) if words and len(words) <= 6 else None
    return Notice(imprint, int(year.group()) if year else None)


def read_names(value: str | None) -> tuple[str, ...]:
    """People a byline names, each once; nobody for `-`, and never an outlet."""
    if not value or NOBODY.fullmatch(value.strip()):
        return ()
    bare = DESK.sub("", OWN_LABEL.sub("", " ".join(value.split())).partition("(")[0])
    pieces = (piece.strip(" .-()[]*") for piece in BETWEEN_NAMES.split(bare))
    pieces = (TEAM.sub("", piece) for piece in pieces if not NOBODY.fullmatch(piece))
    names = (_name(piece) for piece in pieces if len(piece) <= LONGEST_NAME and not NO_NAME.search(piece))
    return tuple(dict.fromkeys(name for name in names if not _is_outlet(name) and not agency_named(name)))


def read_agencies(value: str) -> tuple[str, ...]:
    """Wire services a byline or a source line names, of those we know."""
    parts = BETWEEN_NAMES.split(" ".join(value.split()))
    return tuple(agency for part in parts if (agency := agency_named(part.strip(" ()[]."))))


def read_source(value: str) -> tuple[str, ...]:
    """Wire services a source line names: those we know, else one short name in capitals that is nobody else's."""
    words = value.strip(" ()[].")
    foreign = SHORT_AGENCY.fullmatch(words) and words not in NO_AGENCIES and not _is_outlet(words)
    return read_agencies(value) or ((words,) if foreign else ())


def closing_agency(text: str, start: int, end: int) -> str | None:
    """Wire service the last sentences credit: `..., demikian Reuters`."""
    if text.find("emikian", start, end) < 0:
        return None
    match = CLOSING_AGENCY.search(text, start, end)
    return match.group(1) if match else None


def _run_on(text: str, start: int, end: int) -> int | None:
    """Where credits begin that stand behind the last sentence of a paragraph."""
    begin = max(start, end - TAIL)
    if text.find(":", begin, end) < 0 and text.find("©", begin, end) < 0:
        return None
    if not any(map(text[begin:end].lower().__contains__, CREDIT_WORDS)):  # far cheaper than the form
        return None
    match = RUN_ON.search(text, begin, end)
    return match.start() if match else None


def _labelled(text: str, begin: int, end: int) -> Iterator[Credit]:
    """Cut `text[begin:end]` at its labels; prose behind a label ends the credits."""
    labels = list(LABEL.finditer(text, begin, end))
    for label, stop in zip(labels, [*(label.start() for label in labels[1:]), end], strict=True):
        kind = Kind(label.lastgroup or "")
        longest = LONGEST_COPYRIGHT if kind is Kind.COPYRIGHT else LONGEST_CREDIT
        value = text[label.end() : stop].strip(" |()[]\\\t,;=")
        if len(value) > longest or not _is_credit(kind, value):
            return
        if kind is Kind.SOURCE and label.group().isupper():
            value = value.title()  # where the label is in capitals too, they do not tell a short name
        yield Credit(kind, begin, begin + len(text[begin:stop].rstrip()), value)
        begin = stop


def _is_credit(kind: Kind, value: str) -> bool:
    """Whether the words behind a label are what it promises, and no prose that begins with the label's word."""
    if kind is Kind.COPYRIGHT or NOBODY.fullmatch(value):
        return True
    if kind is Kind.SOURCE and (ANY_SOURCE.search(value) or any(map(_is_publisher, BETWEEN_NAMES.split(value)))):
        return True
    bare = DESK.sub("", OWN_LABEL.sub("", value).partition("(")[0])
    return all(_reads_as_name(piece.strip(" .-()[]*").split()) for piece in BETWEEN_NAMES.split(bare))


def _is_publisher(words: str) -> bool:
    words = words.strip(" ()[].")
    return agency_named(words) is not None or DOMAIN.fullmatch(words) is not None or _is_outlet(words)


def _reads_as_name(words: list[str]) -> bool:
    """Whether words may be one name; a single one may be written small."""
    small = [word for word in words if word[0].islower() and len(word) > 1 and word not in PARTICLES]
    return len(words) <= MOST_WORDS and (not small or len(words) == 1)


def _initials(text: str, start: int, end: int) -> Credit | None:
    """Wire initials, or a wire service in brackets, behind the last sentence or alone on the line."""
    if text[end - 1] not in ")]":
        return None
    begin = max(text.rfind("(", start, end), text.rfind("[", start, end))
    if begin < 0 or end - begin > LONGEST_INITIALS:
        return None
    value = text[begin + 1 : end - 1].strip()
    if agency_named(value) and value != value.lower():
        return Credit(Kind.SOURCE, begin, end, value)
    before = text[start:begin].rstrip()[-1:]
    if (before and before not in ".!?\"”’'") or not INITIALS.fullmatch(text, begin, end):
        return None
    return Credit(Kind.INITIALS, begin, end, value)


def _name(piece: str) -> str:
    """Write a name with its capitals as a name; initials of two letters stay as they are."""
    if not piece.isupper() and not piece.islower():
        return piece
    return " ".join(word if len(word) <= 2 and word.isupper() else word.capitalize() for word in piece.split())


def _is_outlet(name: str) -> bool:
    imprint = imprint_named(name)
    return imprint is not None and imprint.known
