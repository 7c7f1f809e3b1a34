"""Families: whether a bare word searches the forms that mean the same thing, and leaves out those that do not.

Judged families part the forms of a root into senses; some pairs of senses are near all the same, others are doubtful
and left out. *near_searched* and *far_left_out* are shares of ordered pairs of forms. A *reader* types a form and gets
the articles of all forms searched by default: the share of these that is near to what was typed, and the share of the
near ones that is reached, each the mean over typed forms. `labels.txt` has a line for each family:

    sakit: sakit sakitnya | penyakit penyakitnya | menyakiti menyakitkan ; =1-2 ~1-3
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import permutations
from pathlib import Path

from archive.reading.records import read
from archive.record import Record
from index.words.families.relations import far_forms
from index.words.tokenizer import tokenize
from quality.figures import Figures

LABELS = Path("families") / "labels.txt"
NEWS = "news.jsonl.gz"


class Verdict(Enum):
    """What a judge said of two forms."""

    NEAR = auto()
    FAR = auto()
    DOUBTFUL = auto()


@dataclass(frozen=True, slots=True)
class JudgedFamily:
    """The forms of one root, each with the number of its sense, and the verdicts on pairs of senses."""

    root: str
    senses: dict[str, int]
    verdicts: dict[frozenset[int], Verdict]

    def verdict(self, one: str, other: str) -> Verdict:
        """What the judge said of two forms."""
        pair = frozenset((self.senses[one], self.senses[other]))
        return Verdict.NEAR if len(pair) == 1 else self.verdicts.get(pair, Verdict.FAR)


def measure(data: Path) -> Figures:
    """The shares of pairs, and what a reader gets; FileNotFoundError without the judged families or the news."""
    families = list(judged(data / LABELS))
    held = _articles(data / NEWS, {form for family in families for form in family.senses})
    answers = [_reader(family, typed, held) for family in families for typed in family.senses]
    precision, recall = (sum(shares) / len(answers) for shares in zip(*answers, strict=True))
    return {**pairs(families), "reader": {"precision": precision, "recall": recall}}


def judged(path: Path) -> Iterator[JudgedFamily]:
    """The judged families of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        root, _, rest = line.partition(":")
        parted, _, told = rest.partition(";")
        senses = {form: number for number, sense in enumerate(parted.split("|"), 1) for form in sense.split()}
        signs = {"=": Verdict.NEAR, "~": Verdict.DOUBTFUL}
        verdicts = {frozenset(map(int, pair[1:].split("-"))): signs[pair[0]] for pair in told.split()}
        yield JudgedFamily(root, senses, verdicts)


def pairs(families: Sequence[JudgedFamily]) -> Figures:
    """The share of near pairs that is searched, and of far pairs that is left out."""
    asked, right = Counter[Verdict](), Counter[Verdict]()
    for family in families:
        for typed, other in permutations(family.senses, 2):
            verdict, is_far = family.verdict(typed, other), bool(far_forms(typed, [other]))
            asked[verdict] += 1
            right[verdict] += is_far is (verdict is Verdict.FAR)
    return {
        "near_searched": right[Verdict.NEAR] / max(asked[Verdict.NEAR], 1),
        "far_left_out": right[Verdict.FAR] / max(asked[Verdict.FAR], 1),
    }


def _reader(family: JudgedFamily, typed: str, held: Counter[str]) -> tuple[float, float]:
    """The share of what is searched that is near, and of what is near that is searched, counted in articles."""
    left_out = far_forms(typed, family.senses)
    near = [form for form in family.senses if family.verdict(typed, form) is Verdict.NEAR]
    far = [form for form in family.senses if family.verdict(typed, form) is Verdict.FAR]
    all_near = sum(held[form] for form in near)
    found = sum(held[form] for form in near if form not in left_out)
    wrong = sum(held[form] for form in far if form not in left_out)
    return found / max(found + wrong, 1), found / max(all_near, 1)


def _articles(news: Path, forms: set[str]) -> Counter[str]:
    """The number of articles with each of some forms."""
    if not news.exists():
        raise FileNotFoundError(2, "No such file", str(news))
    held = Counter[str]()
    for item in read([news]):
        if isinstance(item, Record):
            held.update(forms.intersection(token.form for token in tokenize(f"{item.title or ''}\n{item.text}")))
    return held
