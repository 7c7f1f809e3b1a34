"""Query chips: the parts of a query as it was parsed, each with the query without that part.

Chips are made from the tree that the engine evaluates, not from the text in the search box, so they show what was
searched. The expansions of a part are listed with its chip, each with the query that switches it off or on again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from index.answers.bounded_facts import bounded
from index.answers.expansion_evidence import Evidence
from index.answers.expansion_report import (
    WordForms,
    expansions,
    far_relatives,
    far_searched,
    offered,
    typed_words,
    with_form_switched,
    with_offered,
)
from index.engine import Reader
from index.facets import FACETS
from index.query.editing import in_lowercase, without
from index.query.leaf_parsing import ANY_VALUE
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import (
    And,
    DateRange,
    Everything,
    Expanded,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    StorySize,
    Wildcard,
    Word,
)
from index.words.tokenizer import tokenize
from web import app_engine, labels
from web.i18n import gettext
from web.pages.word_forms import WordLinks, word_links

MOST_EVIDENCE: Final = 8  # expansions of one page with their evidence; each takes a short query
FAR_SHOWN: Final = 1  # far relatives beside a chip, which has one line; the panel of its forms has them all


@dataclass(frozen=True, slots=True)
class Companion:
    """An expansion of a part of the query: its reason, its text, the query that switches it, and what bears it out."""

    kind: str
    text: str
    off: bool
    switched: Query
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class FarRelative:
    """A far form, the articles in the whole archive with it, whether it is left out, and the query that switches it."""

    text: str
    articles: int
    off: bool
    switched: Query


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a query.

    Attributes:
        kind: The label of its filter or field, or how its words are matched; "" for plain words.
        text: The words or the value as shown.
        negative: Whether the part is excluded.
        rest: The query without the part.
        also: Expansions that were searched with it, or that the reader switched off.
        offered: Possible expansions that are searched only if the reader adds them.
        far: Words of the same root with a life of their own, each with the number of articles that have it.
        words: Its words that are searched in several forms, with these forms.
    """

    kind: str
    text: str
    negative: bool
    rest: Query
    also: tuple[Companion, ...] = ()
    offered: tuple[Companion, ...] = ()
    far: tuple[FarRelative, ...] = ()
    words: tuple[WordLinks, ...] = ()

    @property
    def forms(self) -> int:
        """The number of forms in which its words are searched."""
        return sum(not form.off for word in self.words for form in (*word.near, *word.far))


def chips(query: Query, tree: Node, words: Sequence[WordForms] = (), reader: Reader | None = None) -> tuple[Chip, ...]:
    """Return a chip for every part of a query that can be removed: words, then filters, then the date range.

    With a reader, the first expansions have their evidence.
    """
    several = [word for word in words if len(word.forms) > 1 or any(form.off for form in word.forms)]
    found = (*_words(query, tree, several), *_filters(query, reader), *_days(query))
    return found if reader is None else tuple(_with_evidence(query, tree, found))


def _with_evidence(query: Query, tree: Node, found: Sequence[Chip]) -> Iterator[Chip]:
    """The chips with the evidence of their expansions."""
    asked = islice((*expansions(tree, query.text), *offered(tree, query.text)), MOST_EVIDENCE)
    known = {one.also: app_engine.expansion_evidence(one) for one in asked}
    if not known:
        yield from found
        return
    for chip in found:
        also, unsure = (
            tuple(replace(one, evidence=known.get(one.text)) for one in some) for some in (chip.also, chip.offered)
        )
        yield replace(chip, also=also, offered=unsure)


def case_insensitive(query: Query, tree: Node) -> Query | None:
    """Return the query without case-sensitive words, or None if it has none."""
    if not any(isinstance(leaf, Word) and leaf.capitals for leaf in leaves(tree)):
        return None
    return query.with_text(in_lowercase(query.text))


def _words(query: Query, tree: Node, words: Sequence[WordForms]) -> Iterator[Chip]:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    for part in parts:
        if not isinstance(part, Everything):
            shown = part.part if isinstance(part, Not) else part
            rest = query.with_text(without(query.text, part.span))
            if lacking := isinstance(part, Not) and _fact_of_any_value(shown):
                yield Chip("", labels.without_value(lacking), negative=False, rest=rest)
                continue
            own = tuple(word for word in words if part.span.start <= word.span.start and word.span.end <= part.span.end)
            yield Chip(
                _kind(shown),
                _part_text(shown, query.text),
                isinstance(part, Not),
                rest,
                _also(query, part),
                _offered(query, tree, part),
                _far(query, own),
                word_links(query, own),
            )


def _fact_of_any_value(node: Node) -> str:
    """The fact of which a part asks for any value, as `outlet:*` does; "" for other parts."""
    return (
        (node.field or "") if isinstance(node, Wildcard) and node.pattern == ANY_VALUE and node.field in FACETS else ""
    )


def _also(query: Query, part: Node) -> tuple[Companion, ...]:
    return tuple(
        Companion(
            labels.expansion_reason(one.because),
            one.also,
            one.off,
            query.switched_on(one.also) if one.off else query.switched_off(one.also),
        )
        for one in expansions(part, query.text)
    )


def _offered(query: Query, tree: Node, part: Node) -> tuple[Companion, ...]:
    return tuple(
        Companion(labels.expansion_reason(one.because), one.also, one.off, with_offered(query, tree, one))
        for one in offered(part, query.text)
    )


def _far(query: Query, words: Sequence[WordForms]) -> tuple[FarRelative, ...]:
    """The far relatives of some words: those that the reader has switched on, and the most frequent others."""
    others = sorted((form for word in words for form in far_relatives(word)), key=lambda form: -form.articles)
    shown = dict.fromkeys([*(form for word in words for form in far_searched(word, query)), *others[:FAR_SHOWN]])
    return tuple(FarRelative(one.form, one.articles, one.off, with_form_switched(query, one)) for one in shown)


def _filters(query: Query, reader: Reader | None) -> Iterator[Chip]:
    for choices, negative in ((query.chosen, False), (query.excluded, True)):
        for name, values in choices.items():
            for value in values:
                story = reader.get(value) if reader and name == "story" else None  # named after one of its articles
                text = bounded(story.article).title if story else labels.value(name, value)
                yield Chip(labels.facet(name), text, negative, query.widened(name, value))


def _days(query: Query) -> Iterator[Chip]:
    since, until = query.since, query.until
    if since and since == until:
        yield Chip(gettext("Tanggal"), labels.partial_day(since), negative=False, rest=query.dated(None, None))
        return
    if since:
        yield Chip(gettext("Sejak"), labels.partial_day(since), negative=False, rest=query.dated(None, until))
    if until:
        yield Chip(gettext("Sampai"), labels.partial_day(until), negative=False, rest=query.dated(since, None))


def _kind(node: Node) -> str:
    """Return the label of the field a part searches, or of the way its words are matched."""
    leaf = leaves(node)[0] if isinstance(node, Expanded) else node
    field = leaf.measure if isinstance(leaf, StorySize) else getattr(leaf, "field", None)
    if field is None:
        return _match_kind(leaf)
    if field != "title":
        return labels.facet(field)
    return gettext("Judul, huruf besar") if isinstance(leaf, Word) and leaf.capitals else gettext("Judul")


def _match_kind(node: Node) -> str:
    match node:
        case Word(capitals=True):
            return gettext("Huruf besar")
        case Phrase(slop=1):
            return gettext("Persis")
        case Phrase(slop=slop, ordered=False):
            return gettext("Dalam urutan apa pun, paling jauh %(count)s kata", count=slop)
        case Phrase(slop=slop):
            return gettext("Berjarak paling jauh %(count)s kata", count=slop)
        case DateRange():
            return gettext("Tanggal")
        case _:
            return ""


def _part_text(node: Node, text: str) -> str:
    match node:
        case And(parts=parts):
            return gettext(" dan ").join(_nested_text(part, text) for part in parts)
        case Or(parts=parts):
            return gettext(" atau ").join(_nested_text(part, text) for part in parts)
        case Expanded(asked=And(span=span)):
            return typed_words(text, span)
        case Expanded(asked=asked):
            return _part_text(asked, text)
        case Not(part=part):
            return gettext("bukan %(words)s", words=_nested_text(part, text))
        case _:
            return _leaf_text(node, text)


def _leaf_text(leaf: Leaf, text: str) -> str:
    match leaf:
        case DateRange(first=first, last=last):
            return _days_text(*(labels.partial_day(end.isoformat()) if end else "" for end in (first, last)))
        case StorySize(least=least, most=most):
            return _size_text(*(None if end is None else labels.number(end) for end in (least, most)))
        case Phrase(forms=forms, span=span):
            return f"“{_as_typed(forms, text[span.start : span.end])}”"
        case Wildcard(pattern=pattern):
            return gettext("apa pun") if pattern == ANY_VALUE else pattern
        case Word(span=span):
            return typed_words(text, span)
    return gettext("semua artikel")


def _size_text(least: str | None, most: str | None) -> str:
    """Return a range of numbers as it is written: 3–5, ≥ 3, ≤ 5, or 3 if both ends are the same."""
    if least is None or most is None:
        return f"≤ {most}" if least is None else f"≥ {least}"
    return least if least == most else f"{least}–{most}"


def _days_text(first: str, last: str) -> str:
    """Return a range of days in words; an open end is ""."""
    if first and last:
        return first if first == last else f"{first}–{last}"
    return gettext("sejak %(day)s", day=first) if first else gettext("sampai %(day)s", day=last)


def _as_typed(forms: tuple[str, ...], typed: str) -> str:
    """Return the words of a phrase as they were typed: Kim Jong-Un."""
    found = tokenize(typed)
    for first, last in zip(found, found[len(forms) - 1 :], strict=False):
        words = typed[first.start : last.end]
        if tuple(token.form for token in tokenize(words)) == forms:
            return words
    return " ".join(forms)


def _nested_text(node: Node, text: str) -> str:
    words = _part_text(node, text)
    return f"({words})" if isinstance(node, And | Or) else words
