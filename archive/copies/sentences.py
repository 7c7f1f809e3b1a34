"""Sentences: a text of one or few paragraphs split where sentences end, so that its versions can be compared.

A sentence ends with a full stop, a question mark or an exclamation mark before a capital, a digit or a quotation mark.
Abbreviations and initials end none. A very short sentence belongs to the one before it, since words such as “kata dia”
are found in any text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

FEWEST_WORDS: Final = 4  # of a sentence of its own
# Bounded, so that a page of full stops takes no longer than one of words.
_END: Final = re.compile(r"[.!?…]{1,4}[\"”’)\]]{0,3}(?:\s+|(?<=[a-z][.!?])(?=[A-Z][a-z]))(?=[\"“‘(\[]*[A-Z\d])")
LONGEST_ABBREVIATION: Final = 8  # characters, with what stands before it
# After these a full stop is a part of the word: titles, addresses, units, Latin.
_ABBREVIATION: Final = re.compile(
    r"\w|drs?|dra|ir|prof|hj|st|sh|mh|mm|se|si|kh|tgk|jln?|no|nomor|kec|kab|kel|r[tw]|tgl|hlm|hal|mrs?|ms|lt|sdr|bpk|yth"
    r"|dll|dsb|dst|tsb|a\.n|u\.p|s\.d|d\.a|[ms]\.(?:si|pd|h|e|m)|ph\.d"
)


def sentences(text: str) -> tuple[str, ...]:
    """Split a paragraph into its sentences; together they have all its words."""
    found: list[list[str]] = []  # each the parts of one sentence
    words = 0  # of the last one
    for part in _split(text):
        length = len(part.split())
        if found and min(length, words) < FEWEST_WORDS:
            found[-1].append(part)
            words += length
        else:
            found.append([part])
            words = length
    return tuple(" ".join(parts) for parts in found)


def sentences_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Split paragraphs into sentences, in order."""
    return tuple(sentence for paragraph in paragraphs for sentence in sentences(paragraph))


def _split(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        stop = end.start()
        if not (text[stop] == "." and _is_abbreviation(text[max(start, stop - LONGEST_ABBREVIATION) : stop])):
            yield text[start : end.end()].strip()
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def _is_abbreviation(before: str) -> bool:
    """Whether a text ends in an abbreviation or an initial, without its full stop: “H”, “dr”, “s.d”."""
    word = before.rsplit(maxsplit=1)[-1].lstrip('"“‘([').casefold() if before.strip() else ""
    return _ABBREVIATION.fullmatch(word) is not None and not word.isdigit()
