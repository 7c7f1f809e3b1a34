"""Planted copies: versions of a text as editors make them of a wire story, reproducible from a seed.

Each edit maps paragraphs to paragraphs: it replaces the dateline by another outlet's, adds a byline, rewrites the first
paragraph, cuts paragraphs, adds a local one, merges sentences, changes spelling, or updates numbers. A version has
several of them at once.
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
LOCAL_WORDS = 60  # at most, since some "paragraphs" are whole texts
FEWEST_KEPT = 2  # paragraphs
MOST_CUT = 5
ONE_WORD_IN = 80  # long words is misspelt


def version(paragraphs: Sequence[str], chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Another outlet's version of a text; `strangers` are paragraphs of other texts, used for additions."""
    made = list(paragraphs)
    for edit in chance.sample(EDITS, chance.randint(1, 5)):
        made = edit(made, chance, strangers)
    return made


def another_dateline(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Replace the dateline by one of another outlet."""
    opening = DATELINE.sub("", paragraphs[0], count=1)
    return [f"{chance.choice(CITIES)}, {chance.choice(OUTLETS)} - {opening}", *paragraphs[1:]]


def a_byline(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Add a byline at the end."""
    return [*paragraphs, chance.choice(BYLINES)]


def first_paragraph_rewritten(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Reorder the first paragraph and replace a third of its words."""
    words = paragraphs[0].split()
    pieces = [words[start : start + 3] for start in range(0, len(words), 3)]
    chance.shuffle(pieces)
    others = chance.choice(strangers).split() or ["lalu"]
    told = [chance.choice(others) if chance.random() < 1 / 3 else word for piece in pieces for word in piece]
    return [" ".join(told), *paragraphs[1:]]


def paragraphs_cut(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Drop one to five paragraphs, half of the time from the end, otherwise anywhere."""
    count = min(chance.randint(1, MOST_CUT), len(paragraphs) - FEWEST_KEPT)
    if count < 1:
        return paragraphs
    if chance.random() < 0.5:
        return paragraphs[:-count]
    dropped = set(chance.sample(range(len(paragraphs)), count))
    return [paragraph for place, paragraph in enumerate(paragraphs) if place not in dropped]


def a_local_paragraph(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Add a paragraph of local interest somewhere after the first."""
    place = chance.randint(1, len(paragraphs))
    local = " ".join(chance.choice(strangers).split()[:LOCAL_WORDS])
    return [*paragraphs[:place], local, *paragraphs[place:]]


def sentences_merged(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Join some sentences with the next."""

    def merged(match: re.Match[str]) -> str:
        return f", dan {match[1].lower()}" if chance.random() < 0.2 else match[0]

    return [SENTENCE_END.sub(merged, paragraph) for paragraph in paragraphs]


def spelling_mended(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Swap two letters in a word here and there."""

    def misspelt(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() * ONE_WORD_IN >= 1:
            return word
        place = chance.randrange(1, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return [LONG_WORD.sub(misspelt, paragraph) for paragraph in paragraphs]


def numbers_updated(paragraphs: Paragraphs, chance: Random, strangers: Sequence[str]) -> Paragraphs:
    """Increase one to three numbers, such as victims, votes or prices."""
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
