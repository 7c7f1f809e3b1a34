"""Retrieval quality: the rank of the passage that answers a question.

The passages of a collection are indexed as articles and searched as usual, by the words of the question joined by OR.
The figure is the mean reciprocal rank of the first relevant passage among the ten best (MRR@10). The constants of
`index.ranking` were chosen on questions whose id has an even SHA-1; figures are of the odd ones, the held-out half, or
of all questions if a collection has no odd ones. A collection is a folder with `docs.jsonl`, `queries.jsonl` (`id` and
`text` per line) and `qrels.tsv` (question, 0, passage, relevance).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from archive.article import Article, Passage, Role
from archive.press.titles import derive_title
from index.engine import Engine
from index.opening import open_engine
from index.query.language import MAX_LEAVES, MAX_LENGTH
from index.query.request import Copies, Query
from index.words.tokenizer import find_runs, run_tokens
from quality.figures import Figures

COLLECTIONS: Final = ("facqa", "tydiqa_goldp_id")
BEST: Final = 10  # ranks considered


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the passages that answer it."""

    id: str
    text: str
    answers: frozenset[str]


def measure(data: Path) -> Figures:
    """The MRR of each collection and its number of questions; FileNotFoundError if a collection is missing."""
    return {name: _measured(data / "retrieval" / name) for name in COLLECTIONS}


def _measured(folder: Path) -> Figures:
    asked = list(questions(folder))
    kept_aside = [question for question in asked if is_kept_aside(question.id)] or asked
    with TemporaryDirectory(prefix="retrieval-") as index:
        engine = open_engine(Path(index))
        with engine.build(fresh=True) as build:
            for passage in passages(folder):
                build.add(passage)
        ranks = [reciprocal_rank(engine, question) for question in kept_aside]
    return {"mrr10": sum(ranks) / max(len(ranks), 1), "queries": len(ranks)}


def reciprocal_rank(engine: Engine, question: Question) -> float:
    """One divided by the rank of the first answer among the best; 0 if there is none."""
    found = engine.find(Query(any_word(question.text), copies=Copies.SHOW, size=BEST), facets=())
    places = (place for place, match in enumerate(found.matches, 1) if match.article.id in question.answers)
    return 1 / next(places, float("inf"))


def any_word(text: str) -> str:
    """A question as a query for any of its words, in lower case; as many words as a query may have."""
    joint, said, leaves = " OR ", "", 0
    for run in find_runs(text.lower()):
        leaves += len(run_tokens(run))
        longer = said + joint + run if said else run
        if leaves > MAX_LEAVES or len(longer) > MAX_LENGTH:
            break
        said = longer
    return said


def is_kept_aside(question: str) -> bool:
    """Whether a question, by its id, belongs to the held-out half."""
    return int(sha1(question.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1


def questions(folder: Path) -> Iterator[Question]:
    """The questions of a collection."""
    answers = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, _, passage, relevance = line.split("\t")
        if int(relevance) > 0:
            answers[question].add(passage)
    for row in _rows(folder / "queries.jsonl"):
        yield Question(row["id"], row["text"], frozenset(answers[row["id"]]))


def passages(folder: Path) -> Iterator[Article]:
    """The passages of a collection as articles without a title."""
    for row in _rows(folder / "docs.jsonl"):
        id_, text, whole = row["id"], row["text"], (Passage(0, len(row["text"]), Role.BODY),)
        yield Article(id_, derive_title((text,)), title_derived=True, text=text, passages=whole, source=id_, digest=id_)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
