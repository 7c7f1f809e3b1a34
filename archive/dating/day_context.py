"""Classify a day by the words around it: how closely it is tied to the time of writing.

News puts a verb of saying right before the day of a statement (`..., kata Deni, Selasa (10/9)`). That day is the
publication day or the day before. The day of an event (`menikah pada Selasa (10/9)`) may be reported a week later, and
an announced day has not come yet. The last signal word before the day decides, else the words right around it.
"""

import re
from enum import IntEnum
from functools import lru_cache

from archive.dating.date_parser import MONTHS, WEEKDAYS

CONTEXT = 160  # characters before a day that are searched for signal words
KEPT_WORDS = 16384  # cache entries; Indonesian news has about as many common words
NEARBY = 48  # characters right before a day, for patterns that concern it alone

_WORD = re.compile(r"\w+")
_SIGNAL_WORDS = re.compile(  # single signal words, in lower case
    r"(?P<future>akan|bakal|takkan|mendatang|besok|lusa|dijadwalkan|menjadwalkan|diagendakan|jadwalnya|rencananya|"
    r"berencana|direncanakan|nanti|menatap|menanti|dinanti\w*|ditunggu\w*|jelang|menjelang|diperkirakan|diprediksi|"
    r"berpotensi|bertekad|membidik)"
    r"|(?P<spoken>tanya\w*|mengaku|mengutip|melansir|merangkum|pantauan|dirangkum|diberitakan|ditulis|berdasarkan|"
    r"kata\w*|ujar\w*|"
    r"mengatakan|tutur\w*|ucap\w*|jelas\w*|ungkap\w*|imbuh\w*|papar\w*|tegas\w*|tandas\w*|tambah\w*|terang\w*|sebut\w*|"
    r"(?:tulis|sambung|pungkas|beber|urai|tukas|cetus|timpal|cuit)(?:nya)?|menulis|membeberkan|lanjutnya|tutupnya|harapnya|"
    r"menurut|dikutip|dilansir|ditemui|dijumpai|dihubungi|dikonfirmasi|diwawancara\w*|keterangan\w*|melaporkan|"
    r"menyatakan|menyampaikan|menuturkan|menyebut\w*|menegaskan|mengungkapkan|menjelaskan|menambahkan)"
    r"|(?P<done>lalu|kemarin|tadi|usai|telah|sudah)"
)
_SIGNAL_PAIRS = re.compile(  # pairs of words that are a signal together
    r"(?P<future>(?:pekan|minggu|bulan|tahun|musim|hari|ke) depan|terhitung mulai|"
    r"siap (?:me|ber|di|ter|tampil)\w*|"
    r"(?:bisa|dapat) (?:di\w+|menyaksikan|menonton|menikmati|mengikuti|membeli|memesan|mendaftar))"
    r"|(?P<spoken>(?:jumpa|konferensi|siaran) pers|kepada (?:wartawan|awak))"
    r"|(?P<done>(?:hari|pagi|siang|sore|malam) ini)"
)
_PAIR_STARTS = frozenset(
    (
        "pekan",
        "minggu",
        "bulan",
        "tahun",
        "musim",
        "ke",
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
_MONTH = "(?:" + "|".join({name for names in MONTHS for name in names}) + ")"
_WEEKDAY = "(?:" + "|".join(names[0] for names in WEEKDAYS) + "|Ahad)"
_SENTENCE_ENDS = (". ", '." ', ".” ", "? ", "! ")
_TODAY_BEFORE = re.compile(r"\b(?:hari|pagi|siang|sore|petang|malam) ini[\s,(]*$", re.IGNORECASE)
_TODAY_AFTER = re.compile(r"[\s,()]*(?:hari|pagi|siang|sore|petang|malam) ini\b")
_FUTURE_AFTER = re.compile(r"[\s,]*(?:(?:pekan|minggu|bulan|tahun)\s+)?(?:mendatang|depan|besok|nanti)\b")
_PAST_AFTER = re.compile(r"[^.;:\n]{0,24}?\b(?:lalu|kemarin|tadi|silam)\b")
_LONG_AGO_AFTER = re.compile(r"[\s,()]*(?:(?:pagi|siang|sore|malam|dini hari)\s+)?(?:lalu|silam)\b")
_LONG_AGO = re.compile(r"\b(?:lalu|silam)\b")
_LONG_AGO_BEFORE = re.compile(r"\b(?:lalu|silam),?\s*\(?$", re.IGNORECASE)
_CLAUSE_AFTER = re.compile(  # the subject of "will"; no verb of saying and no other clause before it
    r"(?:[\s,]+(?!(?:yang|bahwa|untuk|agar|karena|saat|ketika|sebelum|dan|di|ke"
    r"|me(?!nteri|nko|dia)[mn]\w+)\b)[^\s,.;:()\"“”]+){0,7}?"
    r"[\s,]+(?:akan|bakal)\b"
)
_SPOKEN_AFTER = re.compile(  # a speaker and a verb of saying: `pada Kamis (2/7), menteri luar negeri mengatakan …`
    r"(?:[\s,)]+(?!(?:yang|bahwa|untuk|saat|ketika|dan)\b)[^\s,.;:()\"“”]+){0,8}?[\s,)]+"
    r"(?:mengatakan|menyatakan|menegaskan|menuturkan|menjelaskan|mengungkapkan|menyampaikan|menambahkan|menyebut)\b"
)
_SENTENCE_AFTER = re.compile(  # the next sentence continues about the same event: `Duel ini akan …`
    r"[^.\n]{0,24}\.\s+(?:[\w-]+ ){1,3}(?:ini |itu |nanti |tersebut )?(?:akan|bakal)\b"
)
_QUOTED_BEFORE = re.compile(  # the day on which what is quoted was posted or published: `diunggah pada 3 Mei`
    r"\b(?:di ?unggah|mengunggah|diposting|memposting|di?publikasikan|mem?publikasikan|diterbitkan|terbit|tayang|"
    r"ditayangkan|unggahan|postingan|cuitan|tertanggal|bertanggal|dimuat|pada laman)\b[^.;,\n]{0,40},?\s*$"
    r"|\b(?:akun|kanal) (?:Facebook|Instagram|TikTok|Twitter|X|YouTube|Threads|Snack Video|media sosial)\b[^.;\n]{0,80}"
    r"\bpada\s*$|\b(?:dalam (?:artikel|berita|tulisan)|disadur dari)\b[^.;\n]{0,80}$",
    re.IGNORECASE,
)
_PUBLISHED_AFTER = re.compile(
    r"[\s,)]*(?:yang )?(?:diunggah|mengunggah|memposting|membagikan|beredar|tayang|ditayangkan|diterbitkan"
    r"|dipublikasikan)\b"
)
_UNTIL = re.compile(r"(?<=\w )(?:hingga|sampai(?: dengan)?)\s+$")
_STILL_AFTER = re.compile(r"[\s,]*(?:pagi|siang|sore|petang|malam|dini|masih|belum|ini|kemarin)\b")
_END_OF_RANGE = re.compile(
    rf"(?:\d\)|\b(?:{_MONTH}(?: \d{{4}})?|{_WEEKDAY})),?\s+(?:hingga|sampai(?: dengan)?|s/d|[-–])\s+$"
)
_FIXTURE = re.compile(r"[^.\n]{0,80}?\bvs\b[^.\n]{0,40}?\b\d\d[.:]\d\d\b|\s*(?:,\s*)?\d\d[.:]\d\d WIB\s*[-–]")
_OF_EVENT_BEFORE = re.compile(
    r"\b(?:pada|sejak|mulai|dari|tanggal|dan|antara)\s*(?:hari\s*|tanggal\s*)?$", re.IGNORECASE
)
_OF_EVENT_AFTER = re.compile(r"[\s,]*(?:yang|di|pukul|waktu)\b")
_HOUR_AFTER = re.compile(r"[\s,)]*(?:pagi|siang|sore|petang|malam|dini hari)\b")  # given only for recent events


class DayContext(IntEnum):
    """What ties a day to the time of writing, loosest first; QUOTED and ANNOUNCED days are not tied to it at all."""

    QUOTED = 0
    ANNOUNCED = 1
    LONG_AGO = 2
    EVENT = 3
    PLAIN = 4
    SPOKEN = 5
    TODAY = 6
    DATELINE = 7
    PAGE = 8


def classify_day(body: str, start: int, end: int) -> DayContext:
    """Classify the day `body[start:end]` by its sentence."""
    nearby = body[max(0, start - NEARBY) : start]
    if _TODAY_AFTER.match(body, end) or _TODAY_BEFORE.search(nearby) or " ini" in body[start:end]:
        return DayContext.TODAY
    if _FUTURE_AFTER.match(body, end) or _END_OF_RANGE.search(nearby):
        return DayContext.ANNOUNCED
    if _LONG_AGO_AFTER.match(body, end) or _LONG_AGO.search(body, start, end) or _LONG_AGO_BEFORE.search(nearby):
        return DayContext.LONG_AGO
    if is_of_quoted_source(body, start, end):
        return DayContext.QUOTED
    signal = _last_signal(body, start)
    if signal == "future" or (signal is None and _announced_after(body, nearby, end)):
        return DayContext.ANNOUNCED
    return DayContext.SPOKEN if signal == "spoken" else _default_context(body, nearby, end)


def is_of_quoted_source(body: str, start: int, end: int) -> bool:
    """Whether the day `body[start:end]` is that on which something quoted was published, or stands within a quote."""
    if _PUBLISHED_AFTER.match(body, end):
        return True
    before = body[max(0, start - CONTEXT) : start]
    if _QUOTED_BEFORE.search(before):
        return True
    opened, closed = before.rfind("“"), body.find("”", end)
    return opened > before.rfind("”") and 0 <= closed < end + CONTEXT and "“" not in body[end:closed]


def _default_context(body: str, nearby: str, end: int) -> DayContext:
    """Classify a day without a decisive signal word: PLAIN unless it is introduced as the day of an event."""
    if _HOUR_AFTER.match(body, end):
        return DayContext.PLAIN
    if not _OF_EVENT_BEFORE.search(nearby) and not _OF_EVENT_AFTER.match(body, end):
        return DayContext.PLAIN
    return DayContext.SPOKEN if _SPOKEN_AFTER.match(body, end) else DayContext.EVENT


def _last_signal(body: str, start: int) -> str | None:
    """Kind of the last signal word before a day in its sentence: "future", "spoken", "done" or None."""
    context = max(start - CONTEXT, 0)
    sentence = max(context, *(body.rfind(end_of_sentence, context, start) for end_of_sentence in _SENTENCE_ENDS))
    following = ""
    words = _WORD.findall(body[sentence:start])
    while words:
        written = words.pop()
        word = written.lower()
        signal = _word_signal(word)
        if signal == "future" and words and written[0].isupper():
            signal = None  # of a name: `Kepala Seksi Rencana Operasi`
        if signal is None and word in _PAIR_STARTS and not (words and words[-1] == "hanya"):
            signal = _pair_signal(f"{word} {following}")
        if signal:
            return signal
        following = word
    return None


@lru_cache(KEPT_WORDS)
def _word_signal(word: str) -> str | None:
    match = _SIGNAL_WORDS.fullmatch(word)
    return match.lastgroup if match else None


@lru_cache(KEPT_WORDS)
def _pair_signal(words: str) -> str | None:
    match = _SIGNAL_PAIRS.fullmatch(words)
    return match.lastgroup if match else None


def _announced_after(body: str, nearby: str, end: int) -> bool:
    """Whether the words after a day mark it as still to come; asked only without a signal word before it."""
    if _PAST_AFTER.match(body, end):
        return False
    if _CLAUSE_AFTER.match(body, end) or _FIXTURE.match(body, end) or _SENTENCE_AFTER.match(body, end):
        return True
    return _UNTIL.search(nearby) is not None and not _STILL_AFTER.match(body, end)
