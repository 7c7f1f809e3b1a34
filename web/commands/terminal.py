"""Output of the commands: with colours and a progress bar on a terminal, else as plain lines.

Progress is printed to standard error and answers to standard output, so `flask reindex --json | jq` works.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import click
from rich.cells import cell_len
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from archive.copies.stories import StageCounts
from archive.reading.progress import ReadingProgress
from index.answers.expansion_report import far_relatives
from index.answers.fragments import Fragment
from index.answers.moments import moment
from index.answers.search import Hit, Results
from index.engine import IndexInfo
from index.query.errors import BadQuery
from index.query.repairs import offending_part, repaired
from index.reindexing.report import Phase, ReindexReport
from index.words.families import relations
from index.words.stemming import stemmer
from web import labels
from web.commands import file_facts, kept, rejects
from web.commands.console import err, out, pluralized, print_json, visible

LINE_EVERY = 5.0  # seconds between plain progress lines: often enough to see progress, few lines in a log
# An earlier estimate would only reflect the time of the start-up.
SECONDS_BEFORE_ESTIMATE = 2.0
FAR_SHOWN = 6  # far relatives of the words of a query
SHARE_BEFORE_ESTIMATE = 0.02


# Progress ------------------------------------------------------------------------------------------------------------


@contextmanager
def progress(meter: ReadingProgress) -> Iterator[Callable[[ReindexReport], None]]:
    """Yield a function that shows the reports of a reindex: as a bar on a terminal, else as a line now and then."""
    if not err.is_terminal:
        yield _Lines().show
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("reading", total=meter.total)

        def show(report: ReindexReport) -> None:
            said = f"{report.phase.value}, {report.done:,}" if report.done else report.phase.value
            done = meter.read if report.phase is Phase.LEARNING else report.share * meter.total
            bar.update(task, completed=done, description=said, records=report.done)

        yield show


class _Rate(ProgressColumn):
    """The column with the records per second since the start."""

    def render(self, task: Task) -> Text:
        records = task.fields.get("records", 0)
        return Text(f"{_rate(records, task.elapsed or 0.0)}/s" if records else "")


class _Lines:
    """Progress as plain lines: each new phase, and every few seconds how far it has come."""

    def __init__(self) -> None:
        self._begun = self._last = monotonic()
        self._phase: Phase | None = None

    def show(self, report: ReindexReport) -> None:
        """Print a line if one is due."""
        now = monotonic()
        if report.phase is not self._phase:
            self._begun, self._phase = now, report.phase
            line = report.phase.value
        elif now - self._last < LINE_EVERY or not report.done:
            return
        else:
            seconds = now - self._begun
            line = f"{report.phase.value}: {report.done:,} read, {_rate(report.done, seconds)}/s"
            if report.phase is Phase.READING:
                line += share_and_estimate(report.share, seconds)
        self._last = now
        with suppress(OSError):  # where the progress cannot be told, the work goes on
            click.echo(line, err=True)


def share_and_estimate(share: float, seconds: float) -> str:
    """Format the share read so far, and an estimate of the remaining time once one can be made."""
    text = f", {100 * share:.0f} %"
    if seconds < SECONDS_BEFORE_ESTIMATE or not SHARE_BEFORE_ESTIMATE <= share < 1:
        return text
    return f"{text}, about {seconds * (1 / share - 1):.0f} s left"


def _rate(records: int, seconds: float) -> str:
    return f"{records / seconds:,.0f}" if seconds > 0 else "–"


# Reports -------------------------------------------------------------------------------------------------------------


def report_fields(report: ReindexReport, info: IndexInfo | None) -> dict[str, object]:
    """Return the report of a reindex as plain values; `index` is None for a dry run."""
    counts = {name: getattr(report, name) for name in ("read", "new", "changed", "unchanged", "removed")}
    stages = report.stages and {name: getattr(report.stages, name) for name in report.stages.__slots__}
    index = None if info is None else info_fields(info)
    return {
        **counts,
        "kept": kept.fields(report.kept),
        **rejects.fields(report.rejects),
        "files": file_facts.fields(report.files),
        "refusal": report.refusal or None,
        "stages": stages,
        "seconds": round(report.seconds, 3),
        "discarded": report.discarded,
        "unmet_names": list(report.unmet_names),
        "index": index,
    }


def info_fields(info: IndexInfo) -> dict[str, object]:
    """Return the facts of the published index as plain values."""
    held = {"id": info.id, "articles": info.articles, "stories": info.stories, "built": moment(info.built)}
    return {**held, "stemmer": stemmer().value, "families": relations.version()}


def print_report(report: ReindexReport, info: IndexInfo | None) -> None:
    """Print the summary table of a reindex, and the first rejected items with their reasons."""
    rows: dict[str, object] = {
        name: getattr(report, name) for name in ("read", "new", "changed", "unchanged", "removed")
    }
    rows["kept"] = report.kept_articles
    rows["rejected"] = report.rejects.count
    if info is not None:
        rows["stories"] = info.stories
    table = _pairs({name: f"{count:,}" for name, count in rows.items()})
    table.add_row("seconds", f"{report.seconds:,.1f}  ({_rate(report.read, report.seconds)}/s)")
    out.print(table)
    if report.discarded:
        out.print(escape(visible(f"Everything was read again: {report.discarded}")), soft_wrap=True)
    if report.stages is not None:
        out.print(copies_summary(report.stages), highlight=False)
    kept.print_first(report.kept, out)
    rejects.print_first(report.rejects, out)
    file_facts.print_first(report.files, out)
    if info is None:
        out.print("Dry run: the index is as it was.")


def copies_summary(stages: StageCounts) -> str:
    """Format the stages of the near-duplicate detection, from articles to stories, as one line."""
    pairs = (("edited", stages.edited), ("cut or extended", stages.cut), ("of one template", stages.templates))
    others = (("round-ups", stages.round_ups), ("sharing passages", stages.passages))
    text = ", ".join(f"{count:,} {name}" for name, count in (*pairs, *others))
    return (
        f"copies: {stages.fingerprinted:,} articles fingerprinted, {stages.texts:,} different texts, "
        f"{stages.candidates:,} pairs compared: {text}; {stages.stories:,} stories of several articles"
    )


def print_not_needed(info: IndexInfo, *, as_json: bool) -> None:
    """Print that a reindex was not needed."""
    if as_json:
        print_json({"needed": False, "index": info_fields(info)})
    else:
        click.echo("The index is usable; nothing to do.", err=True)


def print_info(info: IndexInfo, location: object) -> None:
    """Print the facts of the published index, and its folder or address."""
    rows = {"index": info.id, "articles": f"{info.articles:,}", "stories": f"{info.stories:,}"}
    rows |= {"built": f"{info.built.astimezone():%Y-%m-%d %H:%M:%S %z}", "stemmer": stemmer().value}
    rows |= {"families": relations.version()}
    out.print(_pairs(rows))
    kind = "folder " if isinstance(location, Path) else "servers"
    out.print(f"{kind} {escape(visible(str(location)))}", soft_wrap=True)  # a path is copied: never cut, never wrapped


def print_problems(problems: Sequence[str], info: IndexInfo | None) -> None:
    """Print the problems that a verification found, or that there are none in the index that `info` describes."""
    for problem in problems:
        out.print(escape(visible(problem)), soft_wrap=True)
    if problems:
        out.print(f"{pluralized(len(problems), 'problem', 'problems')}. Remedy: flask reindex --full")
    elif info is not None:
        held = f"{pluralized(info.articles, 'article', 'articles')}, {pluralized(info.stories, 'story', 'stories')}"
        out.print(f"Index {info.id} is as it was written: {held}.")


def _pairs(rows: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows.items():
        table.add_row(name, escape(visible(value)))
    return table


# Results -------------------------------------------------------------------------------------------------------------


def print_results(results: Results) -> None:
    """Print one page of hits, with matches in bold, and the totals."""
    for number, hit in enumerate(results.hits, 1 + (results.query.page - 1) * results.query.size):
        print_hit(number, hit)
    _print_expansions(results)
    found = "nothing found"
    if results.articles:
        articles = pluralized(results.articles, "article", "articles")
        stories = pluralized(results.stories, "story", "stories")
        found = f"{articles} in {stories}; page {results.query.page} of {results.pages}"
    out.print(f"{found}; {1000 * results.seconds:.0f} ms")


def _print_expansions(results: Results) -> None:
    """Print the expansions that were searched, and those that were only offered."""
    searched = [f"{one.asked} → {one.also}" for one in results.expansions if not one.off]
    if searched:
        out.print(Text(f"also searched: {'; '.join(searched)}; not with --no-expand", "dim"), soft_wrap=True)
    unsure = [f"{one.asked} → {one.also}" for one in results.offered]
    if unsure:
        out.print(Text(f"not searched, but perhaps meant: {'; '.join(unsure)}", "dim"), soft_wrap=True)
    far = [form for word in results.words for form in far_relatives(word)]
    if far:
        told = ", ".join(f"{form.form} {form.articles:,}" for form in far[:FAR_SHOWN])
        out.print(Text(f"not searched, of the same root: {told}; with --on {far[0].form}", "dim"), soft_wrap=True)


def print_query_error(query: str, error: BadQuery) -> None:
    """Print a query to standard error with carets under the part with the error, and what was probably meant."""
    line = "".join(letter if letter.isprintable() else " " for letter in query)
    part, meant = offending_part(line, error), repaired(query)
    carets = "^" * max(cell_len(line[part.start : part.end]), 1)
    err.print(Text(f"  {line}\n  {' ' * cell_len(line[: part.start])}{carets}"), soft_wrap=True)
    if meant:
        err.print(Text(f"perhaps meant: {visible(meant)}"), soft_wrap=True)


def print_hit(number: int, hit: Hit) -> None:
    """Print one hit under its number."""
    article = hit.match.article
    day = article.date.value and f"{'≈ ' if labels.inferred(article.date) else ''}{article.date.value}"
    facts = " · ".join(fact for fact in (article.outlet, article.bureau, article.agency, day) if fact)
    out.print(Text(f"{number:>4}. ").append(visible(article.title), "bold"), soft_wrap=True)
    copies = f" · +{pluralized(len(hit.match.copies), 'copy', 'copies')}" if hit.match.copies else ""
    out.print(Text(f"      {visible(facts)}{copies}  [{visible(article.id)}]", "dim"), soft_wrap=True)
    out.print(Text("      ").append_text(_text(hit.snippet)), soft_wrap=True)


def _text(fragments: Sequence[Fragment]) -> Text:
    return Text.assemble(
        *((visible(part.text), "bold red") if part.matched else visible(part.text) for part in fragments)
    )
