"""Planted copies: versions of a text as editors make them of a wire story, from a seed, with nothing random left.

Each edit takes paragraphs and gives others: the dateline becomes another outlet's, a byline goes in, the opening is
rewritten, paragraphs are cut, a local one is added, sentences are merged, spelling is mended, numbers are brought up to
date. A version has a handful of them at once.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

Paragraphs = list[str]
Edit = Callable[[Paragraphs, Random, Sequence[str]], Paragraphs]

DATELINE = re.compile(r"^[A-Z][\w ,/]{2,40}(?:\([^)]{2,30}\)|, ?[\w.]{3,20})? ?[-–—:]+ ?")
SENTENCE_END = re.compile(r"\. ([A-Z])")
NUMBER = re.compile(r"\b\d{1,3}\b")
LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
CITIES = ("JAKARTA", "Surabaya", "Banjarmasin", "MEDAN", "Padang", "Makassar")
OUTLETS = ("KOMPAS.com", "Republika", "ANTARA Kalsel", "Radar Lokal")
BYLINES = ("Pewarta: Budi Santoso", "Editor: Siti Rahma", "(rah/bud)", "Reporter: Andi Wijaya")
LOCAL_WORDS = 60  # at most; not everything that is called a paragraph is one
FEWEST_KEPT = 2  # paragraphs
MOST_CUT = 5
ONE_WORD_IN = 80  # was misspelt


def version(paragraphs: Sequence[str], chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Another outlet's version of a text; `strangers` are paragraphs of other texts, for what is added."""
    made = list(paragraphs)
    for edit in chance.sample(EDITS, chance.randint(1, 5)):
        made = edit(made, chance, strangers)
    return made


def another_dateline(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """The same opening under another outlet's name."""
    opening = DATELINE.sub("", paragraphs[0], count=1)
    return [f"{chance.choice(CITIES)}, {chance.choice(OUTLETS)} - {opening}", *paragraphs[1:]]


def a_byline(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Who wrote it, at the end."""
    return [*paragraphs, chance.choice(BYLINES)]


def first_paragraph_rewritten(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """The opening told in another order, a third of its words others."""
    words = paragraphs[0].split()
    pieces = [words[start : start + 3] for start in range(0, len(words), 3)]
    chance.shuffle(pieces)
    others = chance.choice(strangers).split() or ["lalu"]
    told = [chance.choice(others) if chance.random() < 1 / 3 else word for piece in pieces for word in piece]
    return [" ".join(told), *paragraphs[1:]]


def paragraphs_cut(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """One to five paragraphs dropped, mostly from the end as space demands, else anywhere."""
    count = min(chance.randint(1, MOST_CUT), len(paragraphs) - FEWEST_KEPT)
    if count < 1:
        return paragraphs
    if chance.random() < 0.5:
        return paragraphs[:-count]
    dropped = set(chance.sample(range(len(paragraphs)), count))
    return [paragraph for place, paragraph in enumerate(paragraphs) if place not in dropped]


def a_local_paragraph(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """A paragraph of local interest somewhere after the opening."""
    place = chance.randint(1, len(paragraphs))
    local = " ".join(chance.choice(strangers).split()[:LOCAL_WORDS])
    return [*paragraphs[:place], local, *paragraphs[place:]]


def sentences_merged(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Some sentences run on into the next."""

    def merged(match: re.Match[str]) -> str:
        return f", dan {match[1].lower()}" if chance.random() < 0.2 else match[0]

    return [SENTENCE_END.sub(merged, paragraph) for paragraph in paragraphs]


def spelling_mended(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """A word here and there with two letters the other way round."""

    def misspelt(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() * ONE_WORD_IN >= 1:
            return word
        place = chance.randrange(1, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return [LONG_WORD.sub(misspelt, paragraph) for paragraph in paragraphs]


def numbers_updated(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """One to three numbers higher than they were: victims, votes, prices."""
    text = "\n".join(paragraphs)
    found = list(NUMBER.finditer(text))
    for match in sorted(chance.sample(found, min(len(found), chance.randint(1, 3))), key=re.Match.start, reverse=True):
        text = f"{text[: match.start()]}{int(match[0]) + chance.randint(1, 9)}{text[match.end() :]}"
    return text.split("\n")


EDITS: tuple[Edit, ...] = (
    another_dateline,
    a_byline,
    first_paragraph_rewritten,
    paragraphs_cut,
    a_local_paragraph,
    sentences_merged,
    spelling_mended,
    numbers_updated,
)
