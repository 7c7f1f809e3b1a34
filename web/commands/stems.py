"""The output of `flask stem`: words with their stems, and optionally the candidate analyses of the stemmer.

Each word is one line, `written<TAB>stem`, which other programs can split. The explanation is indented below it: the
readings, and the lexemes of the root that are far from the word.
"""

from collections.abc import Iterable, Iterator

from index.words.families.lexemes import BARE
from index.words.families.relations import far_lexemes
from index.words.roots.explaining import Step
from index.words.roots.weights import UNITS
from index.words.stemming import explain_stem, stem, stem_of
from index.words.tokenizer import iter_runs, run_tokens

SETTLED = "settled: a name, or a word of the exceptions"
WHOLE = "no affix can be taken off"


def stem_lines(texts: Iterable[str], *, explain: bool = False) -> Iterator[str]:
    """Yield a line for each word of some texts, as written, a tab and its stem; with `explain` also the readings."""
    for text in texts:
        for run, _ in iter_runs(text):
            for word, unit, root in _stemmed(run):
                yield f"{word}\t{root}"
                if explain:
                    yield from _explanation(unit)


def _stemmed(run: str) -> Iterator[tuple[str, str, str]]:
    """Yield word, unit and stem of a run of text: the whole run, or each part if the parts are separate words."""
    found = run_tokens(run)
    units = {part.unit for part in found}
    whole = stem(next(iter(units))) if len(units) == 1 else "-"
    if "-" in whole:
        yield from ((run[part.start : part.end], part.form, stem_of(part.form, part.unit)) for part in found)
    elif found:
        yield run, found[0].unit, whole


def _explanation(unit: str) -> Iterator[str]:
    steps = list(explain_stem(unit))
    for step in steps:
        if step.becomes != step.word or len(steps) == 1:
            yield from _step(step)
    if far := far_lexemes(unit):
        yield f"    far: {', '.join(stem(unit) if name == BARE else name for name in far)}"


def _step(step: Step) -> Iterator[str]:
    if step.settled:
        yield f"    {step.word} → {step.becomes}: {SETTLED}"
    elif not step.weighed:
        yield f"    {step.word}: {WHOLE}"
    else:
        yield f"    {step.word} → {step.becomes}"
        for weight, (root, path, clitics) in step.weighed:
            yield f"    {weight / UNITS:8.2f}  {root}  {' '.join(filter(None, (path, clitics))) or 'as it stands'}"
