"""Capitals: whether words typed in all caps are read as they are meant.

Frequent root words that are no short form of anything are typed in all caps only by chance: *reached* is the share of
the articles with the word in small letters that are found, for single words and for two of them. Short forms that are
another word in small letters (AS, PAN; lists made by hand) are meant when typed so: *right* is the share of what is
found that has the word in all caps.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from archive.meanings.seed_list import EVERYDAY_WORDS, SEED_LIST
from index.engine import Engine
from index.query.request import Copies, Query
from index.words.sastrawi import root_words
from index.words.stop_words import FUNCTION_WORDS
from quality.figures import Figures
from quality.news_index import news_engine

ASKED: Final = 400  # root words
FORMS: Final = 20_000  # the most frequent forms
SHORTEST: Final = 3  # letters of a root word
FEWEST: Final = 20  # articles with a short form in all caps
OPERATORS: Final = frozenset({"dan", "atau", "bukan", "and", "or", "not", "near"})  # in all caps, of the query language


def measure(data: Path) -> Figures:
    """What words typed in all caps find; FileNotFoundError without the news."""
    engine = news_engine(data)
    words = list(islice(_root_words(engine), ASKED))
    pairs = [f"{one} {other}" for one, other in zip(words[::2], words[1::2], strict=False)]
    meant = list(_short_forms(engine))
    return {
        "by_chance": {
            "words": {"reached": _mean([_reached(engine, word) for word in words])},
            "pairs": {"reached": _mean([_reached(engine, pair) for pair in pairs if _count(engine, pair)])},
        },
        "meant": {"right": _mean([_right(engine, form) for form in meant]), "short_forms": len(meant)},
    }


def _root_words(engine: Engine) -> Iterator[str]:
    """The most frequent root words that are no short form."""
    for form, _ in engine.vocabulary().starting("", FORMS):
        listed = form in root_words() and form not in EVERYDAY_WORDS and form not in SEED_LIST
        if listed and form not in FUNCTION_WORDS | OPERATORS and len(form) >= SHORTEST:
            yield form


def _short_forms(engine: Engine) -> Iterator[str]:
    """The short forms of the list that stand in all caps in enough articles."""
    vocabulary = engine.vocabulary()
    return (
        form for form in sorted(EVERYDAY_WORDS & SEED_LIST.keys()) if vocabulary.articles_in_capitals(form) >= FEWEST
    )


def _reached(engine: Engine, text: str) -> float:
    """The share of the articles found by a text in small letters that it finds in capitals."""
    both = _count(engine, f"({text}) ({text.upper()})")
    return both / _count(engine, text)


def _right(engine: Engine, form: str) -> float:
    """The share of the articles found by a short form that have it in all caps."""
    return engine.vocabulary().articles_in_capitals(form) / max(_count(engine, form.upper()), 1)


def _count(engine: Engine, text: str) -> int:
    return engine.find(Query(text, copies=Copies.SHOW, size=1, expand=False), facets=()).articles


def _mean(shares: list[float]) -> float:
    return sum(shares) / max(len(shares), 1)
