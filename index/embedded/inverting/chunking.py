"""Cutting: many texts into *stretches*, each of which has the same words wherever it stands.

A stretch is what lies between blanks once all ASCII that is part of no word is blanked, and the commonest of the rest.
No word reaches from one into another; so the words of a text are those of its stretches in turn, and a stretch met
before need only be looked up (see `known_stretches`). Nearly all are single words. Blanking is done by a table and by
arithmetic on all bytes, and splitting is what Python does fastest: in half the time of any search for words.

    "Kata Jong-un, “1,5 ton.” Désa«lama»"   →   Kata  Jong-un  1,5  ton  Désa«lama»
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.words.tokenizer import APOSTROPHES, HYPHENS

END: Final = b"\0"  # a stretch of its own after each text; blanked inside texts
BLANK: Final = ord(" ")
ASCII: Final = 1 << 7
DIGIT, WORD, POINT, JOINT = 1, 2, 4, 8  # kinds of bytes; those of characters outside ASCII may be anything
SEPARATING: Final = ("“", "”", "–", "—", "…")  # three bytes each, the first two the same; others are rare
FIRST, SECOND, _ = SEPARATING[0].encode()

Bytes = NDArray[np.uint8]


def _kinds() -> Bytes:
    """u1[256]: what each byte is, as a sum of kinds; 0 for what separates."""
    kinds = np.zeros(1 << 8, np.uint8)
    kinds[ASCII:] = DIGIT | WORD
    for code in range(ASCII):
        kinds[code] = WORD * chr(code).isalnum() | DIGIT * chr(code).isdecimal()
        kinds[code] |= JOINT * (chr(code) in HYPHENS + APOSTROPHES) | POINT * (chr(code) in ".,")
    return kinds


KINDS: Final = _kinds()
BLANKING: Final = bytes(code if KINDS[code] else BLANK for code in range(1 << 8))
THIRD: Final = np.isin(np.arange(1 << 8), [character.encode()[2] for character in SEPARATING])


def stretches(texts: Iterable[str]) -> list[bytes]:
    """The stretches of some texts in turn, as UTF-8, with END after those of each."""
    blanked = [text.encode("utf-8", "surrogatepass").translate(BLANKING) for text in texts]
    codes = np.frombuffer(bytearray(b" \0 ".join([*blanked, b""])), np.uint8)
    _blank_separating(codes)
    _blank_joining(codes)
    return codes.tobytes().split()


def _blank_separating(codes: Bytes) -> None:
    """Blank the characters outside ASCII that separate words."""
    begins = np.flatnonzero(codes == FIRST)
    begins = begins[(codes[begins + 1] == SECOND) & THIRD[codes[begins + 2]]]
    for place in range(3):
        codes[begins + place] = BLANK


def _blank_joining(codes: Bytes) -> None:
    """Blank what joins nothing: a point not between two digits, a hyphen or apostrophe not within a word."""
    points = (codes == ord(".")) | (codes == ord(","))
    _blank_unless(codes, np.flatnonzero(points), DIGIT)
    joints = (codes == ord("-")) | (codes == ord("'")) | (codes == ord("`"))
    _blank_unless(codes, np.flatnonzero(joints), WORD)


def _blank_unless(codes: Bytes, places: NDArray[np.intp], kind: int) -> None:
    """Blank bytes that do not stand between two of a kind; before the first of all is the last, which is a blank."""
    between = KINDS[codes[places - 1]] & KINDS[codes[places + 1]] & kind
    codes[places[between == 0]] = BLANK
