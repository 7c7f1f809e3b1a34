"""Stop words: question words (apa, siapa, kapan), function words (yang, di, untuk) and parts of web addresses.

They stay in the index and in queries; `index.ranking` gives the words less weight, and counts of words leave all out.
"""

from pathlib import Path
from typing import Final


def _read(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


QUESTION_WORDS: Final = _read("question_words.txt")
FUNCTION_WORDS: Final = _read("function_words.txt")
# Words of articles from the web that stand in an address nine times out of ten, and whatever the address is about.
ADDRESS_PARTS: Final = _read("address_parts.txt")
