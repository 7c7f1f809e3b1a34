"""The list of short forms: what `flask shortforms` prints, a line each, for eyes and programs alike.

AS <tab> amerika serikat <tab> 784 <tab> 100% <tab> learned <tab> applied <tab> 000_ee651f1e8b72a640
"""

from collections.abc import Iterable, Iterator, Sequence

import click

from archive.meanings.short_forms import ShortForm, ShortForms
from index.engine import Engine
from index.query.request import Query
from index.words import tokenizer

EXAMPLES = 3  # articles that show a definition; more prove nothing more


def named(short_forms: ShortForms, words: str) -> Sequence[ShortForm]:
    """What is known of a short word, or of a name by which it is spelled out."""
    folded = tuple(form for form, _ in tokenizer.forms(words))
    return short_forms.long_of("".join(folded), capitals=True) or short_forms.short_of(folded)


def examples(engine: Engine, form: ShortForm) -> Iterator[str]:
    """The ids of some articles that define a short form, either way round."""
    long = " ".join(form.long)
    text = f'"{long} {form.short}" OR "{form.short} {long}"'
    for match in engine.find(Query(text, size=EXAMPLES, expand=False), facets=()).matches:
        yield match.article.id


def line(form: ShortForm, evidence: Iterable[str] = ()) -> str:
    """A short form as one line of fields."""
    use = "applied" if form.applied else "offered"
    facts = (form.written, " ".join(form.long), str(form.articles), f"{form.share:.0%}", form.kind.value, use)
    return "\t".join((*facts, *evidence))


def print_all(forms: Iterable[ShortForm]) -> None:
    """Print short forms, the most defined first."""
    for form in sorted(forms, key=lambda form: (-form.articles, form.short, form.long)):
        click.echo(line(form))


def print_named(engine: Engine, words: Sequence[str]) -> bool:
    """Print what is known of some short words or names, with examples, and tell whether all are known."""
    short_forms = engine.short_forms()
    known, printed = True, set[ShortForm]()
    for word in words:
        forms = named(short_forms, word)
        for form in forms:
            if form not in printed:  # AS may be asked for beside "Amerika Serikat"
                click.echo(line(form, examples(engine, form)))
        printed.update(forms)
        if not forms:
            click.echo(f"{word}: no short form that this archive or Kliping knows", err=True)
            known = False
    return known
