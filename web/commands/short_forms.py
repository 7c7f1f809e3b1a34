"""The output of `flask shortforms`: one line of tab-separated fields per short form.

AS <tab> amerika serikat <tab> 784 <tab> 100% <tab> learned <tab> applied <tab> 000_ee651f1e8b72a640
"""

from collections.abc import Iterable, Iterator, Sequence

import click

from archive.meanings.sense_selection import ShortForm
from index.engine import Reader
from index.expansion.short_form_finder import ShortFormFinder
from index.query.request import Query
from index.words import tokenizer
from web.commands.console import print_fields, visible

EXAMPLES = 3  # articles listed as evidence of a definition; a few are enough


def lookup(finder: ShortFormFinder, words: str) -> Sequence[ShortForm]:
    """Look up the meanings of a short form, or the short forms of a name."""
    folded = tuple(form for form, _ in tokenizer.forms_and_units(words))
    named = (form for start, end, form in finder.names(folded) if end - start == len(folded))
    return finder.meanings("".join(folded)) or tuple(named)


def examples(reader: Reader, form: ShortForm) -> Iterator[str]:
    """Yield the ids of some articles that have name and short form side by side, in either order."""
    long = " ".join(form.long)
    text = f'"{long} {form.short}" OR "{form.short} {long}"'
    for match in reader.find(Query(text, size=EXAMPLES, expand=False), facets=()).matches:
        yield match.article.id


def fields(form: ShortForm, evidence: Iterable[str] = ()) -> Iterator[str]:
    """Yield the fields of a short form."""
    use = "offered" if not form.applied else "applied in capitals" if form.capitals else "applied"
    facts = (form.written, " ".join(form.long), str(form.articles), f"{form.share:.0%}", form.kind.value, use)
    yield from (*facts, *evidence)


def print_all(forms: Iterable[ShortForm]) -> None:
    """Print short forms, those with the most definitions first."""
    for form in sorted(forms, key=lambda form: (-form.articles, form.short, form.long)):
        print_fields(fields(form))


def print_named(reader: Reader, words: Sequence[str]) -> bool:
    """Print what is known of some short forms or names, with example articles; return whether all are known."""
    finder = ShortFormFinder(reader.short_forms(), reader.vocabulary())
    known, printed = True, set[ShortForm]()
    for word in words:
        forms = lookup(finder, word)
        for form in forms:
            if form not in printed:  # AS and "Amerika Serikat" may both be given
                print_fields(fields(form, examples(reader, form)))
        printed.update(forms)
        if not forms:
            click.echo(f"{visible(word)}: no short form that this archive or Kliping knows", err=True)
            known = False
    return known
