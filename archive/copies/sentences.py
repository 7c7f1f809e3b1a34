"""Sentences: a text of one or few paragraphs split where sentences end, so that its versions can be compared.

A sentence ends with a full stop, a question mark or an exclamation mark before a capital, a digit or a quotation mark.
Abbreviations and initials end none. A very short sentence belongs to the one before it, since words such as “kata dia”
are found in any text.

Some texts have lost their capitals or their full stops. What is too long for a sentence is split further, by the first
of these rules that makes it short enough: at a full stop before any letter, before a function word that begins with a
capital (“… hingga malam Di lokasi …”), at a comma or another mark between clauses, and after so many words. All but the
last rule look at the words around a place only, so versions of a text are split at the same places.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

FEWEST_WORDS: Final = 4  # of a sentence of its own
LONGEST_SENTENCE: Final = 40  # words, as 985 of 1,000 real sentences have; what is longer is split by the next rule
# The marks are bounded, so that a page of full stops takes no longer than one of words.
_MARKS: Final = r"[.!?…]{1,4}[\"”’)\]]{0,3}"
_OPENING: Final = r"(?=[\"“‘(\[]{0,3}"
_FUNCTION_WORDS: Final = (
    "ada|adapun|akan|akibat|atas|bahkan|bahwa|bila|dalam|dan|dari|demi|dengan|di|hal|hingga|ia|ini|itu|jadi|jika|juga|kami"
    "|kalau|karena|ke|kemudian|kendati|ketika|kini|kita|lalu|maka|meski|meskipun|menurut|mereka|namun|oleh|pada|para|saat"
    "|saya|sebab|sebagai|sebelum|sebelumnya|sedangkan|sehingga|sejak|selain|selama|selanjutnya|sementara|seperti|serta"
    "|setelah|tak|tapi|tentang|tentu|terkait|tetapi|tidak|untuk|walau|yaitu|yakni|yang"
)
_ENDS: Final = (
    re.compile(rf"{_MARKS}(?:\s+|(?<=[a-z][.!?])(?=[A-Z][a-z])){_OPENING}[A-Z\d])"),
    re.compile(rf"{_MARKS}\s+{_OPENING}\w)"),
    re.compile(
        rf"(?<=[a-z\d)\"”])\s+{_OPENING}(?:{'|'.join(word.capitalize() for word in _FUNCTION_WORDS.split('|'))})\b)"
    ),
    re.compile(r"(?:[,;:]|\s[–—-])[\"”’)\]]{0,3}\s+"),
)
LONGEST_ABBREVIATION: Final = 8  # characters, with what stands before it
# After these a full stop is a part of the word: titles, addresses, units, Latin.
_ABBREVIATION: Final = re.compile(
    r"\w|drs?|dra|ir|prof|hj|st|sh|mh|mm|se|si|kh|tgk|jln?|no|nomor|kec|kab|kel|r[tw]|tgl|hlm|hal|mrs?|ms|lt|sdr|bpk|yth"
    r"|dll|dsb|dst|tsb|a\.n|u\.p|s\.d|d\.a|[ms]\.(?:si|pd|h|e|m)|ph\.d"
)


def sentences(text: str) -> tuple[str, ...]:
    """Split a paragraph into its sentences, and what is too long for one into clauses; together they have all words."""
    parts = [text.strip()] if text.strip() else []
    for ends in _ENDS:
        parts = [one for part in parts for one in (_joined(_split(part, ends)) if _is_long(part, ends) else (part,))]
    return tuple(one for part in parts for one in _portions(part))


def sentences_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Split paragraphs into sentences, in order."""
    return tuple(sentence for paragraph in paragraphs for sentence in sentences(paragraph))


def _is_long(part: str, ends: "re.Pattern[str]") -> bool:
    """Whether a part is to be split by a rule: by the first in any case, by the others if it is no sentence."""
    return ends is _ENDS[0] or part.count(" ") >= LONGEST_SENTENCE


def _joined(parts: Iterator[str]) -> Iterator[str]:
    """Join very short parts with what stands before them."""
    joined: list[str] = []
    words = 0
    for part in parts:
        length = len(part.split())
        if joined and min(length, words) >= FEWEST_WORDS:
            yield " ".join(joined)
            joined, words = [], 0
        joined.append(part)
        words += length
    if joined:
        yield " ".join(joined)


def _split(text: str, ends: "re.Pattern[str]") -> Iterator[str]:
    start = 0
    for end in ends.finditer(text):
        stop = end.start()
        if not (text[stop] == "." and _is_abbreviation(text[max(start, stop - LONGEST_ABBREVIATION) : stop])):
            yield text[start : end.end()].strip()
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def _portions(part: str) -> Iterator[str]:
    """Split a part that no rule made short enough after every so many words."""
    words = part.split() if _is_long(part, _ENDS[-1]) else []
    if len(words) <= LONGEST_SENTENCE:
        yield part
        return
    for start in range(0, len(words), LONGEST_SENTENCE):
        yield " ".join(words[start : start + LONGEST_SENTENCE])


def _is_abbreviation(before: str) -> bool:
    """Whether a text ends in an abbreviation or an initial, without its full stop: “H”, “dr”, “s.d”."""
    word = before.rsplit(maxsplit=1)[-1].lstrip('"“‘([').casefold() if before.strip() else ""
    return _ABBREVIATION.fullmatch(word) is not None and not word.isdigit()
