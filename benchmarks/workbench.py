"""Questions over whole results: `python -m benchmarks.workbench INDEX [QUERY …]` prints a line per question.

The questions are those of the workbench: trends, lines in context, words around, keywords, similar articles, and what
is taken away. Each is asked in one process on one core, as a page asks it, and timed by the processor's time of this
process, which other jobs on the machine disturb least. Figures are medians; the first question of a kind, which makes
what the others share, is told by itself. Targets are for 54,540 articles and two words in 2,600 and 20,000 of them.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

from index.answers.batch import batch_counts
from index.answers.comparison import ComparisonRequest, comparison
from index.answers.concordance import context_lines
from index.answers.exporting import coding_sheet
from index.answers.exporting.export import ExportRequest, Setting, open_export
from index.answers.exporting.methods import methods
from index.answers.exporting.provenance import Publication
from index.answers.similar import similar
from index.answers.trends import TrendRequest, trend_report
from index.answers.word_statistics import ranked_collocates, ranked_keywords
from index.concordance import LineOrder, Lines
from index.engine import Reader
from index.opening import open_engine
from index.query.request import MAX_PAGE_SIZE, Query
from index.trends import Interval
from index.word_statistics import CollocatesWanted, KeywordsWanted

ROUNDS: Final = 7
PATIENCE: Final = 3.0  # seconds after which a question is not asked again
QUERIES: Final = ("korupsi", "tahun", '"rumah sakit"')
BESIDE: Final = ("harga", "presiden")  # further words of a trend; the first is compared with
SAMPLE: Final = 100  # articles of a coding sheet


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its name, and how many milliseconds it may take; None where nothing was set."""

    name: str
    ask: Callable[[], object]
    target: float | None = None


def questions(reader: Reader, text: str) -> Iterator[Question]:
    """The questions about one query."""
    yield from _about_time_and_words(reader, Query(text))
    yield from _taken_away(reader, Query(text))


def _about_time_and_words(reader: Reader, query: Query) -> Iterator[Question]:
    found = [match.article.id for match in reader.find(replace(query, size=1), facets=()).matches]
    held = reader.get(found[0]) if found else None
    one, three = (TrendRequest(series, Query(), Interval.MONTH) for series in ((query,), (query, *map(Query, BESIDE))))
    yield Question("trend by month, with shares and uncertain dates", lambda: trend_report(reader, one))
    yield Question("the same of three words", lambda: trend_report(reader, three), 5)
    right, by_date = Lines(LineOrder.RIGHT), Lines(LineOrder.DATE)
    yield Question("50 lines by the words after", lambda: context_lines(reader, query, right), 40)
    yield Question("50 lines by date", lambda: context_lines(reader, query, by_date), 40)
    around = CollocatesWanted()
    yield Question("50 words around", lambda: ranked_collocates(reader, query, around, stop=False), 50)
    yield Question("50 keywords", lambda: ranked_keywords(reader, query, KeywordsWanted()), 35)
    yield Question("10 similar articles", lambda: similar(reader, held, 10) if held else (), 3)


def _taken_away(reader: Reader, query: Query) -> Iterator[Question]:
    walked = replace(query, size=MAX_PAGE_SIZE, after=_middle(reader, query))
    compared = ComparisonRequest((query, Query(BESIDE[0])), Query())
    sheet = ExportRequest(query, sample=SAMPLE, seed=1)
    setting = Setting(Publication("Kliping", "", "Kliping"), datetime.now(UTC).date(), "/article/{}".format)
    yield Question("a page in the middle of a walk by cursor", lambda: reader.find(walked, facets=()), 3)
    yield Question(f"compared with {BESIDE[0]}", lambda: comparison(reader, compared))
    yield Question("a query of a batch, by year and outlet", lambda: batch_counts(reader, query, Interval.YEAR, 0))
    yield Question(
        f"a coding sheet of {SAMPLE} articles", lambda: list(coding_sheet.write(open_export(reader, sheet, setting)))
    )
    yield Question("the paragraph on methods", lambda: methods(reader, query))


def _middle(reader: Reader, query: Query) -> str:
    """The article that gives its place to the hit in the middle of a result; "" for an empty one."""
    pages = reader.find(replace(query, size=1), facets=()).hits // MAX_PAGE_SIZE
    middle = replace(query, size=MAX_PAGE_SIZE, page=max(1, pages // 2))
    found = [match.article.id for match in reader.find(middle, facets=()).matches]
    return found[-1] if pages and found else ""


def seconds(ask: Callable[[], object]) -> tuple[float, float]:
    """The processor's seconds for the first answer, and the median of the next ones: fewer where they are slow."""
    taken: list[float] = []
    while len(taken) < 2 or (len(taken) <= ROUNDS and sum(taken) < PATIENCE):
        start = process_time()
        ask()
        taken.append(process_time() - start)
    return taken[0], median(taken[1:])


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    location, *texts = arguments
    reader = open_engine(Path(location)).snapshot()
    print(f"{reader.info().articles} articles; milliseconds of one core")
    for text in texts or QUERIES:
        for asked in questions(reader, text):
            first, later = seconds(asked.ask)
            target = "" if asked.target is None else f"  target {asked.target:g}"
            print(f"{text:>16}  {asked.name:<56} first {first * 1e3:8.1f}  then {later * 1e3:7.1f}{target}")


if __name__ == "__main__":
    main(sys.argv[1:])
