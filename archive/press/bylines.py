"""People in bylines: who reported and who edited, without labels, desks, companies and accounts.

`Pewarta: Ani Rahma, Editor: Budi` names a reporter and an editor; `Kompas Cyber Media`, `Pemeriksa Fakta Junior` and
`admin` are no persons.
"""

import re
from itertools import chain
from typing import NamedTuple

from archive.press.agencies import canonical_agency
from archive.press.desks import bureau_of
from archive.press.outlets import publisher_in_text
from archive.press.places import PLACES

LONGEST_NAME = 50  # characters; what is longer is a sentence

NAME_WORD = r"[A-Z][\w.'’-]{0,29}"  # bounded, or the rest of the pattern would be tried at each letter
REPORTER = (
    r"(?i:pewarta(?: foto)?|reporter|penulis|kontributor|oleh)\s*:|(?i:(?:artikel ini )?ditulis oleh)\s|\bRep\s*:"
    r"|Hasil (?:Periksa|Pemeriksaan) Fakta\s(?=[A-Z])"  # of volunteers that check facts
    rf"|Oleh(?=(?:\s+{NAME_WORD}){{1,5}}$)"
)
EDITOR = r"(?:(?i:(?<!pilihan )(?<!pilihan  )(?:editor|penyunting|redaktur|uploader))\s*:|\bRed\s*:)"
NOBODY = re.compile(
    r"\W*|.*tidak ditemukan|n/?a|none|null|(?:tim )?redaksi|admin|editor|reporter|penulis|wartawan|jurnalis|pewarta|"
    r"kontributor|authors?|writers?|(?:https?:|www\.)\S+",
    re.IGNORECASE,
)
# Spaces before something are matched from the first of them only, or a run of spaces would be read once for each.
SPACES = r"(?:(?<!\s)\s++)?"
BETWEEN_NAMES = re.compile(rf"{SPACES}(?:[,/&;|]|\bdan\b)\s*+")
OWN_LABEL = re.compile(rf"{SPACES}(?:{REPORTER}|{EDITOR})")  # scraped fields repeat the label: "Penulis : Ika Ningrum"
DESK = re.compile(r"\s-\s?[\w.]+$|-detik\w+$")  # "Lucas Aditya -Sepakbola", "Ani Rahma - Tribunnews.com"
CONTACT = re.compile(r"<[^<>]*+>|(?<!\S)\S++@\S++")  # "Ani Rahma <ani@kabar.id>"
# Labels of fields; in texts they also begin what somebody says.
FIELD_LABEL = re.compile(
    r"\A\s*+(?:laporan (?:wartawan|reporter|jurnalis|kontributor) [^,]{2,40},\s*+"
    r"|(?:jurnalis|wartawan|authors?|writers?|by ?line|ditulis oleh|written by)\s*+:\s*+|written by\s++)",
    re.IGNORECASE,
)
TEAM = re.compile(r"(?<!\s)\s++(?:Tim|Team)\s++(?:Redaksi|Liputan)$", re.IGNORECASE)
NO_NAME = re.compile(
    r"[\d@_#]|^(?i:foto|photo|ilustra|video)\w{0,12}\s*:|\.(?:com|co|id|net|tv)\b|^(?:Kontributor|detik\w+)|^[^a-zA-Z]*$|^\S*\.\S*[A-Z]\w*\.?$"
)
# Labels without a colon, as libraries that read pages leave them: "By Ani", "Pewarta Ani Rahma".
BARE_LABEL = re.compile(
    r"^(?:(?i:by|oleh)\s+(?=[A-Z])|(?:Pewarta|Reporter|Penulis|Jurnalis|Wartawan|Kontributor)\s+(?=[A-Z]\S*\s+[A-Z]))"
    r"|(?<!\s)\s++(?:Editor|Reporter)$"
)
NO_PERSON = re.compile(
    r"^(?:peserta|mahasiswa|siswa|relawan|tim|team|redaksi|desk|newsroom|humas|biro|admin\w*|super ?admin|webmaster|"
    r"operator|user|developer\w*|"
    r"web ?dev\w*|dev|tester?|wp-?admin|support|guest|tamu|pemeriksa fakta|cek fakta|advertorial|adv|inforial|"
    r"pariwara|iklan|sponsored?|siaran pers|press release|rilis|editorial|kantor berita|kementerian|kemen\w+|dinas|"
    r"agregasi|ilustrator|videografer|pemerintah|pemkab|pemkot|pemprov|polda|polres\w*|universitas|institut|pt|cv|yayasan|komunitas|the)\b"
    r"|\b(?:media|online|cyber|siber|digital|network|newsroom|agency|group|tbk|foundation|university|official|team|"
    r"redaksi|australia|indonesia|advertorial|press|inc|ltd|corp|studio|production|channel)$",
    re.IGNORECASE,
)
# A title of a newspaper has such a word in it, or an article before it.
SIGNATURE = re.compile(r"(?!.{81})(?!.*\b(?:OF|AND|THE)\b)[A-Z][A-Z.'’-]*+(?:(?: | ?\| ?)[A-Z][A-Z.'’-]*+)*+")
INITIALS = re.compile(r"[A-Z]{1,2}|(?:[A-Z]\.)+[A-Z]?")
PARTICLES = frozenset({"al", "bin", "binti", "da", "de", "del", "den", "der", "di", "dkk", "el", "la", "van", "von"})
LABEL = re.compile(rf"(?P<reporter>{REPORTER})|(?P<editor>{EDITOR})")


class People(NamedTuple):
    """The people that a byline names, by what they did."""

    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def read_people(value: str | None) -> People:
    """Tell apart who reported and who edited: `Pewarta: A, Editor: B`. People without a label are reporters."""
    value = FIELD_LABEL.sub("", CONTACT.sub("", value), count=1).strip() if value else ""
    if not value:
        return People()
    labels = list(LABEL.finditer(value))
    if not labels:
        return People(read_names(value))
    named: dict[str, list[str]] = {"reporter": [value[: labels[0].start()]], "editor": []}
    for label, stop in zip(labels, [*(label.start() for label in labels[1:]), len(value)], strict=True):
        named[label.lastgroup or ""].append(value[label.end() : stop])
    return People(*(tuple(dict.fromkeys(chain(*map(read_names, parts)))) for parts in named.values()))


def read_names(value: str | None) -> tuple[str, ...]:
    """People named in a byline, without duplicates; outlets, agencies and placeholders such as `-` are left out."""
    if not value or NOBODY.fullmatch(value.strip()):
        return ()
    pieces = (_without_label(piece) for piece in bare_names(" ".join(value.split())))
    pieces = (TEAM.sub("", piece) for piece in pieces if not NOBODY.fullmatch(piece))
    names = (_name(piece) for piece in pieces if piece and len(piece) <= LONGEST_NAME and not _is_nobody(piece))
    return tuple(dict.fromkeys(name for name in names if not _is_outlet(name) and not canonical_agency(name)))


def read_signature(line: str) -> tuple[str, ...]:
    """The people of a last line in capitals by which Tempo signs: `ANDITA RAHMA | REUTERS`."""
    if not SIGNATURE.fullmatch(line):
        return ()
    pieces = (piece.strip() for piece in line.split("|"))
    return tuple(name for piece in pieces if " " in piece for name in read_names(piece))


def _without_label(piece: str) -> str:
    """A piece without a label that has no colon; "" where a place follows it, as of `Kontributor Jawa Barat`."""
    name = BARE_LABEL.sub("", piece)
    return "" if name != piece and (name in PLACES or bureau_of(name)) else name


def bare_names(value: str) -> list[str]:
    """The pieces of a byline between its commas and the like, without labels and desks."""
    bare = DESK.sub("", OWN_LABEL.sub("", value).partition("(")[0])
    return [piece.strip(" .-()[]*") for piece in BETWEEN_NAMES.split(bare)]


def _name(piece: str) -> str:
    """Capitalize a name written in one case; two-letter initials are unchanged."""
    if not piece.isupper() and not piece.islower():
        words = piece.split()
        return " ".join(word.capitalize() if _is_small(word) else word for word in words)
    return " ".join(word if INITIALS.fullmatch(word) else word.capitalize() for word in piece.split())


def _is_small(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word.islower() and word not in PARTICLES  # initials


def _is_nobody(piece: str) -> bool:
    """Whether a piece of a byline is no person: a desk, a company, an account, an advertisement."""
    return NO_NAME.search(piece) is not None or NO_PERSON.search(piece) is not None


def _is_outlet(name: str) -> bool:
    return publisher_in_text(name) is not None
