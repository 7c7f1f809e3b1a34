"""A log of requests to a server: pages, API and suggestions, made from the words and articles of the archive itself.

The same archive, seed and wish for repeats give the same log. With repeats, requests are drawn from a fixed set of
addresses, the most popular far more often than the others (Zipf's law), as readers do. Without, no address occurs
twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path
from random import Random
from string import ascii_lowercase
from urllib.parse import quote, quote_plus

from index.engine import Engine
from index.opening import open_engine
from index.query.leaf_parsing import OPERATORS
from index.query.request import Query

ADDRESSES = 2_000  # different addresses of a log with repeats
WORDS_PER_LETTER = 400  # the most frequent words with each initial
ARTICLES = 1_000  # articles and stories that are opened
SHORTEST = 4  # letters of a word: shorter ones are mostly function words
TRIES = 40  # to make an address that has not occurred
# Shares of a reader's day: most requests are result pages and what they lead to; a script asks the API.
SHARES = {"search": 45, "filtered": 10, "article": 12, "story": 4, "facet": 3, "api": 13, "suggest": 13}


@dataclass(frozen=True, slots=True)
class Material:
    """What requests are made from: words with how often they occur, pairs (id, story id) of articles, and years."""

    words: Sequence[str]
    weights: Sequence[float]
    articles: Sequence[tuple[str, str]]
    years: Sequence[str]


def material(index: Path) -> Material:
    """Read from an index what its requests are made from."""
    engine = open_engine(index)
    frequent = (engine.vocabulary().starting(letter, WORDS_PER_LETTER) for letter in ascii_lowercase)
    counts = {
        form: count
        for form, count in chain.from_iterable(frequent)
        if len(form) >= SHORTEST and form.isascii() and form.isalpha() and form not in OPERATORS
    }
    words = sorted(counts)
    years = engine.find(Query(size=1), facets=("year",)).counts["year"]
    return Material(words, list(accumulate(counts[word] for word in words)), _articles(engine), sorted(years))


def request_log(found: Material, seed: int, *, repeats: bool) -> Iterator[str]:
    """Yield addresses without end; without repeats, until no new ones can be made."""
    random = Random(seed)  # noqa: S311  # repeatable, not secret
    fresh = _distinct(found, random)
    if not repeats:
        yield from fresh
        return
    addresses = [address for address, _ in zip(fresh, range(ADDRESSES), strict=False)]
    weights = list(accumulate(1 / rank for rank in range(1, len(addresses) + 1)))
    while True:
        yield random.choices(addresses, cum_weights=weights)[0]


def _distinct(found: Material, random: Random) -> Iterator[str]:
    """Yield addresses that all differ. A kind of which there are no more addresses is left out from then on."""
    made: set[str] = set()
    shares = dict(SHARES)
    while shares:
        (kind,) = random.choices(list(shares), list(shares.values()))
        tried = (_KINDS[kind](found, random) for _ in range(TRIES))
        address = next((one for one in tried if one not in made), None)
        if address is None:
            del shares[kind]
        else:
            made.add(address)
            yield address


def _articles(engine: Engine) -> list[tuple[str, str]]:
    pages = (engine.find(Query(size=100, page=page), facets=()).matches for page in range(1, ARTICLES // 100 + 1))
    return [(match.article.id, match.story) for page in pages for match in page]


def _search(found: Material, random: Random) -> str:
    return "/?q=" + _query(found, random)


def _filtered(found: Material, random: Random) -> str:
    more = random.choice((f"year={random.choice(found.years)}", "copies=show", "sort=newest", "page=2", "lead=longest"))
    return f"/?q={_query(found, random)}&{more}"


def _article(found: Material, random: Random) -> str:
    article, _ = random.choice(found.articles)
    return f"/article/{quote(article)}?q={_word(found, random)}"


def _story(found: Material, random: Random) -> str:
    return f"/story/{quote(random.choice(found.articles)[1])}"


def _facet(found: Material, random: Random) -> str:
    return f"/facets/{random.choice(('outlet', 'year', 'reporter', 'place'))}?q={_word(found, random)}"


def _api(found: Material, random: Random) -> str:
    return "/api/v1/search?q=" + _query(found, random)


def _suggest(found: Material, random: Random) -> str:
    word = _word(found, random)
    typed = word[: random.randrange(1, len(word))]
    return "/api/v1/suggest?q=" + (f"{_word(found, random)}+{typed}" if random.random() < 0.7 else typed)


def _query(found: Material, random: Random) -> str:
    """One to three words; now and then a phrase, an alternative, a wildcard, an exclusion or capitals."""
    word, other = _word(found, random), _word(found, random)
    forms = (word, f"{word} {other}", f"{word} {other} {_word(found, random)}", f'"{word} {other}"')
    rare = (f"{word} OR {other}", f"{word[:5]}*", f"{word} -{other}", f"{word.upper()} {other}", f"judul:{word}")
    return quote_plus(random.choice(forms if random.random() < 0.85 else rare))


def _word(found: Material, random: Random) -> str:
    return random.choices(found.words, cum_weights=found.weights)[0]


_KINDS: dict[str, Callable[[Material, Random], str]] = {
    "search": _search,
    "filtered": _filtered,
    "article": _article,
    "story": _story,
    "facet": _facet,
    "api": _api,
    "suggest": _suggest,
}
