"""Words around a query and its keywords, with all measures: what a page and a program read from the same counts.

Stems are shown by their most frequent form. Keywords leave out function words, parts of web addresses and
the words of the query itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index import association
from index.answers.search import evaluated
from index.engine import IndexInfo, Reader
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import Node, Phrase, Word
from index.word_statistics import (
    Collocates,
    CollocatesWanted,
    Keywords,
    KeywordsWanted,
    Sizes,
    WordCount,
    WordKind,
)
from index.words.stemming import stem
from index.words.stop_words import ADDRESS_PARTS, FUNCTION_WORDS, QUESTION_WORDS

STOP_FORMS: Final = FUNCTION_WORDS | QUESTION_WORDS | ADDRESS_PARTS


@dataclass(frozen=True, slots=True)
class RankedWord:
    """A word with its counts and measures; `label` is the form that stands for it."""

    label: str
    counts: WordCount
    log_likelihood: float
    log_dice: float
    mutual_information: float
    log_ratio: float


@dataclass(frozen=True, slots=True)
class RankedCollocates:
    """The words around a query; see `Collocates`."""

    words: tuple[RankedWord, ...]
    found: Collocates
    index: IndexInfo


@dataclass(frozen=True, slots=True)
class RankedKeywords:
    """The keywords of a query; see `Keywords`."""

    words: tuple[RankedWord, ...]
    found: Keywords
    index: IndexInfo


def ranked_collocates(
    reader: Reader, query: Query, wanted: CollocatesWanted, *, stop: bool = False
) -> RankedCollocates:
    """The words around a query; with `stop`, all stop words too. Raises what `Reader.collocates` raises."""
    stops = stop_stems() if wanted.by is WordKind.STEM else STOP_FORMS
    found = reader.collocates(query, wanted if stop else replace(wanted, without=wanted.without | stops))
    stems = wanted.by is WordKind.STEM
    words = _ranked(reader, found.words, Sizes(found.here, found.whole, found.hits), stems=stems)
    return RankedCollocates(tuple(words), found, reader.info())


def ranked_keywords(reader: Reader, query: Query, wanted: KeywordsWanted) -> RankedKeywords:
    """The keywords of a query, without stop words and its own. Raises what `Reader.keywords` raises."""
    own = own_stems(evaluated(reader, query))
    found = reader.keywords(query, replace(wanted, without=wanted.without | stop_stems() | own))
    words = _ranked(reader, found.words, Sizes(found.here, found.whole, found.here), stems=True)
    return RankedKeywords(tuple(words), found, reader.info())


def stop_stems() -> frozenset[str]:
    """The stems of the stop words, by the stemmer and the exceptions in use."""
    return frozenset(map(stem, STOP_FORMS))


def own_stems(tree: Node) -> frozenset[str]:
    """The stems of the words and phrases of a query and of its expansions, negated or not."""
    forms: list[str] = []
    for leaf in leaves(tree, expansions=True):
        match leaf:
            case Word(form=form):
                forms.append(form)
            case Phrase(forms=several):
                forms += several
            case _:  # a wildcard or a date
                continue
    return frozenset(map(stem, forms))


def _ranked(reader: Reader, words: tuple[WordCount, ...], sizes: Sizes, *, stems: bool) -> Iterator[RankedWord]:
    vocabulary = reader.vocabulary()
    inside, overall = ([word.here for word in words], [word.overall for word in words])
    table = association.ContingencyTable(inside, sizes.here, overall, sizes.whole)
    measures = (  # of all words at once, since a call takes as long for one
        association.log_likelihood(table),
        association.log_dice(inside, sizes.places, overall),
        association.mutual_information(table),
        association.log_ratio(table),
    )
    for word, *measured in zip(words, *(values.tolist() for values in measures), strict=True):
        forms = vocabulary.forms(word.word) if stems else ()
        yield RankedWord(forms[0][0] if forms else word.word, word, *measured)
