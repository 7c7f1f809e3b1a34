"""What `flask search` prints on a terminal: one page of hits, the totals, and an error with carets under it."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from index.answers.expansion_report import far_relatives
from index.answers.fragments import Fragment
from index.answers.search import Hit, Results
from index.query.errors import BadQuery
from index.query.repairs import offending_part, repaired
from web import labels
from web.commands.console import err, out, pluralized, visible

FAR_SHOWN = 6  # far relatives of the words of a query


def print_results(results: Results) -> None:
    """Print one page of hits, with matches in bold, and the totals."""
    for number, hit in enumerate(results.hits, 1 + (results.query.page - 1) * results.query.size):
        print_hit(number, hit)
    _print_expansions(results)
    found = "nothing found"
    if results.articles:
        articles = pluralized(results.articles, "article", "articles")
        stories = pluralized(results.stories, "story", "stories")
        pages = f"{'about ' if results.estimated else ''}{results.pages}"
        page = f"page {results.query.page} of {pages}"
        if not results.hits:
            page = f"there is no page {results.query.page}, the last one is --page {results.pages}"
        found = f"{articles} in {stories}; {page}"
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
