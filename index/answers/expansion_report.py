"""The expansion report: which expansions of a query were searched or are offered, and which forms its words have.

Users must be able to see and switch off every expansion that they did not type. So each one is reported with the words
it belongs to, its reason, and whether it is switched off. Page, API and command line show the same lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from index.expansion.query_expansion import normalized
from index.query.editing import exactly, with_alternative
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import TEXT_FIELDS, Alternative, And, Expanded, ExpansionReason, Node, Or, Phrase, Span, Word
from index.vocabulary import Vocabulary
from index.words.families.relations import far_forms
from index.words.stemming import stem


@dataclass(frozen=True, slots=True)
class Expansion:
    """An expansion of the words at `span`, which were typed as `asked`.

    `also` is the expansion as displayed; it also serves to switch the expansion off. `leaf` is what is searched.
    """

    span: Span
    asked: str
    also: str
    because: ExpansionReason
    leaf: Word | Phrase
    off: bool = False


class WordForm(NamedTuple):
    """An inflected form, the number of articles in the whole archive with it, and whether it is left out.

    A far form is left out unless the reader switches it on, and any other one only if the reader switches it off. This
    is a tuple because a page makes a hundred of them.
    """

    form: str
    articles: int
    off: bool
    far: bool = False


@dataclass(frozen=True, slots=True)
class WordForms:
    """A word of a query and its forms in the archive, the most frequent first."""

    span: Span
    word: str
    forms: tuple[WordForm, ...]


def expansions(tree: Node, text: str) -> tuple[Expansion, ...]:
    """The expansions of a query that were searched or are switched off."""
    return tuple(
        _expansion(node, other, text, off=off)
        for node in _expanded_nodes(tree)
        for others, off in ((node.also, False), (node.off, True))
        for other in others
    )


def offered(tree: Node, text: str) -> tuple[Expansion, ...]:
    """The expansions of a query that are offered only, because they are uncertain."""
    return tuple(_expansion(node, other, text, off=True) for node in _expanded_nodes(tree) for other in node.offered)


def with_offered(query: Query, tree: Node, one: Expansion) -> Query:
    """The query that also searches an offered expansion. `tree` is the expanded tree of the query."""
    return query.with_text(with_alternative(tree, query.text, one.span, one.leaf))


def word_forms(tree: Node, text: str, vocabulary: Vocabulary) -> tuple[WordForms, ...]:
    """The bare words of a query with their forms in the archive; of words that search the same forms, the first."""
    words = {(stem(word.form), word.without): word for word in reversed(list(_inflected_words(tree)))}
    return tuple(_word_forms(word, text, vocabulary) for word in reversed(words.values()))


def far_relatives(word: WordForms) -> tuple[WordForm, ...]:
    """The far forms of a word that are left out: of those that are near to each other, the most frequent one."""
    left = [form for form in word.forms if form.far and form.off]
    found = []
    while left:
        far = frozenset(far_forms(left[0].form, (form.form for form in left)))
        found.append(left[0])
        left = [form for form in left if form.form in far]
    return tuple(found)


def far_searched(word: WordForms, query: Query) -> tuple[WordForm, ...]:
    """The far forms of a word that are searched because the query names them."""
    named = frozenset(map(normalized, query.on))
    return tuple(form for form in word.forms if form.far and not form.off and form.form in named)


def with_form_switched(query: Query, form: WordForm) -> Query:
    """The query with a form searched if it is left out, and left out if it is searched."""
    if form.off:
        return query.with_far(form.form) if form.far else query.switched_on(form.form)
    alone = query.without_far(form.form)
    kept = (normalized(other) for other in alone.on)
    if form.far and not any(stem(other) == stem(form.form) and not far_forms(other, [form.form]) for other in kept):
        return alone
    return alone.switched_off(form.form)


def in_this_form(query: Query, word: WordForms) -> Query:
    """The query with a word searched only as it was typed, without its other forms."""
    return query.with_text(exactly(query.text, word.span))


def _word_forms(word: Word, text: str, vocabulary: Vocabulary) -> WordForms:
    held = vocabulary.forms(stem(word.form))
    far = frozenset(far_forms(word.form, (form for form, _ in held)))
    forms = tuple(WordForm(form, count, form in word.without, form in far) for form, count in held)
    return WordForms(word.span, typed_words(text, word.span), forms)


def typed_words(text: str, span: Span) -> str:
    """The words at a position of a query text as typed, without the field prefix and the quotation marks."""
    return text[span.start : span.end].rpartition(":")[2].strip("\"“”' ")


def _expansion(node: Expanded, other: Alternative, text: str, *, off: bool) -> Expansion:
    return Expansion(node.span, typed_words(text, node.span), other.written, other.because, other.leaf, off)


def _expanded_nodes(node: Node) -> Iterator[Expanded]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _expanded_nodes(part)
        case Expanded():
            yield node


def _inflected_words(node: Node) -> Iterator[Word]:
    """The words searched in all their forms, without negated ones."""
    for leaf in leaves(node, negated=False):
        if isinstance(leaf, Word) and leaf.field in TEXT_FIELDS and not leaf.capitals:
            yield leaf
