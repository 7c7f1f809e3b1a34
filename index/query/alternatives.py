"""Alternatives: what is searched in addition to typed words, as a leaf and as a user would write it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from archive.meanings.seed_list import SEED_LIST
from archive.meanings.sense_selection import ShortForm
from archive.meanings.synonyms import Synonym
from index.query.tree import Alternative, ExpansionReason, Phrase, Word
from index.words.tokenizer import is_all_caps, tokenize

# Words that are written in lower case inside a name.
LOWERCASE_IN_NAMES: Final = frozenset(
    {"dan", "di", "ke", "dari", "untuk", "pada", "dalam", "atas", "antar", "bagi", "of", "the"}
)


def long_form(form: ShortForm, asked: Word) -> Alternative:
    """The name that a short form stands for."""
    doubled = ("-".join(map(_capitalized, same)) for _, same in groupby(form.long))
    return Alternative(Phrase(form.long, asked.span, field=asked.field), ExpansionReason.LONG_FORM, " ".join(doubled))


def _capitalized(word: str) -> str:
    if word in LOWERCASE_IN_NAMES:
        return word
    return SEED_LIST[word].written if word in SEED_LIST else word.title()  # TNI Angkatan Laut


def short_form(form: ShortForm, asked: Word) -> Alternative:
    """Search a short form in all caps if it is also an everyday word; else its exact form, as names have no stems."""
    leaf: Word | Phrase = Phrase(tuple(form.short.split()), asked.span, field=asked.field)
    if form.capitals:
        leaf = Word(form.short, asked.span, asked.field, capitals=True)
    return Alternative(leaf, ExpansionReason.SHORT_FORM, form.written)


def synonym(one: Synonym, typed: Sequence[Word]) -> Alternative:
    """A single word with all its forms; in all caps only so; several words side by side."""
    span, field = replace(typed[0].span, end=typed[-1].span.end), typed[0].field
    leaf: Word | Phrase = Phrase(one.words, span, field=field)
    if len(one.words) == 1:
        leaf = Word(one.words[0], span, field, capitals=is_all_caps(one.written))
    return Alternative(leaf, ExpansionReason.SYNONYM, one.written)


def value_of_fact(value: str, typed: Word | Phrase) -> Alternative:
    """A value of a fact."""
    forms = tuple(token.form for token in tokenize(value))
    return Alternative(Phrase(forms, typed.span, field=typed.field), ExpansionReason.VALUE, value)


def spelling(form: str, asked: Word) -> Alternative:
    """Another spelling of a word."""
    return Alternative(Word(form, asked.span, asked.field), ExpansionReason.SPELLING, form)


def as_word(form: str, typed: Sequence[Word | Phrase], *, capitals: bool = False) -> Alternative:
    """One word instead of those typed."""
    span = replace(typed[0].span, end=typed[-1].span.end)
    word = Word(form, span, typed[0].field, capitals=capitals)
    return Alternative(word, ExpansionReason.JOINT, form.upper() if capitals else form)


def apart(forms: tuple[str, ...], typed: Word) -> Alternative:
    """Several words instead of the one typed."""
    written = ".".join(form.upper() for form in forms) + "." if typed.capitals else " ".join(forms)
    return Alternative(Phrase(forms, typed.span, field=typed.field), ExpansionReason.JOINT, written)
