"""The articles that families are learned from, as arrays: the article, the stem and the lexeme of every token.

A form with a clitic is a lexeme of its own where it has a life of its own (akhirnya, pasalnya): it is frequent, and not
rare beside the form without the clitic.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.words.families.lexemes import Lexemes, host
from index.words.roots.model import model
from index.words.stemming import StemCache
from index.words.tokenizer import forms_and_units

FEWEST: Final = 20  # articles with a lexeme; fewer tell nothing about the company it keeps
ALONE: Final = 100  # articles with a form that is a lexeme of its own in spite of its clitic, at least
ALONE_SHARE: Final = 0.15  # of the articles with the form without its clitic, at least
NO_LEXEME: Final = -1

Numbers = NDArray[np.int32]


class Lexeme(NamedTuple):
    """A lexeme: its root, and its name within the root."""

    root: str
    name: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All tokens in order, as the numbers of their article, stem and lexeme (NO_LEXEME for none)."""

    articles: Numbers
    stems: Numbers
    lexemes: Numbers
    stem_names: Sequence[str]
    lexeme_names: Sequence[Lexeme]
    alone: frozenset[str]


class _Form(NamedTuple):
    """A word that stands without hyphens: its number, its stem, and the number of articles with it."""

    number: int
    stem: str
    articles: int


def gather(texts: Iterable[str]) -> Corpus:
    """Read the articles, each text once; only lexemes that stand in enough articles are kept."""
    known: dict[tuple[str, str], int] = {}
    tokens, lengths = array("i"), array("i")
    for text in texts:
        found = [known.setdefault(word, len(known)) for word in forms_and_units(text)]
        tokens.extend(found)
        lengths.append(len(found))
    words = np.frombuffer(tokens, np.int32)
    articles = np.repeat(np.arange(len(lengths), dtype=np.int32), np.frombuffer(lengths, np.int32))
    stem_of, stem_names = _stems(list(known))
    held = in_articles(words, articles, len(known))
    forms = {
        form: _Form(number, stem_names[stem_of[number]], int(held[number]))
        for (form, unit), number in known.items()
        if form == unit and form.isascii() and form.isalpha()
    }
    alone = frozenset(form for form in forms if _is_alone(form, forms))
    of_word, lexeme_names = _lexemes(forms, alone, len(known))
    corpus = Corpus(articles, stem_of[words], of_word[words], stem_names, lexeme_names, alone)
    return _without_rare(corpus)


def in_articles(numbers: Numbers, articles: Numbers, size: int) -> NDArray[np.int64]:
    """int64[size]: the number of articles with each number."""
    return np.bincount(occurrences(numbers, articles)[0], minlength=size)


def occurrences(numbers: Numbers, articles: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct pairs of a number and an article that has it, by number and article."""
    told = numbers >= 0
    size = int(articles[-1]) + 1 if len(articles) else 1
    pairs = np.unique(numbers[told].astype(np.int64) * size + articles[told])
    return pairs // size, pairs % size


def _stems(words: Sequence[tuple[str, str]]) -> tuple[Numbers, Sequence[str]]:
    """The number of the stem of each word, and the stems."""
    cache = StemCache()
    cache.learn(words)
    stems = [cache.stem_of(form, unit) for form, unit in words]
    names = sorted(set(stems))
    number = {stem: place for place, stem in enumerate(names)}
    return np.array([number[stem] for stem in stems], np.int32), names


def _is_alone(form: str, forms: Mapping[str, _Form]) -> bool:
    """Whether a form with a clitic has a life of its own."""
    bare, held = host(form), forms[form].articles
    if bare == form or held < ALONE or bare not in forms or forms[bare].stem != forms[form].stem:
        return False
    return held >= ALONE_SHARE * forms[bare].articles


def _lexemes(forms: Mapping[str, _Form], alone: frozenset[str], size: int) -> tuple[Numbers, Sequence[Lexeme]]:
    """The number of the lexeme of each word, and the lexemes."""
    names = Lexemes(model(), alone)
    of_form = {form: Lexeme(told.stem, names.name(form)) for form, told in forms.items()}
    found = sorted(set(of_form.values()))
    number = {lexeme: place for place, lexeme in enumerate(found)}
    of_word = np.full(size, NO_LEXEME, np.int32)
    for form, lexeme in of_form.items():
        of_word[forms[form].number] = number[lexeme]
    return of_word, found


def _without_rare(corpus: Corpus) -> Corpus:
    """Keep the lexemes in enough articles, of the roots with at least two of them."""
    held = in_articles(corpus.lexemes, corpus.articles, len(corpus.lexeme_names))
    by_root: defaultdict[str, list[int]] = defaultdict(list)
    for number, lexeme in enumerate(corpus.lexeme_names):
        if held[number] >= FEWEST:
            by_root[lexeme.root].append(number)
    kept = sorted(number for numbers in by_root.values() if len(numbers) > 1 for number in numbers)
    renumbered = np.full(len(corpus.lexeme_names) + 1, NO_LEXEME, np.int32)  # the last is for NO_LEXEME
    renumbered[kept] = np.arange(len(kept))
    names = [corpus.lexeme_names[number] for number in kept]
    return Corpus(corpus.articles, corpus.stems, renumbered[corpus.lexemes], corpus.stem_names, names, corpus.alone)
