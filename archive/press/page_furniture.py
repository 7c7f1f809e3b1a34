"""Page furniture: page elements left in article texts, in the forms that Indonesian news sites share.

These are advertisement markers, links to other articles, embedded posts, calls to follow a channel, and scripts. They
are recognized by their wording anywhere in a text. Lines that only one outlet repeats are learned by `boilerplate`.
The patterns are narrow: a line that continues into a second sentence is prose.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from archive.press.known_titles import LEAD, NO_TITLES, known_title_end, leads
from archive.press.linked_titles import is_whole_title, title_end, without_blanks

LONGEST_LINE: Final = 220  # characters of a furniture line; a link with its title is shorter
LONGEST_HEADING: Final = 20  # characters of the heading of a list of links
LONGEST_LINK: Final = 130  # characters of a title in a list of links
SHORTEST_CLOSING_LINK: Final = 10  # characters
MOST_LINKS: Final = 3  # under a heading; a heading that ends in a colon announces one link
FEWEST_WORDS_OF_A_LINK: Final = 4  # a shorter line may be a heading of the article
MOST_WORDS_OF_A_TAG: Final = 6  # more are a sentence
MOST_SIGNS_BEFORE: Final = 8  # commas and spaces before `Loading...`; unbounded, a page of commas takes minutes

_ADVERT: Final = r"ADVERTISEMENT|SCROLL TO (?:CONTINUE|RESUME)(?: WITH)? CONTENT"
_GAMBAS: Final = r"\[Gambas:[^\]\n]{1,60}\]"
_POST: Final = (
    r"[Vv]iew this post on [Ii]nstagram|A post shared by [^\n]{1,60}?\(@[\w.]+\)"
    r"|Sebuah kiriman dibagikan oleh [^\n]{1,60}?\(@[\w.]+\)"
)
_SCRIPT: Final = r"\(adsbygoogle\s*=[^\n]{1,120}?\);?|(?:window\.)?googletag\.cmd\.push\([^\n]{1,200}?\}\s*\);?"
_EMBED: Final = f"{_GAMBAS}|{_POST}|{_SCRIPT}"
_LOADING: Final = r"[Ll]oading\.\.\."
_SINGLE_PAGE: Final = r"View in Single Page(?: \d{1,2})*"
_CUT_OFF: Final = r"\[\+\d{1,7} chars\]"  # how APIs of news say what they left out
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

# Whole lines. Most lines fail at their first letters.
_LINE: Final = re.compile(
    rf"(?:{_ADVERT}|Advertisement|[,\s]|{_LOADING}|{_EMBED})+|(?:{_ALSO}|Baca\s?:\s(?=[A-Z\d\"“]))(?!\s*,)[^\n]*(?<!\.)"
    rf"|{_INVITATION}|{_REPUBLISHED}|{_HEADING}|[\W_]+"
)
_LIST_HEADING: Final = re.compile(_HEADING)
# Within a paragraph: elements with a definite end, and links that close the paragraph.
# Each is looked for only where a substring test finds a sign of it, which is far cheaper.
_PIECES: Final = (
    (("ADVERTISEMENT", "SCROLL TO "), re.compile(rf"(?:(?:{_ADVERT})\s*)+")),
    (
        ("dvertisement",),
        re.compile(r"[Aa]dvertisement(?:(?<=[.!?\"”’)] A.{12})(?=\s+[A-Z\"“]|\s*$)| scroll to continue with content)"),
    ),
    (
        ("[Gambas:",),
        re.compile(rf"(?:(?:Simak|Lihat|Tonton|Saksikan)(?i: juga)? [Vv]ideo\b[^\n\[.]{{5,150}})?{_GAMBAS}"),
    ),
    (("iew this post on ", "(@"), re.compile(_POST)),
    (("google",), re.compile(_SCRIPT)),
    (("oading...",), re.compile(_LOADING)),
    ((" chars]",), re.compile(_CUT_OFF)),
    (("View in Single",), re.compile(_SINGLE_PAGE)),
)
_SIGNS: Final = tuple(sign for signs, _ in _PIECES for sign in signs)
# A link has a definite end if it is in brackets, or if only commas are left of it. `linked_titles` tells where the
# title of any other ends, if anything shows it.
_LINK: Final = re.compile(
    r"[Bb](?:(?P<bracketed>(?<=[(\[]B)(?:aca(?: [Jj]uga)?|ACA(?: JUGA)?)|(?<=[(\[]b)aca juga)"
    r"\s*:[^()\[\]\n]{0,150}[)\]]"
    r"|(?<=B)aca [Jj]uga\s?(?::,+|:\s,+(?=\S)|,{2,}|:\s*$))"
)
_TITLE_BEGIN: Final = re.compile(r"[A-Z\d\"'“‘(\[]")
_CREDIT: Final = re.compile(r"(?:Pewarta|Editor|Penulis|Reporter)\s?:|Copyright ©|Tags \w")
_MARK_BEHIND: Final = re.compile(r"[?!][\"'”’]?(?!\S)")
_BEFORE_LINK: Final = ("", ".", "!", "?", '"', "”", "’", ")", "…")  # a sentence has ended, or the paragraph begins
_CLOSING_LINK: Final = re.compile(rf"(?:{_ALSO})[^.\n]{{5,150}}$")
_CLOSING_LINK_WORDS: Final = ("juga", "video", "simak", "tonton", "saksikan", "pilihan")  # each link contains one
_SENTENCE_CLOSE: Final = tuple('.!?"”’)]')
_OPENING: Final = re.compile(
    r"[ \t]*+((?:ADVERT|Advertisement|SCROLL|\[Gambas|[Vv]iew this|A post|Sebuah kiriman|[Ll]oading|\(adsby|googletag"
    r"|window\.google|[Bb]aca|BACA|[Ll]ihat|Simak|SIMAK|Tonton|Saksikan|Pilihan|\(?Ayo|Ikuti|Update|Cek|Dapatkan"
    r"|Download|Artikel|Dilarang)"
    rf".{{0,{LONGEST_LINE}}})"
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-Z]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBERED: Final = re.compile(r"\d+[.)]\s")
_PROSE_END: Final = re.compile(r"[.!?,;:…][\"”’)]*$")


def is_line(line: str) -> bool:
    """Whether a whole line is page furniture; a line of punctuation alone is."""
    return len(line) <= LONGEST_LINE and _LINE.fullmatch(line) is not None and _SENTENCE_END.search(line) is None


def openings(text: str) -> set[str]:
    """The first words of the furniture lines in a text: "baca juga", "advertisement"."""
    found = filter(None, map(_OPENING.fullmatch, text.split("\n")))
    lines = (" ".join(match[1].split()) for match in found)
    return {_opening(line) for line in lines if is_line(line)}


def _opening(line: str) -> str:
    return " ".join(_WORD.findall(line.casefold())[:2])


def links_under(line: str) -> int:
    """How many lines below may be links, if the line is a heading of links such as `Baca juga`; else 0."""
    if len(line) > LONGEST_HEADING or not _LIST_HEADING.fullmatch(line):
        return 0
    return 1 if line.endswith(":") else MOST_LINKS


def is_link(line: str) -> bool:
    """Whether a line under such a heading reads as a title: no sentence, and most words capitalized."""
    if len(line) > LONGEST_LINK or _PROSE_END.search(line) or _NUMBERED.match(line):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return len(words) >= FEWEST_WORDS_OF_A_LINK and 3 * sum(word[0].isupper() for word in words) >= 2 * len(words)


def is_tag(line: str) -> bool:
    """Whether a line after the wire initials reads as a topic tag: a few lowercase words."""
    return line == line.lower() and line.count(" ") < MOST_WORDS_OF_A_TAG and not _PROSE_END.search(line)


def pieces(text: str, start: int, end: int, titles: frozenset[int] = NO_TITLES) -> Iterator[tuple[int, int]]:
    """The spans of page furniture within the paragraph `text[start:end]`, in order.

    `titles` are the hashes of titles that links name, see `known_titles`.
    """
    paragraph = text[start:end]
    found: list[tuple[int, int]] = []
    if any(map(paragraph.__contains__, _SIGNS)):
        found = _without_overlaps(sorted(_elements(text, start, end)))
    if any(map(paragraph.__contains__, ("Baca", "BACA", "(baca"))) or (titles and "baca" in paragraph):
        links = [*_links(text, start, end), *_known_links(text, start, end, titles)]
        found = _without_overlaps(sorted([*found, *links, *_titled_links(text, start, end, found)]))
    closes = found and not text[found[-1][1] : end].strip()
    last = start + len(text[start : found[-1][0]].rstrip()) if closes else end
    behind = max((until for begin, until in found if text[begin] in "Bb" and until <= last), default=start)
    link = _closing_link(text, behind, last, start)
    if link is None or any(begin <= link < until and (begin < link or text[link] in "Bb") for begin, until in found):
        yield from found
    else:
        yield from (piece for piece in found if piece[0] < link)
        yield link, end


def _elements(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The elements with a definite end that are no links."""
    paragraph = text[start:end]
    for signs, pattern in _PIECES:
        if any(map(paragraph.__contains__, signs)):
            for match in pattern.finditer(text, start, end):
                yield _begin(text, start, match.start()), match.end()


def _begin(text: str, start: int, begin: int) -> int:
    """Where an element begins with the commas and blanks before `Loading...`, at most some of them."""
    if text[begin] not in "Ll":
        return begin
    least = max(start, begin - MOST_SIGNS_BEFORE)
    while begin > least and (text[begin - 1].isspace() or text[begin - 1] == ","):
        begin -= 1
    return begin


def _links(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The links to other articles that have a definite end."""
    for link in _LINK.finditer(text, start, end):
        yield max(start, link.start() - (link["bracketed"] is not None)), link.end()


def _known_links(text: str, start: int, end: int, titles: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The links to articles whose titles are known, with a mark of a question or exclamation behind."""
    for lead in leads(text, start, end) if titles else ():
        stop = known_title_end(text, lead.end(), titles)
        if stop is not None and stop <= end:
            behind = _MARK_BEHIND.match(text, stop, end)
            yield lead.start(), behind.end() if behind else stop


def _titled_links(text: str, start: int, end: int, others: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The links whose titles surely end, though the paragraph goes on.

    `others` are elements of another kind, which no title contains.
    """
    found = [lead for lead in LEAD.finditer(text, start, end) if _leads_to_title(text, lead)]
    behind = {end for _, end in others}
    bounds = sorted([*(begin for begin, _ in others), *(link.start() for link in found)])
    for link in found:
        before = without_blanks(text, start, link.start())
        if link["sign"] is None and text[max(start, before - 1) : before] not in _BEFORE_LINK and before not in behind:
            continue
        bound = bounds[following] if (following := bisect_right(bounds, link.start())) < len(bounds) else end
        if credit := _CREDIT.search(text, link.end(), min(bound, link.end() + LONGEST_LINE)):
            bound = credit.start()
        last = without_blanks(text, link.end(), bound)
        if bound < end and is_whole_title(text, link.end(), last):
            yield link.start(), last
        else:
            glued = start < link.start() == before
            stop = title_end(text, link.end(), bound, glued=glued)
            if stop is not None:
                yield link.start(), stop


def _leads_to_title(text: str, lead: re.Match[str]) -> bool:
    """Whether a lead with a capital stands before what may begin a title; one without a sign, before a letter."""
    begins = _TITLE_BEGIN.match(text, lead.end())
    if begins is None or text[lead.start()] != "B":
        return False
    return lead["bare"] is None or (begins[0].isalpha() and (not lead["bare"] or lead.end("bare") == lead.end()))


def _without_overlaps(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans without those that begin inside another."""
    apart: list[tuple[int, int]] = []
    for stretch in found:
        if not apart or stretch[0] >= apart[-1][1]:
            apart.append(stretch)
    return apart


def _closing_link(text: str, begin: int, end: int, start: int) -> int | None:
    """Where a link to another article begins, if one follows the last sentence of a paragraph, or another link.

    `start` is where the paragraph begins; `begin` is that, or where the last link before this one ends.
    """
    first = max(text.rfind(".", begin, end) + 1, end - LONGEST_LINE, begin)  # a link contains no full stop
    if end - first < SHORTEST_CLOSING_LINK or not any(map(text[first:end].lower().__contains__, _CLOSING_LINK_WORDS)):
        return None
    link = _CLOSING_LINK.search(text, first, end)
    if link is None or link.start() == start:
        return None
    before = text[begin : link.start()].rstrip()
    return link.start() if before.endswith(_SENTENCE_CLOSE) or not before else None
