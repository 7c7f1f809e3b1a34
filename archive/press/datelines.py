"""Datelines: the place, outlet and agency that a text names before its first dash.

Indonesian outlets use three forms: `New York (ANTARA News) -`, `TEMPO.CO, Jakarta -` and `JAKARTA, KOMPAS.com -`.
A bare `JAKARTA -` counts only in capitals or if the place is well known, because ordinary sentences contain dashes too.
"""

import re
from dataclasses import dataclass

from archive.press.agencies import NO_AGENCIES, canonical_agency
from archive.press.outlet_table import Publisher
from archive.press.outlets import DOMAIN, publisher_from_name, publisher_in_text
from archive.press.places import HEADINGS, PLACES, canonical_place

LONGEST_HEAD = 70  # characters before the dash; a longer head is a sentence
MOST_PLACE_WORDS = 10  # with the signs between them; more are a sentence
LONGEST_LINE = 60  # characters of a dateline that is a paragraph of its own, as on pages of detik
PULL_QUOTE_REACH = 400  # characters; ANTARA sometimes puts a pull quote before the dateline, in one paragraph
NOTICE_REACH = 40  # characters between a copyright sign and the owner
SHORTEST_CAPITALS = 4  # letters; shorter uppercase words before a dash are acronyms (KPK, DPR)

DASH = r"(?:\s++-++|--++|\s*+[–—]|-(?=\s))(?:\s*+[-–—])*"
CREDITED = re.compile(
    rf"(?P<place>[^()\n\"“”.!?]{{0,60}}?)[,\s-]*\(\s*(?P<credit>[^()\s][^()\n]{{1,39}}?)\s*\)"
    rf"(?:{DASH}|(?:(?<=\.co\))|(?<=\.com\))|(?<=\.id\))):)\s*"
)
TOP_LEVEL = r"(?i:com|co\.id|co|id|tv|net)"
DASHES = re.compile("[-–—]")
NAMED = re.compile(rf"(?P<head>[^()\n\"“”–—!?]{{2,{LONGEST_HEAD}}}?)(?:{DASH})\s*")
# Where the dash has no blank behind it, or is a colon, only an outlet with its domain tells a dateline from a sentence.
NAMED_BY_DOMAIN = re.compile(
    rf"(?P<head>(?:[A-Z][^()\n\"“”–—!?.:]{{1,40}},\s?)?[A-Za-z][\w-]{{1,28}}\.{TOP_LEVEL}"
    r"(?:(?:,\s?[A-Z][\w ]{2,30}?)?-(?=[A-Z\"“])|,\s?[A-Z][\w ]{2,30}?(?=:\s)))[-:]?\s*"
)
AFTER_BYLINE = re.compile(  # "Laporan Wartawan Tribun Lampung, Dewi TRIBUNNEWS.COM, BANDAR LAMPUNG - "
    r"(?<=[^\W\d_)] )[A-Z][A-Z-]{3,24}\.(?:COM|CO\.ID|CO|ID)\b(?=(?:, ?[A-Z][A-Z .]{2,30})?\s?(?:--|[-–—])\s)"
)
DOMAINS = (".CO", ".ID")
ENDS_OF_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?]\s")
FOLLOWING_PLACE = re.compile(rf"(?P<place>[A-Z][A-Z ]{{3,30}})(?:{DASH}|\.)\s+")
AFTER_PULL_QUOTE = re.compile(r"(?<=[^A-Z\W] |[\"”’.,!?] )(?=(?:[A-Z][\w'’-]*,? ){1,4}\(ANTARA\b)")
PLACE = re.compile(r"(?!\d)\w[\w.'’/-]*(?:,? (?:[-/]|(?!\d)\w[\w.'’/-]*))*")
SITE = re.compile(r"\.co|\.net|\.id|news", re.IGNORECASE)
CAPITALS = re.compile(r"[A-Z][A-Z'’.]+(?:[ ,-]+[A-Z][A-Z'’.]*){0,3}")
MANGLED_DOT = re.compile(r"(?<=\w),\s?(?=(?:co|com)\b(?:\.id\b)?[.,])", re.IGNORECASE)
MANGLED_COMMA = re.compile(r"(?<=\.CO)\. (?=[A-Z])")
GLUED = re.compile(r"(?P<place>(?:[A-Z][a-z]+ )*[A-Z][a-z]+)(?=[A-Z][a-z])")  # "JakartaCocobi": a line break was lost
# Liputan6, where bold letters are the only sign: "Liputan6.com, Jakarta Warga …", glued if line breaks were lost.
UNDASHED = re.compile(
    r"(?P<outlet>[A-Za-z][\w-]{1,28}\.(?:com|co\.id|co|id)), ?(?P<words>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
)
AFTER_UNDASHED = re.compile(r"(?:[\s\ufffd]|[-–—])*+(?=[A-Z0-9\"“‘'(])")
NOTICE = re.compile(r"©|\(c\)|\bSumber\s*+:")
NEWSROOM = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}")  # a possible outlet name that is not in our list


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline at `text[start:end]`; `agencies` are the news agencies named besides the outlet."""

    start: int
    end: int
    place: str | None = None
    publisher: Publisher | None = None
    agencies: tuple[str, ...] = ()


def read_dateline(text: str, start: int, end: int, *, leading: bool = True) -> Dateline | None:
    """Read the dateline of the paragraph `text[start:end]`; without `leading` a bare place is not enough."""
    if "(" in text[start : start + LONGEST_HEAD] and (match := CREDITED.match(text, start, end)):
        credited = _credited(match, text)
        if credited is not None:
            return credited
    dashed = DASHES.search(text, start, min(end, start + 2 * LONGEST_HEAD))
    if dashed and (match := NAMED.match(text, start, end)) and (named := _named(text, match, end)):
        return named if leading or named.publisher else None
    return _opening(text, start, end) if leading else None


def _opening(text: str, start: int, end: int) -> Dateline | None:
    """Read the forms that count only at the beginning of a text."""
    if (match := NAMED_BY_DOMAIN.match(text, start, end)) and (named := _named(text, match, end)) and named.publisher:
        return named
    if end - start <= LONGEST_LINE and text[end:].strip() and (alone := _alone(text, start, end)):
        return alone
    if undashed := UNDASHED.match(text, start, end):
        return _undashed(undashed, text, end)
    if "(ANTARA" in text[start : start + PULL_QUOTE_REACH]:
        return _after_pull_quote(text, start, end)
    return _after_byline(text, start, end)


def _credited(match: re.Match[str], text: str) -> Dateline | None:
    """Read `Place (CREDIT) -`; the credit must be a known outlet or agency, or one the text credits again."""
    names = [part.strip() for part in match.group("credit").split("/")]
    agencies = tuple(agency for name in names if (agency := canonical_agency(name)))
    publishers = [publisher for name in names if (publisher := _known_publisher(name))]
    if not (agencies or publishers) and _credited_elsewhere(names[0], text, match.end()):
        publishers = [Publisher(names[0], known=False)]
    place = _place(match.group("place"))
    if not (agencies or publishers) or (match.group("place").strip() and place is None):
        return None
    return Dateline(match.start(), match.end(), place, publishers[0] if publishers else None, agencies)


def _credited_elsewhere(name: str, text: str, start: int) -> bool:
    """Whether a copyright or source line names it too, which marks a newsroom as surely as a known name."""
    if not NEWSROOM.fullmatch(name) or name in NO_AGENCIES:
        return False
    return any(_is_named(name, text, notice.end()) for notice in NOTICE.finditer(text, start))


def _is_named(name: str, text: str, start: int) -> bool:
    """Whether a name stands as a whole word in the line from `start`, near its beginning."""
    at = text.find(name, start, start + NOTICE_REACH + len(name))
    while at >= 0:
        end = at + len(name)
        if "\n" in text[start:at]:
            return False
        if not _is_letter(text[at - 1]) and not _is_letter(text[end : end + 1]):
            return True
        at = text.find(name, at + 1, start + NOTICE_REACH + len(name))
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _named(text: str, match: re.Match[str], end: int) -> Dateline | None:
    """Read `OUTLET, Place -`, `PLACE, OUTLET -`, `OUTLET - PLACE -` or a bare place."""
    head = match.group("head")
    if "." in head:
        head = MANGLED_COMMA.sub(", ", MANGLED_DOT.sub(".", head))
    parts = [part.strip() for part in head.split(",")]
    for publisher, rest in ((_known_publisher(parts[0]), parts[1:]), (_known_publisher(parts[-1]), parts[:-1])):
        if publisher is None:
            continue
        place = _place(", ".join(rest))
        if place is None and any(rest):
            return None
        if place and (glued := GLUED.match(place)) and glued.group() in PLACES:
            end_of_place = text.rindex(glued.group(), match.start(), match.end()) + len(glued.group())
            return Dateline(match.start(), end_of_place, canonical_place(glued.group()), publisher)
        after = FOLLOWING_PLACE.match(text, match.end(), end) if place is None else None
        if after:
            return Dateline(match.start(), after.end(), _place(after.group("place")), publisher)
        return Dateline(match.start(), match.end(), place, publisher)
    place = _place(head)
    return Dateline(match.start(), match.end(), place) if place and _stands_alone(head.strip(" ,")) else None


def _alone(text: str, start: int, end: int) -> Dateline | None:
    """Read a paragraph that is nothing but a place, an outlet with its domain, or both."""
    parts = [part.strip() for part in text[start:end].split(",")]
    outlets = [part for part in parts if "." in part and _known_publisher(part)]
    place = ", ".join(part for part in parts if part not in outlets)
    if len(outlets) > 1 or not (outlets or place in PLACES) or (place and _place(place) is None):
        return None
    return Dateline(start, end, _place(place), _known_publisher(outlets[0]) if outlets else None)


def _undashed(match: re.Match[str], text: str, end: int) -> Dateline | None:
    """Read `Outlet.com, Place` without a dash after it, which only a known place ends."""
    publisher = publisher_in_text(match["outlet"])
    words = match["words"].split(" ")
    places = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    place = next((one for one in places if one in PLACES), None) if publisher else None
    after = AFTER_UNDASHED.match(text, match.start("words") + len(place), end) if place else None
    return Dateline(match.start(), after.end(), canonical_place(place or ""), publisher) if after else None


def _after_pull_quote(text: str, start: int, end: int) -> Dateline | None:
    """Find the dateline after a pull quote that opens the paragraph."""
    credit = text.find("(ANTARA", start, min(end, start + PULL_QUOTE_REACH))
    words = AFTER_PULL_QUOTE.search(text, max(start, credit - LONGEST_HEAD), credit + len("(ANTARA)"))
    match = CREDITED.match(text, words.start(), end) if words else None
    return _credited(match, text) if match else None


def _after_byline(text: str, start: int, end: int) -> Dateline | None:
    """Find the dateline after the name of a reporter or photographer who opens the paragraph."""
    last = min(end, start + 2 * LONGEST_HEAD)
    head = AFTER_BYLINE.search(text, start, last) if any(text.find(sign, start, last) > 0 for sign in DOMAINS) else None
    match = NAMED.match(text, head.start(), end) if head else None
    return _named(text, match, end) if match and not ENDS_OF_SENTENCES.search(text, start, match.start()) else None


def _known_publisher(name: str) -> Publisher | None:
    """The publisher of that name, if it is known or a domain."""
    if known := publisher_in_text(name):
        return known
    publisher = publisher_from_name(name) if "." in name else None
    return publisher if publisher and DOMAIN.fullmatch(publisher.outlet) else None


def _place(words: str) -> str | None:
    """The canonical spelling of a place; None if the words cannot be a place."""
    place = " ".join(words.split()).strip(" ,-")
    if not place or len(place.split()) > MOST_PLACE_WORDS or not PLACE.fullmatch(place):
        return None
    if SITE.search(place) or _known_publisher(place):
        return None
    if not place[0].isupper() or len([word for word in place.split() if word.islower()]) > 1:
        return None
    return canonical_place(place)


def _stands_alone(head: str) -> bool:
    """Whether a place counts as a dateline without an outlet."""
    if head in PLACES:
        return True
    return len(head) >= SHORTEST_CAPITALS and CAPITALS.fullmatch(head) is not None and head not in HEADINGS
