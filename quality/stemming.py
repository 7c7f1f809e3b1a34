"""Stemming quality: which inflected forms get the stem of their root, which roots are cut, which names are changed.

Judged lists of words and roots are split by a digest of the word. One half is for development, the other is reported,
so that rules are not fitted to the words they are measured by. Names are forms in the news that are nearly always
capitalized inside sentences and are not in the list of roots.

    python -m quality.stemming --data PATH      prints the errors in the development half
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Final

from archive.reading.records import read
from archive.record import Record
from index.words.roots.counting import count
from index.words.sastrawi import root_words
from index.words.stemming import Stemmer, stem, stemmer, use_stemmer
from quality.figures import Figures

LISTS: Final = ("ndetc", "unimorph")
NEWS: Final = "news.jsonl.gz"
NAME_SEEN: Final = 50  # least occurrences inside sentences
NAME_SHARE: Final = 0.95  # least share of these with a capital


@dataclass(frozen=True, slots=True)
class Judged:
    """A word of a list and its root."""

    word: str
    root: str

    @property
    def reported(self) -> bool:
        """Whether it belongs to the reported, held-out half."""
        return sha1(self.word.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def measure(data: Path) -> Figures:
    """Shares of affixed words that get the stem of their root and of roots that are cut; counts of changed names.

    The same of PySastrawi's own algorithm stand beside them.
    """
    names = list(names_in(data))
    before = stemmer()
    try:
        use_stemmer(Stemmer.SASTRAWI)
        sastrawi = _figures(data, names)
        use_stemmer(Stemmer.ROOTS)
        return {**_figures(data, names), "names": len(names), Stemmer.SASTRAWI: sastrawi}
    finally:
        use_stemmer(before)


def _figures(data: Path, names: Sequence[str]) -> dict[str, Figures | float]:
    figures: dict[str, Figures | float] = {}
    for name in LISTS:
        kept = [pair for pair in judged(data, name) if pair.reported]
        affixed, roots = [p for p in kept if p.word != p.root], [p for p in kept if p.word == p.root]
        shares = {"meets": 1 - _share(missed(affixed), affixed)}
        figures[name] = {**shares, "cut": _share(cut(roots), roots)} if roots else shares
    return {**figures, "names_changed": len(changed(names))}


def judged(data: Path, name: str) -> list[Judged]:
    """The words of a list with their roots."""
    lines = (data / "stemming" / f"{name}.tsv").read_text(encoding="utf-8").lower().splitlines()
    return [Judged(*line.split("\t")[:2]) for line in lines if "\t" in line]


def missed(affixed: Sequence[Judged]) -> list[str]:
    """The affixed words whose stem is not that of their root, each with root and stem."""
    return [f"{p.word} {p.root} {stem(p.word)}" for p in affixed if stem(p.word) != stem(p.root)]


def cut(roots: Sequence[Judged]) -> list[str]:
    """The roots that are shortened, each with its stem."""
    return [f"{p.word} {stem(p.word)}" for p in roots if len(stem(p.word)) < len(p.word)]


def names_in(data: Path) -> Iterator[str]:
    """The names in the news; FileNotFoundError if there is no news."""
    news = data / NEWS
    if not news.exists():
        raise FileNotFoundError(2, "no such file", str(news))
    counts = count(lambda: (item.text for item in read([news]) if isinstance(item, Record)))
    for form, capitals in sorted(counts.capitals.items()):
        inside = capitals + counts.small[form]
        if inside >= NAME_SEEN and capitals >= NAME_SHARE * inside and form not in root_words():
            yield form


def changed(names: Sequence[str]) -> list[str]:
    """The names whose stem differs from them, each with its stem."""
    return [f"{name} {stem(name)}" for name in names if stem(name) != name]


def _share(some: Sequence[str], everything: Sequence[Judged]) -> float:
    return round(len(some) / max(len(everything), 1), 4)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the errors in the development half, and the changed names."""
    parser = argparse.ArgumentParser(prog="python -m quality.stemming", description="List what the stemmer misses.")
    parser.add_argument("--data", type=Path, required=True, help="folder laid out like the shared data")
    data: Path = parser.parse_args(arguments).data
    for name in LISTS:
        tried = [pair for pair in judged(data, name) if not pair.reported]
        print(f"{name} missed (word, root, stem)", *missed([p for p in tried if p.word != p.root]), sep="\n    ")
        print(f"{name} cut (root, stem)", *cut([p for p in tried if p.word == p.root]), sep="\n    ")
    print("names changed (name, stem)", *changed(list(names_in(data))), sep="\n    ")


if __name__ == "__main__":
    main()
