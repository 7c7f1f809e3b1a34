"""Phrases first: of the ten best articles for bare words, the share with the words as the phrase they were typed as.

Phrases of two and of three words are taken from the news: neighbours of four letters or more, no stop words, that ten
to sixty articles have as a phrase. They are asked bare, with copies shown. Which phrases are asked depends on the
digests of the texts alone.
"""

from collections.abc import Iterator
from hashlib import sha1
from itertools import islice
from pathlib import Path
from typing import Final

from archive.reading.records import read
from archive.record import Record
from index.engine import Engine
from index.query.request import Copies, Query
from index.words.stop_words import FUNCTION_WORDS, QUESTION_WORDS
from index.words.tokenizer import tokenize
from quality.figures import Figures
from quality.news_index import news_engine

BEST: Final = 10  # ranks considered
ARTICLES: Final = range(10, 61)  # that have a phrase
SHORTEST: Final = 4  # letters of each word
ASKED: Final = {2: 150, 3: 60}  # words of a phrase: number of phrases


def measure(data: Path) -> Figures:
    """The share for phrases of two and of three words; FileNotFoundError without the news."""
    engine = news_engine(data)
    records = (item for item in read([data / "news.jsonl.gz"]) if isinstance(item, Record))
    texts = sorted((record.text for record in records), key=_digest)
    return {f"of_{size}_words": _share(engine, texts, size) for size in ASKED}


def _share(engine: Engine, texts: list[str], size: int) -> float:
    found = islice(phrases(engine, texts, size), ASKED[size])
    shares = [share_of_best(engine, phrase) for phrase in found]
    return sum(shares) / len(shares)


def phrases(engine: Engine, texts: list[str], size: int) -> Iterator[str]:
    """The first phrase of each text that enough articles have."""
    for text in texts:
        words = [token.form for token in tokenize(text)]
        for start in range(0, len(words) - size, size):
            phrase = words[start : start + size]
            if all(map(_is_asked, phrase)) and _found(engine, f'"{" ".join(phrase)}"', 1)[0] in ARTICLES:
                yield " ".join(phrase)
                break


def share_of_best(engine: Engine, phrase: str) -> float:
    """The share of the ten best articles for the words of a phrase that have the phrase."""
    _, having = _found(engine, f'"{phrase}"', ARTICLES.stop)
    _, best = _found(engine, phrase, BEST)
    return len(having & best) / len(best)


def _is_asked(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word not in FUNCTION_WORDS | QUESTION_WORDS


def _found(engine: Engine, text: str, size: int) -> tuple[int, set[str]]:
    """The number of matching articles, and the ids of the first ones."""
    answer = engine.find(Query(text, copies=Copies.SHOW, size=size), facets=())
    return answer.articles, {match.article.id for match in answer.matches}


def _digest(text: str) -> bytes:
    return sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()
