"""The output of `flask search` for a query without results: the help of the page, and partial matches."""

from collections.abc import Iterator

from rich.text import Text

from index.answers.zero_results import DAYS, FAR, FORMS, AlternativeQuery, Explanation, Part
from web.commands.console import counted, out, pluralized, visible
from web.commands.results import print_hit


def print_zero_results_help(explanation: Explanation) -> None:
    """Print the help for an answer, including partial matches; nothing if there is none."""
    for line in _lines(explanation):
        out.print(Text(visible(line)), soft_wrap=True)
    if explanation.partial is None:
        return
    out.print(Text("these lack some of what was asked; the nearest come first:"))
    for number, one in enumerate(explanation.partial.hits, 1):
        print_hit(number, one.hit)
        if one.lacking:
            out.print(Text(f"      without: {visible(', '.join(one.lacking))}", "dim"), soft_wrap=True)


def _lines(explanation: Explanation) -> Iterator[str]:
    meant = explanation.correction
    if meant is not None:
        yield f"did you mean: {meant.query.text} ({_stories(meant.stories)})"
    if explanation.address is not None:
        yield f"the article with this address: {explanation.address.title} [{explanation.address.id}]"
    for fact in explanation.unmatched:
        values = ", ".join(one.value for one in fact.meant)
        yield f"no article has the {fact.field} {fact.typed}{f'; perhaps {values}' if values else ''}"
    if explanation.operator is not None:
        one = explanation.operator
        yield f"{one.hint.word} is searched as a word; as an operator: {one.query.text} ({_stories(one.stories)})"
    if explanation.parts:
        yield f"each part alone: {', '.join(map(_part, explanation.parts))}"
    for blamed in explanation.blamed:
        if blamed.name == FAR:
            yield f"with --on {' --on '.join(blamed.without.words)}: {_stories(blamed.without.stories)}"
            continue
        what = {DAYS: "the range of days", FORMS: "switching off", "": "any filter"}.get(blamed.name, blamed.name)
        yield f"without {what}: {_stories(blamed.without.stories)}"
    if explanation.unquoted is not None:
        yield f"without quotation marks: {_stories(explanation.unquoted.stories)}"
    yield from (f"without {', '.join(one.words)}: {_stories(one.stories)}" for one in explanation.without)


def _part(part: Part) -> str:
    said = _counted(part.alone)
    return f"{said} (perhaps {part.correction.query.text})" if part.correction else said


def _counted(one: AlternativeQuery) -> str:
    return f"{one.query.text} {counted(one.stories)}"


def _stories(count: int) -> str:
    return pluralized(count, "story", "stories")
