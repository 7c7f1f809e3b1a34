"""Near-duplicate quality: how many planted copies are found, and how many instances of templates pass for copies.

Some real articles are *sources*. Each gets some versions as editors make them, hidden among the other articles. Two
versions of one source are a true pair, whatever they still share. Recall is reported by the containment of the shorter
text in the longer one, counted exactly. A pair in one story but from different sources is false, unless the sources
themselves share as much as copies do, because real articles have real copies.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from random import Random

from archive.article import Article
from archive.copies.comparing.pair_comparison import overlap
from archive.copies.fingerprints import Fingerprint, fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.stories import Stories
from archive.copies.told import Told, told_by
from archive.intake import article_from_record
from archive.reading.records import read
from archive.record import Record
from quality.figures import Figures
from tests.archive.copies.planted_copies import version

JUDGED = Path(__file__).parents[1] / "tests" / "archive" / "copies" / "judged_pairs.tsv"
ONE_IN = 6  # of the records
# One article in this many is a source, so that few sources are copies of each other. The choices for an article are
# seeded by its id, so that a change to one article leaves the versions of the others as they are.
EVERY = 5
VERSIONS = 3
FEWEST_PARAGRAPHS = 4
SEED = 5
COPY = 0.6  # least containment of a copy
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Prints = Mapping[str, Fingerprint]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """An archive with planted copies: fingerprints by id, and the ids derived from each source, the source first.

    `told` is what articles say of themselves. A version has no day, and its source's title if that was given.
    """

    prints: Prints
    told: Mapping[str, Told]
    families: Sequence[Sequence[str]]


def measure(data: Path, one_in: int = ONE_IN) -> Figures:
    """Precision and recall of pairs, the recall curve by containment, and the share of judged pairs in one story.

    One record in `one_in` is taken, and those of the judged pairs.
    """
    judged = dict(_judged())
    wanted = {article_id for pair in judged for article_id in pair}
    planted = _planted(list(_records(data / "news.jsonl.gz", wanted, one_in)))
    stories = _grouped(planted)
    return {
        "planted": {**_precision(planted, stories), **_recall(planted, stories)},
        "judged": {
            f"{verdict}_folded": _folded(judged, verdict, stories) for verdict in ("template", "copy", "stranger")
        },
    }


def _judged() -> Iterator[tuple[Pair, str]]:
    """Pairs of articles, and what a human reader judged them to be."""
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        verdict, one, other = line.split("\t")
        yield (one, other), verdict


def _folded(judged: Mapping[Pair, str], verdict: str, stories: Stories) -> float:
    """The share of the pairs with this verdict that are in one story."""
    pairs = [pair for pair, found in judged.items() if found == verdict]
    folded = [
        one in stories.story_ids and stories.story_ids[one] == stories.story_ids.get(other) for one, other in pairs
    ]
    return sum(folded) / len(folded)


def _records(path: Path, wanted: Collection[str], one_in: int) -> Iterator[tuple[Record, bool]]:
    """One record in so many, and those wanted; and whether a record may be a source, as those only wanted may not."""
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    found = (item for item in read([path]) if isinstance(item, Record))
    for number, record in enumerate(found):
        sampled = number % one_in == 0
        if sampled or record.id in wanted:
            yield record, sampled


def _planted(records: Sequence[tuple[Record, bool]]) -> Planted:
    """Take in the records, with versions of the sources, which are among those that may be."""
    articles = [
        (record, article, may_be_source)
        for record, may_be_source in records
        if isinstance(article := article_from_record(record), Article)
    ]
    sampled = [(record, article) for record, article, may_be_source in articles if may_be_source]
    strangers = [article.paragraphs[len(article.paragraphs) // 2] for _, article in sampled if article.paragraphs]
    prints = {article.id: fingerprint(article.paragraphs) for _, article, _ in articles}
    told = {article.id: told_by(article) for _, article, _ in articles}
    families = []
    for record, article in sampled:
        chance = Random(f"{SEED} {record.id}")  # noqa: S311 - not for cryptography
        if len(article.paragraphs) >= FEWEST_PARAGRAPHS and chance.randrange(EVERY) == 0:
            made = list(_versions(record, article, chance, strangers))
            families.append([article.id, *(one.id for one in made)])
            prints |= {one.id: fingerprint(one.paragraphs) for one in made}
            told |= {one.id: replace(told_by(one), day=None) for one in made}
    return Planted(prints, told, families)


def _versions(record: Record, article: Article, chance: Random, strangers: Sequence[str]) -> Iterator[Article]:
    for number in range(VERSIONS):
        text = "\n\n".join(version(article.paragraphs, chance, strangers))
        taken = article_from_record(replace(record, id=f"{record.id}/{number}", text=text))
        if isinstance(taken, Article):
            yield taken


def _grouped(planted: Planted) -> Stories:
    fingerprints = NearDuplicateDetector()
    for article_id, made in planted.prints.items():
        fingerprints.add(article_id, made, planted.told[article_id])
    return fingerprints.group(lambda _: ())


def _precision(planted: Planted, stories: Stories) -> Figures:
    """The share of pairs from one source, among the pairs in one story that include a version."""
    source = {member: family[0] for family in planted.families for member in family}
    folded: dict[str, list[str]] = {}
    for article_id, story in stories.story_ids.items():
        folded.setdefault(story, []).append(article_id)
    true = false = 0
    for members in folded.values():
        for one, other in combinations(members, 2):
            sources = source.get(one, one), source.get(other, other)
            if sources[0] == sources[1]:
                true += 1
            elif (one in source or other in source) and _containment(planted.prints, *sources) < COPY:
                false += 1
    return {"precision": true / max(true + false, 1), "folded_pairs": true + false}


def _recall(planted: Planted, stories: Stories) -> Figures:
    """The share of pairs of one source that are in one story: of pairs that share enough, and by containment."""
    pairs: Counter[float] = Counter()
    found: Counter[float] = Counter()
    for one, other in (pair for family in planted.families for pair in combinations(family, 2)):
        contained = _containment(planted.prints, one, other)
        floor = max(bound for bound in BINS if bound <= contained)
        pairs[floor] += 1
        found[floor] += one in stories.story_ids and stories.story_ids[one] == stories.story_ids.get(other)
    enough = [floor for floor in pairs if floor >= COPY]
    recall = sum(found[floor] for floor in enough) / max(sum(pairs[floor] for floor in enough), 1)
    curve = {f"from_{floor:.1f}": found[floor] / pairs[floor] for floor in sorted(pairs)}
    return {"recall": recall, "pairs": sum(pairs[floor] for floor in enough), "recall_by_containment": curve}


def _containment(prints: Prints, one: str, other: str) -> float:
    """The share of the shorter text's shingles that the longer one has."""
    left, right = prints[one], prints[other]
    return float(overlap(left.words, right.words)["shared"]) / max(min(left.size, right.size), 1)
