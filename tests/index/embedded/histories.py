"""Archives with a history: the same articles in an index that was edited many times, and in one built at once.

`try_histories` is the long form: it takes counts and a seed, and returns what the two indexes answer differently.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from random import Random

from archive.article import Article
from index.engine import Engine, EngineAnswer
from index.opening import open_engine
from index.query.request import Copies, Lead, Query, Sort
from tests.contract.engine_contract import an_article, build

COMMON = "beras berasnya harga pertemuan bertemu yang siapa di untuk anak-anak menteri luar negeri presiden panen"
RARE = "petani padi hujan KPK kpk AS as DPR jalan berjalan perjalanan makan makanan dimakan ekonomi Merak gempa banjir"
WORDS = [*COMMON.split(), *RARE.split()]
OUTLETS = ("Kompas.com", "ANTARA", "Tempo", "")
CLOSE = 1e-6


@dataclass(slots=True)
class HistoryReport:
    """How many answers were compared, and which differed."""

    compared: int = 0
    failed: list[str] = field(default_factory=list)


def an_article_of(number: int, chance: Random) -> Article:
    """A random article; its text differs each time, its id does not."""
    text = " ".join(chance.choices(WORDS, weights=range(len(WORDS), 0, -1), k=chance.randrange(3, 40)))
    day = chance.choice([None, "2018", f"2018-{chance.randrange(1, 5):02}", f"2019-01-{chance.randrange(1, 9):02}"])
    article = an_article(f"{number:04}", text, day, outlet=chance.choice(OUTLETS))
    if chance.random() < 0.5:
        article = replace(article, title=" ".join(chance.choices(WORDS, k=4)), title_derived=False)
    return article


def stories_of(articles: Mapping[str, Article]) -> tuple[dict[str, str], dict[str, str]]:
    """Stories of neighbouring ids and loose groups of a few stories, of the articles that are there."""
    stories: dict[str, str] = {}
    loose: dict[str, str] = {}
    for name in sorted(articles):
        if int(name) % 10 < 3:
            stories[name] = min(other for other in articles if other[:3] == name[:3] and int(other) % 10 < 3)
        if int(name) % 10 < 5:
            loose[name] = min(other for other in articles if other[:3] == name[:3] and int(other) % 10 < 5)
    return stories, loose


def edited(folder: Path, size: int, builds: int, chance: Random) -> tuple[Engine, dict[str, Article]]:
    """Build an index by many edits: additions, replacements and removals; return it with the articles it holds."""
    engine, held = open_engine(folder), dict[str, Article]()
    for number in range(builds):
        kept = [name for name in held if chance.random() < 0.8]
        removed = [name for name in held if name not in kept]
        changed = [int(name) for name in kept if chance.random() < 0.3]
        absent = [place for place in range(size) if f"{place:04}" not in held]
        added = chance.sample(absent, min(len(absent), size // builds + size // 3 if number == 0 else size // builds))
        with engine.build() as building:
            for name in removed:
                building.remove(name)
                del held[name]
            for place in changed + added:
                article = an_article_of(place, chance)
                building.add(article)
                held[article.id] = article
            building.set_stories(*stories_of(held))
    return engine, held


def queries(count: int, chance: Random) -> Iterator[Query]:
    """Yield random queries of every kind, in every order and folded in every way."""
    orders = [sort for sort in Sort if sort is not Sort.INDEXED]  # it tells the history
    ways = list(product(orders, Copies, Lead))
    for number in range(count):
        sort, copies, lead = ways[number % len(ways)]
        chosen = {"outlet": (chance.choice(OUTLETS[:3]),)} if chance.random() < 0.2 else {}
        since = "2018-02" if chance.random() < 0.1 else None
        text = _text(chance, 2)
        yield Query(
            text,
            sort=sort,
            copies=copies,
            lead=lead,
            chosen=chosen,
            since=since,
            page=chance.choice([1, 1, 2]),
            size=20,
        )


def _text(chance: Random, depth: int) -> str:
    if depth and chance.random() < 0.6:
        parts = [_text(chance, depth - 1) for _ in range(chance.randrange(2, 5))]
        return f"({chance.choice([' ', ' OR ']).join(parts)})"
    word, other = chance.choice(WORDS), chance.choice(WORDS)
    kinds = [
        word,
        word,
        word,
        f'"{word} {other}"',
        f'"{word}"',
        f"={word}",
        f'"{word} {other}"~5',
        "ber*",
        "*kan*",
        "mak?n*",
    ]
    kinds += [
        f"title:{word}",
        f"({word} -{other})",
        f"({word} OR -{other})",
        f'title:"{word} {other}"',
        "*mak*",
        "outlet:antara",
    ]
    return chance.choice(kinds)


def difference(one: EngineAnswer, other: EngineAnswer) -> str:
    """What is different in two answers; "" if nothing is."""
    for name in ("articles", "stories", "hits", "counts", "undated_left_out"):
        if getattr(one, name) != getattr(other, name):
            return f"{name}: {getattr(one, name)} and {getattr(other, name)}"
    order, others = ([(hit.article, hit.story, hit.copies) for hit in answer.matches] for answer in (one, other))
    if order != others:
        return f"order: {[hit[0].id for hit in order]} and {[hit[0].id for hit in others]}"
    far = [
        (a.score, b.score) for a, b in zip(one.matches, other.matches, strict=True) if abs(a.score - b.score) > CLOSE
    ]
    return f"scores: {far}" if far else ""


def try_histories(folder: Path, *, histories: int, asked: int, size: int, seed: int) -> HistoryReport:
    """Compare the answers of so many edited indexes with those of indexes built at once, `asked` queries each."""
    chance, report = Random(seed), HistoryReport()
    for number in range(histories):
        engine, held = edited(folder / f"edited{number}", size, chance.randrange(2, 9), chance)
        fresh = open_engine(folder / f"fresh{number}")
        articles = list(held.values())
        chance.shuffle(articles)
        build(fresh, *articles, stories=stories_of(held)[0], loose=stories_of(held)[1])
        if engine.info().id != fresh.info().id:
            report.failed.append(f"history {number}: ids differ")
        for query in queries(asked, chance):
            report.compared += 1
            if problem := difference(engine.find(query), fresh.find(query)):
                report.failed.append(f"history {number}, {query}: {problem}")
    return report
