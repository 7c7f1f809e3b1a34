"""Fact-checks: articles about what others published, and the few days in them that are their own.

A fact-check tells when the claim was posted, when its sources appeared and when somebody spoke to another paper. None
of these days is its own. Its own are the timestamp of the page, a dateline, `hari ini`, and the day up to which it
counted the reactions to a post: `Hingga Kamis (7/5/2026), unggahan tersebut telah dibagikan 30 kali`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.dating.cues import Cue
from archive.dating.day_context import DayContext

OPENING = 1200  # characters of the body in which a fact-check says that it is one
NEARBY = 60  # characters before and after a day

_MARKS = re.compile(
    r"\b(?:turn ?back ?hoax|mafindo|(?:cek|periksa) ?fakta|fakta atau hoaks?|hoaks? atau fakta|"
    r"disadur dari (?:artikel|situs|laman))\b"
    r"|\[(?:salah|hoaks?|hoax|penipuan|disinformasi|misinformasi|klarifikasi|fakta)\]"
    r"|\((?-i:SALAH|HOAKS?|HOAX|PENIPUAN|DISINFORMASI|MISINFORMASI|KLARIFIKASI)\)",
    re.IGNORECASE,
)
# Each mark contains one of these, and most news none; looking for them takes a fifth of the time.
_SIGNS = ("fakta", "hoa", "mafindo", "disadur", "penipuan", "sinformasi", "klarifikasi", "salah)", "salah]")
_COUNTED = re.compile(r"\b(?:hingga|sampai|per)\s+(?:hari\s+|tanggal\s+)?[(“\"]?$", re.IGNORECASE)
_REACTIONS = re.compile(r"\b(?:unggahan|konten|video|cuitan|postingan|tayangan|foto|klaim)\b", re.IGNORECASE)


def is_fact_check(title: str, bodies: Sequence[str]) -> bool:
    """Whether the title or the opening of an article says that it checks what others published."""
    body = "\n".join(bodies)
    places = ((title, 0, len(title)), (body, 0, OPENING), (body, max(0, len(body) - OPENING), len(body)))
    return any(_is_marked(text, start, end) for text, start, end in places)


def _is_marked(text: str, start: int, end: int) -> bool:
    folded = text[start:end].casefold()
    return any(map(folded.__contains__, _SIGNS)) and _MARKS.search(text, start, end) is not None


def with_quoted_days(cues: Sequence[Cue], body: str) -> list[Cue]:
    """The days of a fact-check, those that are not its own as QUOTED; `body` is what their offsets count in."""
    return [cue if _is_own(cue, body) else replace(cue, context=DayContext.QUOTED) for cue in cues]


def _is_own(cue: Cue, body: str) -> bool:
    if cue.context >= DayContext.TODAY or cue.announced:
        return True
    before = body[max(0, cue.at - NEARBY) : cue.at]
    return bool(_COUNTED.search(before) and _REACTIONS.search(body, cue.at, cue.at + 2 * NEARBY))
