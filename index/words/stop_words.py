"""Stop words: question words (apa, siapa, kapan) and function words (yang, di, untuk).

They stay in the index and in queries; `index.ranking` gives them less weight.
"""

from pathlib import Path
from typing import Final


def _read(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


QUESTION_WORDS: Final = _read("question_words.txt")
FUNCTION_WORDS: Final = _read("function_words.txt")
