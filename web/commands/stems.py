"""Stem lines: what `flask stem` prints of words and their stems, and of the readings that were weighed.

A word is one line, `written<TAB>stem`, so that other programs can cut it; what explains it is indented below.
"""

from collections.abc import Iterable, Iterator

from index.words.roots.explaining import Step
from index.words.roots.weights import UNITS
from index.words.stemming import explained, stem, stem_of
from index.words.tokenizer import parts, written

SETTLED = "settled: a name, or a word of the exceptions"
WHOLE = "no affix can be taken off"


def stem_lines(texts: Iterable[str], *, explain: bool = False) -> Iterator[str]:
    """A line for each word of some texts as it is written, a tab and its stem; below it the readings, if wanted."""
    for text in texts:
        for run, _ in written(text):
            for word, unit, root in _stemmed(run):
                yield f"{word}\t{root}"
                if explain:
                    yield from _explanation(unit)


def _stemmed(run: str) -> Iterator[tuple[str, str, str]]:
    """What is stemmed in a run, its unit and its stem: the run, or each part where they are words by themselves."""
    found = parts(run)
    units = {part.unit for part in found}
    whole = stem(next(iter(units))) if len(units) == 1 else "-"
    if "-" in whole:
        yield from ((run[part.start : part.end], part.form, stem_of(part.form, part.unit)) for part in found)
    elif found:
        yield run, found[0].unit, whole


def _explanation(unit: str) -> Iterator[str]:
    steps = list(explained(unit))
    for step in steps:
        if step.becomes != step.word or len(steps) == 1:
            yield from _step(step)


def _step(step: Step) -> Iterator[str]:
    if step.settled:
        yield f"    {step.word} → {step.becomes}: {SETTLED}"
    elif not step.weighed:
        yield f"    {step.word}: {WHOLE}"
    else:
        yield f"    {step.word} → {step.becomes}"
        for weight, (root, path, clitics) in step.weighed:
            yield f"    {weight / UNITS:8.2f}  {root}  {' '.join(filter(None, (path, clitics))) or 'as it stands'}"
