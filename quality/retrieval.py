"""Retrieval: how high the passage stands that answers a question.

The passages of a collection are indexed as articles and asked for by the way every query goes: the words of a question,
joined by OR. The figure is the mean reciprocal rank of the first passage judged relevant among the ten best (MRR@10).

The constants of `index.ranking` were chosen on the questions whose id has an even SHA-1; figures are of the odd ones,
which nothing was chosen on. Of a collection that has no odd ones, all are taken.

    retrieval/<collection>/docs.jsonl     {"id", "text"}, a passage a line
    retrieval/<collection>/queries.jsonl  {"id", "text"}, a question a line
    retrieval/<collection>/qrels.tsv      question, 0, passage, relevance
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
from archive.intake import derive_title
from index.engine import Engine
from index.opening import open_engine
from index.query.language import MAX_LEAVES, MAX_LENGTH
from index.query.request import Copies, Query
from index.words.tokenizer import parts, runs_written
from quality.figures import Figures

COLLECTIONS: Final = ("facqa", "tydiqa_goldp_id")
BEST: Final = 10  # places looked at


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the passages that answer it."""

    id: str
    text: str
    answers: frozenset[str]


def measure(data: Path) -> Figures:
    """The mean reciprocal rank of each collection, and of how many questions; FileNotFoundError where one is absent."""
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
    """One by the place of the first answer among the best; 0 where none is among them."""
    found = engine.find(Query(any_word(question.text), copies=Copies.SHOW, size=BEST), facets=())
    places = (place for place, match in enumerate(found.matches, 1) if match.article.id in question.answers)
    return 1 / next(places, float("inf"))


def any_word(text: str) -> str:
    """A question as a query for any of its words, in small letters; as many as a query may have."""
    joint, said, leaves = " OR ", "", 0
    for run in runs_written(text.lower()):
        leaves += len(parts(run))
        longer = said + joint + run if said else run
        if leaves > MAX_LEAVES or len(longer) > MAX_LENGTH:
            break
        said = longer
    return said


def is_kept_aside(question: str) -> bool:
    """Whether a question, by its id, is of the half that nothing is chosen on."""
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
        yield Article(id_, derive_title(text), title_derived=True, text=text, passages=whole, source=id_, digest=id_)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
