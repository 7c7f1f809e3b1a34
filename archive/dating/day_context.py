"""How a day stands in its sentence: whether the words around it tie it to the day of writing, or only to its news.

News puts the verb of saying right before the day on which it was said (`..., kata Deni, Selasa (10/9)`), and that day
is the article's own or the one before. An event's day (`menikah pada Selasa (10/9)`) may be told of a week later, and
one that is announced has not come. The last word before a day that tells one from the other decides, else its clause.
"""

import re
from enum import IntEnum
from functools import lru_cache

CONTEXT = 160  # characters before a day in which the words stand that tell
KEPT_WORDS = 16384  # words whose meaning here is remembered; Indonesian news has about as many that are common
NEARBY = 48  # characters before a day in which the words stand that belong to it alone

_WORD = re.compile(r"\w+")
_TELLING = re.compile(  # words alone that tell, in lower case
    r"(?P<future>akan|bakal|takkan|mendatang|depan|besok|lusa|dijadwalkan|menjadwalkan|diagendakan|diundang|jadwalnya|"
    r"rencana\w*|berencana|merencanakan|direncanakan|hendak|nanti|menatap|menanti|dinanti\w*|ditunggu\w*|jelang|menjelang|"
    r"menyambut|diperkirakan|diprediksi|berpotensi|bertekad|membidik|keesokan)"
    r"|(?P<spoken>tanya\w*|mengaku|mengutip|melansir|merangkum|dirangkum|diberitakan|ditulis|berdasarkan|kata\w*|ujar\w*|"
    r"mengatakan|tutur\w*|ucap\w*|jelas\w*|ungkap\w*|imbuh\w*|papar\w*|tegas\w*|tandas\w*|tambah\w*|terang\w*|sebut\w*|"
    r"menurut|dikutip|dilansir|ditemui|dijumpai|dihubungi|dikonfirmasi|diwawancara\w*|keterangan\w*|melaporkan|"
    r"menyatakan|menyampaikan|menuturkan|menyebut\w*|menegaskan|mengungkapkan|menjelaskan|menambahkan)"
    r"|(?P<done>lalu|kemarin|tadi|usai|telah|sudah)"
)
_TELLING_PAIRS = re.compile(  # words that tell with the one behind them
    r"(?P<future>terhitung mulai|siap (?:me|ber|di|ter|tampil)\w*|(?:bisa|dapat) (?:me|ber|di|ter)\w+)"
    r"|(?P<spoken>(?:jumpa|konferensi|siaran) pers|kepada (?:wartawan|awak))"
    r"|(?P<done>(?:hari|pagi|siang|sore|malam) ini)"
)
_OPEN_PAIRS = frozenset(
    (
        "terhitung",
        "siap",
        "bisa",
        "dapat",
        "jumpa",
        "konferensi",
        "siaran",
        "kepada",
        "hari",
        "pagi",
        "siang",
        "sore",
        "malam",
    )
)
_ENDS_OF_SENTENCE = (". ", '." ', ".” ", "? ", "! ")
_TODAY_BEFORE = re.compile(r"\b(?:hari|pagi|siang|sore|petang|malam) ini[\s,(]*$", re.IGNORECASE)
_TODAY_BEHIND = re.compile(r"[\s,()]*(?:hari|pagi|siang|sore|petang|malam) ini\b")
_FUTURE_BEHIND = re.compile(r"[\s,]*(?:(?:pekan|minggu|bulan|tahun)\s+)?(?:mendatang|depan|besok|nanti)\b")
_PAST_BEHIND = re.compile(r"[^.;:\n]{0,24}?\b(?:lalu|kemarin|tadi|silam)\b")
_LONG_AGO_BEHIND = re.compile(r"[\s,()]*(?:(?:pagi|siang|sore|malam|dini hari)\s+)?(?:lalu|silam)\b")
_LONG_AGO = re.compile(r"\b(?:lalu|silam)\b")
_LONG_AGO_BEFORE = re.compile(r"\b(?:lalu|silam),?\s*\(?$", re.IGNORECASE)
_CLAUSE_BEHIND = re.compile(  # the subject of "will", without a verb of saying or another clause before it
    r"(?:[\s,]+(?!(?:yang|bahwa|untuk|agar|karena|dan|di|ke|me(?!nteri|nko|dia)[mn]\w+)\b)[^\s,.;:()\"“”]+){0,7}?"
    r"[\s,]+(?:akan|bakal)\b"
)
_SPOKEN_BEHIND = re.compile(  # a subject that speaks: `pada Kamis (2/7), menteri luar negeri mengatakan …`
    r"(?:[\s,)]+(?!(?:yang|bahwa|untuk|saat|ketika|dan)\b)[^\s,.;:()\"“”]+){1,8}?[\s,)]+"
    r"(?:mengatakan|menyatakan|menegaskan|menuturkan|menjelaskan|mengungkapkan|menyampaikan|menambahkan|menyebut)\b"
)
_SENTENCE_BEHIND = re.compile(  # the next sentence goes on about the same event: `Duel ini akan …`
    r"[^.\n]{0,24}\.\s+(?:[\w-]+ ){1,3}(?:ini |itu |nanti |tersebut )?(?:akan|bakal)\b"
)
_UNTIL = re.compile(r"(?<=\w )(?:hingga|sampai(?: dengan)?)\s+$")
_STILL_BEHIND = re.compile(r"[\s,]*(?:pagi|siang|sore|petang|malam|dini|masih|belum|ini|kemarin)\b")
_END_OF_RANGE = re.compile(r"\d\)?,?(?: \w+){0,2}\s+(?:hingga|sampai(?: dengan)?|s/d|[-–])\s+$")
_FIXTURE = re.compile(r"[^.\n]{0,80}?\bvs\b[^.\n]{0,40}?\b\d\d[.:]\d\d\b|\s*(?:,\s*)?\d\d[.:]\d\d WIB\s*[-–]")
_OF_EVENT_BEFORE = re.compile(
    r"\b(?:pada|sejak|mulai|dari|tanggal|dan|antara)\s*(?:hari\s*|tanggal\s*)?$", re.IGNORECASE
)
_OF_EVENT_BEHIND = re.compile(r"[\s,]*(?:yang|di|pukul|waktu)\b")
_HOUR_BEHIND = re.compile(r"[\s,)]*(?:pagi|siang|sore|petang|malam|dini hari)\b")  # remembered of what is fresh


class Standing(IntEnum):
    """What ties a day to the day of writing, the loosest first."""

    ANNOUNCED = 0
    LONG_AGO = 1
    EVENT = 2
    PLAIN = 3
    SPOKEN = 4
    TODAY = 5
    DATELINE = 6
    PAGE = 7


def standing(body: str, start: int, end: int) -> Standing:
    """What the sentence around the day `body[start:end]` makes of it."""
    nearby = body[max(0, start - NEARBY) : start]
    if _TODAY_BEHIND.match(body, end) or _TODAY_BEFORE.search(nearby):
        return Standing.TODAY
    if _FUTURE_BEHIND.match(body, end) or _END_OF_RANGE.search(nearby):
        return Standing.ANNOUNCED
    if _LONG_AGO_BEHIND.match(body, end) or _LONG_AGO.search(body, start, end) or _LONG_AGO_BEFORE.search(nearby):
        return Standing.LONG_AGO
    told = _last_telling(body, start)
    if told == "future" or (told is None and _announced_behind(body, nearby, end)):
        return Standing.ANNOUNCED
    return Standing.SPOKEN if told == "spoken" else _of_news(body, nearby, end)


def _of_news(body: str, nearby: str, end: int) -> Standing:
    """What a day is that nothing before it ties to the writing: an event's where it is introduced as one."""
    if _HOUR_BEHIND.match(body, end):
        return Standing.PLAIN
    if not _OF_EVENT_BEFORE.search(nearby) and not _OF_EVENT_BEHIND.match(body, end):
        return Standing.PLAIN
    return Standing.SPOKEN if _SPOKEN_BEHIND.match(body, end) else Standing.EVENT


def _last_telling(body: str, start: int) -> str | None:
    """What the last word before a day, in its sentence, tells of it: "future", "spoken" or "done"."""
    context = max(start - CONTEXT, 0)
    sentence = max(context, *(body.rfind(end_of_sentence, context, start) for end_of_sentence in _ENDS_OF_SENTENCE))
    behind = ""
    words = _WORD.findall(body[sentence:start].lower())
    while words:
        word = words.pop()
        told = _told(word)
        if told is None and word in _OPEN_PAIRS and not (words and words[-1] == "hanya"):
            told = _told_by_pair(f"{word} {behind}")
        if told:
            return told
        behind = word
    return None


@lru_cache(KEPT_WORDS)
def _told(word: str) -> str | None:
    match = _TELLING.fullmatch(word)
    return match.lastgroup if match else None


@lru_cache(KEPT_WORDS)
def _told_by_pair(words: str) -> str | None:
    match = _TELLING_PAIRS.fullmatch(words)
    return match.lastgroup if match else None


def _announced_behind(body: str, nearby: str, end: int) -> bool:
    """Whether what follows a day tells that it was still to come, where nothing before it tells."""
    if _PAST_BEHIND.match(body, end):
        return False
    if _CLAUSE_BEHIND.match(body, end) or _FIXTURE.match(body, end) or _SENTENCE_BEHIND.match(body, end):
        return True
    return _UNTIL.search(nearby) is not None and not _STILL_BEHIND.match(body, end)
