"""Questions over whole results: `python -m benchmarks.workbench INDEX [QUERY …]` prints a line per question.

The questions are those of the workbench: trends, lines in context, words around, keywords, similar articles. Each is
asked in one process on one core, as a page asks it, and timed by the processor's time of this process, which other jobs
on the machine disturb least. Figures are medians; the first question of a kind, which makes what the others share, is
told by itself.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

from index.answers.concordance import context_lines
from index.answers.similar import similar
from index.answers.trends import TrendRequest, trend_report
from index.answers.word_statistics import ranked_collocates, ranked_keywords
from index.concordance import LineOrder, Lines
from index.engine import Reader
from index.opening import open_engine
from index.query.request import Query
from index.trends import Interval
from index.word_statistics import CollocatesWanted, KeywordsWanted

ROUNDS: Final = 7
QUERIES: Final = ("korupsi", "tahun", '"rumah sakit"')


def questions(reader: Reader, text: str) -> Mapping[str, Callable[[], object]]:
    """The questions about one query, by name."""
    query = Query(text)
    trend = TrendRequest((query,), Query(), Interval.MONTH)
    found = [match.article.id for match in reader.find(Query(text, size=1), facets=()).matches]
    held = reader.get(found[0]) if found else None
    return {
        "trend by month, with shares and uncertain dates": lambda: trend_report(reader, trend),
        "50 lines by the words after": lambda: context_lines(reader, query, Lines(LineOrder.RIGHT)),
        "50 lines by date": lambda: context_lines(reader, query, Lines(LineOrder.DATE)),
        "50 words around": lambda: ranked_collocates(reader, query, CollocatesWanted(), stop=False),
        "50 keywords": lambda: ranked_keywords(reader, query, KeywordsWanted()),
        "10 similar articles": lambda: similar(reader, *held, 10) if held else (),
    }


def seconds(ask: Callable[[], object]) -> tuple[float, float]:
    """The processor's seconds for the first answer, and the median of the next ones."""
    taken = []
    for _ in range(ROUNDS + 1):
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
        for name, ask in questions(reader, text).items():
            first, later = seconds(ask)
            print(f"{text:>16}  {name:<48} first {first * 1e3:8.1f}  then {later * 1e3:7.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
