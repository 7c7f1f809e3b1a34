"""Titles as evidence: which words two titles share, and which titles announce a round-up of other articles."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import HAS_CAPITAL, WordHashes, text_hashes, word_hashes
from archive.copies.ragged_arrays import RaggedArray

# Words that say nothing of the news; with them, any two titles of one outlet would be alike.
FUNCTION_WORDS = """
    ada agar akan akhirnya aku anda apa atas atau bagaimana bagi bahwa bakal begini begitu beri bikin bisa buat dalam
    dan dari demi dengan di dia dua hari hingga ini itu jadi jangan jelang jika juga kala kamu karena kata ke kepada
    kini kita kok lagi lebih masih mau mereka namun oleh pada para pun sampai sang saat saja sebagai sebelum sebut
    seperti serta setelah siap soal sudah tak tapi telah tentang terkait tidak tetap untuk usai yang
"""
ROUND_UP = re.compile(
    r"\W{0,3}(?:(?:\d{1,2}\s)?(?:berita\s|news\s)?(?:ter)?populer\b|top\s?(?:3|5|10)\b.{0,20}(?::|\bberita\b|\bnews\b))",
    re.IGNORECASE,
)


def title_words(titles: Sequence[str]) -> RaggedArray:
    """The words of each title but for function words; numbers keep their flag."""
    words, ends = text_hashes(titles)
    starts = np.concatenate((np.zeros(1, np.int64), ends))
    hashes = words & np.uint32(~HAS_CAPITAL & 0xFFFFFFFF)
    telling = ~np.isin(hashes, _FUNCTION_WORDS)
    return RaggedArray.from_lengths(hashes[telling], RaggedArray(telling, starts).sums())


def announces_round_up(title: str) -> bool:
    """Whether a title announces the day's most read articles: such a text holds parts of them and is none of them."""
    return ROUND_UP.match(title) is not None


def tell_of_half_time(words: WordHashes) -> npt.NDArray[np.bool_]:
    """Which words say that a match is not over: its report is another one than that of the result."""
    return np.isin(words, _HALF_TIME)


_FUNCTION_WORDS, _HALF_TIME = word_hashes(FUNCTION_WORDS), word_hashes("babak minum")  # “turun minum”
