"""Furniture: what the page around an article leaves in its text, in the forms Indonesian news sites share.

Advertisement markers, links to other articles, embedded posts, invitations to a channel, scripts. They are known by
their wording, wherever they stand; what only one outlet repeats is learned by `boilerplate`. A form is narrow: a line
that goes on into a second sentence is prose, however it begins.
"""

import re
from collections.abc import Iterator
from typing import Final

LONGEST_LINE: Final = 220  # characters of a line that can be furniture; a link with its title is shorter
LONGEST_LINK: Final = 130  # characters of a title in a list of links
MOST_LINKS: Final = 3  # under a heading; one that ends with a colon announces a single one
FEWEST_WORDS_OF_A_LINK: Final = 4  # what is shorter may be a heading of the text
MOST_WORDS_OF_A_TAG: Final = 6
MOST_SIGNS_BEFORE: Final = 8  # commas and blanks before `Loading...`; without a bound a page of commas takes minutes

_ADVERT: Final = r"ADVERTISEMENT|SCROLL TO (?:CONTINUE|RESUME)(?: WITH)? CONTENT"
_EMBED: Final = (
    r"\[Gambas:[^\]\n]{1,60}\]|[Vv]iew this post on [Ii]nstagram"
    r"|A post shared by [^\n]{1,60}?\(@[\w.]+\)|Sebuah kiriman dibagikan oleh [^\n]{1,60}?\(@[\w.]+\)"
    r"|\(adsbygoogle\s*=[^\n]{1,120}?\);?|(?:window\.)?googletag\.cmd\.push\([^\n]{1,200}?\}\s*\);?"
)
_LOADING: Final = r"[Ll]oading\.\.\."
_ALSO: Final = (
    r"(?i:baca|lihat)[ _](?i:juga)\s*:?|(?:Simak|Lihat|Tonton|Saksikan)(?i: juga)?\s+(?i:video)\b"
    r"|(?:Simak|Tonton|Saksikan)(?i: juga)\s*[:\"'“‘]|SIMAK JUGA\s*:|Pilihan [Ee]ditor\s*[:;]"
)
_INVITATION: Final = (
    r"\(?(?:Ayo )?[Ii]kuti\b.{0,60}\b(?:[Cc]hannel|[Ss]aluran|(?i:google news)|WhatsApp)\b.*"
    r"|-?\s*(?:Simak|Baca|Update|Cek|Dapatkan) .{0,60}\b(?i:google news|whatsapp channel|kanal whatsapp)\b.*"
    r"|Dapatkan update berita .{0,80}setiap hari.*|Download (?:Apps Detikcom|aplikasi Kompas\.com)\b.*"
)
_REPUBLISHED: Final = r"Artikel ini (?:telah|sudah) (?:tayang|terbit)\b.*|Dilarang keras mengambil konten\b.*"
_HEADING: Final = r"(?i:(?:baca|simak|lihat)[ _]juga|bacaan lainnya|(?:artikel|berita) (?:terkait|lainnya))\s*:?"

# Whole lines. The first letters sift: most lines are tried no further.
_LINE: Final = re.compile(
    rf"(?:{_ADVERT}|Advertisement|[,\s]|{_LOADING}|{_EMBED})+|(?:{_ALSO})(?!\s*,)[^\n]*(?<!\.)"
    rf"|{_INVITATION}|{_REPUBLISHED}|{_HEADING}|[\W_]+"
)
_LIST_HEADING: Final = re.compile(_HEADING)
# Within a paragraph: what has an end of its own, and links that close the paragraph.
_PIECE: Final = re.compile(rf"(?:(?:{_ADVERT})\s*)+|[,\s]{{0,{MOST_SIGNS_BEFORE}}}{_LOADING}|{_EMBED}")
_CLOSING_LINK: Final = re.compile(rf"(?:{_ALSO})[^.\n]{{5,150}}$")
_SENTENCE_CLOSE: Final = tuple('.!?"”’)]')
_OPENING: Final = re.compile(
    r"^[ \t]*((?:ADVERT|Advertisement|SCROLL|\[Gambas|[Vv]iew this|A post|Sebuah kiriman|[Ll]oading|\(adsby|googletag"
    r"|window\.google|[Bb]aca|BACA|[Ll]ihat|Simak|SIMAK|Tonton|Saksikan|Pilihan|\(?Ayo|Ikuti|Update|Cek|Dapatkan"
    r"|Download|Artikel|Dilarang)"
    rf"[^\n]{{0,{LONGEST_LINE}}})$",
    re.MULTILINE,
)
# One of these stands in every text with such a piece; looking for them is far cheaper than for the forms.
_SIGNS: Final = (
    "ADVERT",
    "SCROLL",
    "[Gambas",
    "this post",
    "A post",
    "oading...",
    "Sebuah kiriman",
    "adsby",
    "googletag",
)
_LINK_SIGNS: Final = (
    "aca juga",
    "aca Juga",
    "ihat juga",
    "ihat Juga",
    "Simak",
    "SIMAK",
    "Lihat",
    "Tonton",
    "Saksikan",
    "Pilihan",
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-Z]")
_NUMBERED: Final = re.compile(r"\d+[.)]\s")
_PROSE_END: Final = re.compile(r"[.!?,;:…][\"”’)]*$")


def is_line(line: str) -> bool:
    """Whether a whole line is furniture; a line of signs alone is."""
    return len(line) <= LONGEST_LINE and _LINE.fullmatch(line) is not None and _SENTENCE_END.search(line) is None


def openings(text: str) -> set[str]:
    """How the lines of furniture in a text begin: "baca juga", "advertisement"."""
    lines = (" ".join(match[1].split()) for match in _OPENING.finditer(text))
    return {_opening(line) for line in lines if is_line(line)}


def _opening(line: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", line.casefold())[:2])


def links_under(line: str) -> int:
    """How many of the lines below may be links, if the line is a heading of links such as `Baca juga` alone; else 0."""
    if not _LIST_HEADING.fullmatch(line):
        return 0
    return 1 if line.endswith(":") else MOST_LINKS


def is_link(line: str) -> bool:
    """Whether a line under such a heading reads as a title: no sentence, and most of its words in capitals."""
    if len(line) > LONGEST_LINK or _PROSE_END.search(line) or _NUMBERED.match(line):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return len(words) >= FEWEST_WORDS_OF_A_LINK and 3 * sum(word[0].isupper() for word in words) >= 2 * len(words)


def is_tag(line: str) -> bool:
    """Whether a line behind the wire initials reads as a subject heading: a few small words."""
    return line == line.lower() and line.count(" ") < MOST_WORDS_OF_A_TAG and not _PROSE_END.search(line)


def may_have_pieces(text: str) -> bool:
    """Whether a text may have furniture within its paragraphs; True may be wrong, False never is."""
    return any(sign in text for sign in _SIGNS) or any(sign in text for sign in _LINK_SIGNS)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of furniture within the paragraph `text[start:end]`, in order."""
    found = [match.span() for match in _PIECE.finditer(text, start, end)]
    closes = found and not text[found[-1][1] : end].strip()
    last = start + len(text[start : found[-1][0]].rstrip()) if closes else end
    link = _CLOSING_LINK.search(text, max(start, last - LONGEST_LINE), last)
    if link and link.start() > start and text[start : link.start()].rstrip().endswith(_SENTENCE_CLOSE):
        yield from (piece for piece in found if piece[0] < link.start())
        yield link.start(), end
    else:
        yield from found
