"""Joints: how many articles of an expression are found by each way to write it, in one word or in two.

The news are indexed, and every frequent word form is offered to `index.expansion.joints`. For each accepted joint whose
two ways are each in at least five articles, both ways are searched as a user types them. A way *reaches* the share of
the articles with either way, quoted, that it finds. At most `ASKED` joints are asked, chosen by the digest of the form.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha1
from pathlib import Path
from typing import Final

from archive.meanings.joints import Parts
from index.engine import Engine
from index.expansion.joints import JointFinder
from index.query.request import Copies, Query
from quality.figures import Figures
from quality.news_index import news_engine

FEWEST: Final = 5  # articles that each way must have
ENOUGH: Final = 0.95  # of the articles with either way
ASKED: Final = 400
FORMS: Final = 200_000  # the most frequent forms; the rest are in one article each

Shares = tuple[float, float]


def measure(data: Path) -> Figures:
    """What each way reaches, on average and in how many joints enough; FileNotFoundError without the news."""
    engine = news_engine(data)
    found = list(frequent_joints(engine))
    asked = sorted(found, key=lambda parts: sha1("".join(parts).encode(), usedforsecurity=False).digest())[:ASKED]
    shares = [reached(engine, parts) for parts in asked]
    one, two = zip(*shares, strict=True)
    return {"joints": len(found), "one_word": _summary(one), "two_words": _summary(two)}


def _summary(shares: Sequence[float]) -> Figures:
    return {
        "reached": sum(shares) / len(shares),
        "enough": sum(share >= ENOUGH for share in shares) / len(shares),
    }


def frequent_joints(engine: Engine) -> Iterator[Parts]:
    """The joints of an archive that both ways have in enough articles."""
    vocabulary = engine.vocabulary()
    finder = JointFinder(vocabulary)
    for form, articles in vocabulary.starting("", FORMS):
        if articles < FEWEST:
            return
        for parts in finder.apart(form):
            if _count(engine, f'"{" ".join(parts)}"') >= FEWEST:
                yield parts


def reached(engine: Engine, parts: Parts) -> Shares:
    """The share of the articles with either way that one word finds, and that two words find."""
    either = f'("{"".join(parts)}" OR "{" ".join(parts)}")'
    return _share(engine, "".join(parts), either), _share(engine, f"({' '.join(parts)})", either)


def _share(engine: Engine, typed: str, wanted: str) -> float:
    """The share of the articles of one query that another one finds."""
    both = _count(engine, typed) + _count(engine, wanted) - _count(engine, f"{typed} OR {wanted}")
    return both / _count(engine, wanted)


def _count(engine: Engine, text: str) -> int:
    return engine.find(Query(text, copies=Copies.SHOW, size=1), facets=()).articles
