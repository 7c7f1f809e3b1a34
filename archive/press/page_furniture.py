"""Furniture: what the page around an article leaves in its text, in the forms Indonesian news sites share.

Advertisement markers, links to other articles, embedded posts, invitations to a channel, scripts. They are known by
their wording, wherever they stand; what only one outlet repeats is learned by `boilerplate`. A form is narrow: a line
that goes on into a second sentence is prose, however it begins.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST_LINE: Final = 220  # characters of a line that can be furniture; a link with its title is shorter
LONGEST_HEADING: Final = 20  # characters of a heading of such a list
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
# A link has an end where it stands in brackets, where nothing but commas is left of it, and where lost line breaks
# glued it to the sentences on both sides; behind a blank, nobody can tell where its title ends.
_LINK: Final = re.compile(
    r"B(?:(?<=[(\[]B)(?P<bracketed>aca(?: [Jj]uga)?|ACA(?: JUGA)?)\s*:[^()\[\]\n]{5,150}[)\]]"
    r"|aca [Jj]uga\s?:?,{2,}"
    r"|(?<=[.!?\"”’)]B)aca [Jj]uga ?: ?(?!,)(?P<title>(?:[^\n.\[]|\.(?=\d)){10,120}?[a-z\d?!)'’])"
    r"(?=[A-Z][a-z]|[\"“][A-Z]))"
)
_CLOSING_LINK: Final = re.compile(rf"(?:{_ALSO})[^.\n]{{5,150}}$")
_CLOSING_LINK_WORDS: Final = ("juga", "video", "simak", "tonton", "saksikan", "pilihan")  # one of which is in each
_SENTENCE_CLOSE: Final = tuple('.!?"”’)]')
_OPENING: Final = re.compile(
    r"[ \t]*((?:ADVERT|Advertisement|SCROLL|\[Gambas|[Vv]iew this|A post|Sebuah kiriman|[Ll]oading|\(adsby|googletag"
    r"|window\.google|[Bb]aca|BACA|[Ll]ihat|Simak|SIMAK|Tonton|Saksikan|Pilihan|\(?Ayo|Ikuti|Update|Cek|Dapatkan"
    r"|Download|Artikel|Dilarang)"
    rf".{{0,{LONGEST_LINE}}})"
)
# One of these stands in every such piece; looking for them is far cheaper than for the forms.
_SIGNS: Final = ("ADVERTISEMENT", "SCROLL TO ", "[Gambas:", "iew this post on ", "(@", "google", "oading...")
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-Z]")
_NUMBERED: Final = re.compile(r"\d+[.)]\s")
_PROSE_END: Final = re.compile(r"[.!?,;:…][\"”’)]*$")


def is_line(line: str) -> bool:
    """Whether a whole line is furniture; a line of signs alone is."""
    return len(line) <= LONGEST_LINE and _LINE.fullmatch(line) is not None and _SENTENCE_END.search(line) is None


def openings(text: str) -> set[str]:
    """How the lines of furniture in a text begin: "baca juga", "advertisement"."""
    found = filter(None, map(_OPENING.fullmatch, text.split("\n")))
    lines = (" ".join(match[1].split()) for match in found)
    return {_opening(line) for line in lines if is_line(line)}


def _opening(line: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", line.casefold())[:2])


def links_under(line: str) -> int:
    """How many of the lines below may be links, if the line is a heading of links such as `Baca juga` alone; else 0."""
    if len(line) > LONGEST_HEADING or not _LIST_HEADING.fullmatch(line):
        return 0
    return 1 if line.endswith(":") else MOST_LINKS


def is_link(line: str) -> bool:
    """Whether a line under such a heading reads as a title: no sentence, and most of its words in capitals."""
    if len(line) > LONGEST_LINK or _PROSE_END.search(line) or _NUMBERED.match(line):
        return False
    return _reads_as_title(line)


def _reads_as_title(line: str) -> bool:
    words = [word for word in line.split() if word[0].isalpha()]
    return len(words) >= FEWEST_WORDS_OF_A_LINK and 3 * sum(word[0].isupper() for word in words) >= 2 * len(words)


def is_tag(line: str) -> bool:
    """Whether a line behind the wire initials reads as a subject heading: a few small words."""
    return line == line.lower() and line.count(" ") < MOST_WORDS_OF_A_TAG and not _PROSE_END.search(line)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of furniture within the paragraph `text[start:end]`, in order."""
    found = list(_links(text, start, end))
    if any(map(text[start:end].__contains__, _SIGNS)):
        found = _apart(sorted([*found, *(match.span() for match in _PIECE.finditer(text, start, end))]))
    closes = found and not text[found[-1][1] : end].strip()
    last = start + len(text[start : found[-1][0]].rstrip()) if closes else end
    link = _closing_link(text, start, last)
    if link is None or any(begin <= link < until for begin, until in found):
        yield from found
    else:
        yield from (piece for piece in found if piece[0] < link)
        yield link, end


def _links(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The links to other articles whose ends are sure."""
    for link in _LINK.finditer(text, start, end):
        if link["title"] is None or _reads_as_title(link["title"]):
            yield max(start, link.start() - (link["bracketed"] is not None)), link.end()


def _apart(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, without those that begin within another."""
    apart: list[tuple[int, int]] = []
    for stretch in found:
        if not apart or stretch[0] >= apart[-1][1]:
            apart.append(stretch)
    return apart


def _closing_link(text: str, start: int, end: int) -> int | None:
    """Where a link to another article begins that closes a paragraph behind its last sentence."""
    begin = max(text.rfind(".", start, end) + 1, end - LONGEST_LINE, start)  # there is no full stop in a link
    if begin == end or not any(map(text[begin:end].lower().__contains__, _CLOSING_LINK_WORDS)):
        return None
    link = _CLOSING_LINK.search(text, begin, end)
    if link and link.start() > start and text[start : link.start()].rstrip().endswith(_SENTENCE_CLOSE):
        return link.start()
    return None
