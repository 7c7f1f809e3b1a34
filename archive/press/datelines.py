"""Datelines: where and for whom a text says it was written, in the words before its first dash.

Indonesian outlets sign in three ways: `New York (ANTARA News) -`, `TEMPO.CO, Jakarta -` and `JAKARTA, KOMPAS.com -`.
A bare `JAKARTA -` counts only in capitals or as a well-known place, because ordinary sentences have dashes too.
"""

import re
from dataclasses import dataclass

from archive.press.outlets import DOMAIN, NO_AGENCIES, Imprint, agency_named, imprint_named
from archive.press.places import HEADINGS, PLACES, place_named

LONGEST_HEAD = 70  # characters before the dash; longer ones are sentences
LONGEST_PLACE_WORDS = 5
PULL_QUOTE_REACH = 400  # ANTARA sometimes sets a quotation before the dateline, in the same paragraph
SHORTEST_CAPITALS = 4  # letters; shorter words in capitals before a dash are acronyms (KPK, DPR)

DASH = r"(?:\s+-+|--+|\s*[–—]|-(?=\s))(?:\s*[-–—])*"
CREDITED = re.compile(
    rf"(?P<place>[^()\n\"“”.!?]{{0,60}}?)[,\s-]*\(\s*(?P<credit>[^()\s][^()\n]{{1,39}}?)\s*\)(?:{DASH})\s*"
)
DASHES = re.compile("[-–—]")
NAMED = re.compile(rf"(?P<head>[^()\n\"“”–—!?]{{2,{LONGEST_HEAD}}}?)(?:{DASH})\s*")
FOLLOWING_PLACE = re.compile(rf"(?P<place>[A-Z][A-Z ]{{3,30}})(?:{DASH}|\.)\s+")
AFTER_PULL_QUOTE = re.compile(r"(?<=[^A-Z\W] |[\"”’.,!?] )(?=(?:[A-Z][\w'’-]*,? ){1,4}\(ANTARA\b)")
PLACE = re.compile(r"(?!\d)\w[\w.'’/-]*(?:,? (?:[-/]|(?!\d)\w[\w.'’/-]*))*")
SITE = re.compile(r"\.co|\.net|\.id|news", re.IGNORECASE)
CAPITALS = re.compile(r"[A-Z][A-Z'’.]+(?:[ ,-]+[A-Z][A-Z'’.]*){0,3}")
MANGLED_DOT = re.compile(r"(?<=\w),\s?(?=(?:co|com)\b(?:\.id\b)?[.,])", re.IGNORECASE)
MANGLED_COMMA = re.compile(r"(?<=\.CO)\. (?=[A-Z])")
GLUED = re.compile(r"(?P<place>(?:[A-Z][a-z]+ )*[A-Z][a-z]+)(?=[A-Z][a-z])")  # "JakartaCocobi": a line break was lost
NEWSROOM = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}")  # that may be one we do not know


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline `text[start:end]` and its facts; `agencies` are the wire services named beside the outlet."""

    start: int
    end: int
    place: str | None = None
    imprint: Imprint | None = None
    agencies: tuple[str, ...] = ()


def read_dateline(text: str, start: int, end: int, *, leading: bool = True) -> Dateline | None:
    """Dateline of the paragraph `text[start:end]`; outside the leading paragraph only one that names its outlet."""
    if "(" in text[start : start + LONGEST_HEAD] and (match := CREDITED.match(text, start, end)):
        credited = _credited(match, text)
        if credited is not None:
            return credited
    dashed = DASHES.search(text, start, min(end, start + 2 * LONGEST_HEAD))
    if dashed and (match := NAMED.match(text, start, end)) and (named := _named(text, match, end)):
        return named if leading or named.imprint else None
    if leading and "(ANTARA" in text[start : start + PULL_QUOTE_REACH]:
        return _after_pull_quote(text, start, end)
    return None


def _credited(match: re.Match[str], text: str) -> Dateline | None:
    """Read `Place (CREDIT) -`; the credit must name an outlet or a wire service, or one the text signs with."""
    names = [part.strip() for part in match.group("credit").split("/")]
    agencies = tuple(agency for name in names if (agency := agency_named(name)))
    imprints = [imprint for name in names if (imprint := _outlet(name))]
    if not (agencies or imprints) and _signed(names[0], text, match.end()):
        imprints = [Imprint(names[0], known=False)]
    place = _place(match.group("place"))
    if not (agencies or imprints) or (match.group("place").strip() and place is None):
        return None
    return Dateline(match.start(), match.end(), place, imprints[0] if imprints else None, agencies)


def _signed(name: str, text: str, start: int) -> bool:
    """Whether a copyright or source line names somebody too, as sure a sign of a newsroom as being known."""
    if not NEWSROOM.fullmatch(name) or name in NO_AGENCIES:
        return False
    return re.search(rf"(?:©|\(c\)|\bSumber\s*:)[^\n]{{0,40}}?(?<!\w){re.escape(name)}(?!\w)", text[start:]) is not None


def _named(text: str, match: re.Match[str], end: int) -> Dateline | None:
    """Read `OUTLET, Place -`, `PLACE, OUTLET -`, `OUTLET - PLACE -` and the bare place."""
    head = match.group("head")
    if "." in head:
        head = MANGLED_COMMA.sub(", ", MANGLED_DOT.sub(".", head))
    parts = [part.strip() for part in head.split(",")]
    for imprint, rest in ((_outlet(parts[0]), parts[1:]), (_outlet(parts[-1]), parts[:-1])):
        if imprint is None:
            continue
        place = _place(", ".join(rest))
        if place is None and any(rest):
            return None
        if place and (glued := GLUED.match(place)) and glued.group() in PLACES:
            end_of_place = text.rindex(glued.group(), match.start(), match.end()) + len(glued.group())
            return Dateline(match.start(), end_of_place, place_named(glued.group()), imprint)
        after = FOLLOWING_PLACE.match(text, match.end(), end) if place is None else None
        if after:
            return Dateline(match.start(), after.end(), _place(after.group("place")), imprint)
        return Dateline(match.start(), match.end(), place, imprint)
    place = _place(head)
    return Dateline(match.start(), match.end(), place) if place and _stands_alone(head.strip(" ,")) else None


def _after_pull_quote(text: str, start: int, end: int) -> Dateline | None:
    """Find the dateline behind a quotation that opens the paragraph."""
    credit = text.find("(ANTARA", start, min(end, start + PULL_QUOTE_REACH))
    words = AFTER_PULL_QUOTE.search(text, max(start, credit - LONGEST_HEAD), credit + len("(ANTARA)"))
    match = CREDITED.match(text, words.start(), end) if words else None
    return _credited(match, text) if match else None


def _outlet(name: str) -> Imprint | None:
    """Outlet a name stands for, if it is a known one or a domain."""
    imprint = imprint_named(name)
    return imprint if imprint and (imprint.known or DOMAIN.fullmatch(imprint.outlet)) else None


def _place(words: str) -> str | None:
    """A place in one spelling; None where the words can't be one."""
    place = " ".join(words.split()).strip(" ,-")
    if not place or len(place.split()) > 2 * LONGEST_PLACE_WORDS or not PLACE.fullmatch(place):
        return None
    if SITE.search(place) or _outlet(place):
        return None
    if not place[0].isupper() or len([word for word in place.split() if word.islower()]) > 1:
        return None
    return place_named(place)


def _stands_alone(head: str) -> bool:
    """Whether a place may stand before the dash without an outlet."""
    if head in PLACES:
        return True
    return len(head) >= SHORTEST_CAPITALS and CAPITALS.fullmatch(head) is not None and head not in HEADINGS
