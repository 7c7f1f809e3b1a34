"""Expansion: what is searched beside what was typed, because it means the same in this archive.

A word that is a short form is searched with its long form, a name with its short forms, a word with its other
spellings. What is quoted or written with `=` is meant as it stands, and what is denied denies itself alone: no
expansion makes an answer smaller. A meaning that is unsure is only offered, and what an archive does not have is
neither searched nor offered. Everything can be switched off, and stays in the tree so that it can be switched on again.

Both engines read a query by `understood`, so that the same archive gives the same tree.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, groupby
from typing import Final

from archive.meanings.short_forms import ShortForm, ShortForms
from archive.meanings.spellings import spellings
from index.engine import Vocabulary
from index.query.language import leaves, parse
from index.query.request import Query
from index.query.tree import Alternative, And, Because, Expanded, Leaf, Node, Or, Phrase, Word
from index.words.stemming import stem
from index.words.tokenizer import tokens

TEXT_FIELDS: Final = frozenset({None, "title"})  # a fact is asked by its own words
# Words that stay small inside a name.
SMALL: Final = frozenset({"dan", "di", "ke", "dari", "untuk", "pada", "dalam", "atas", "antar", "bagi", "of", "the"})
KEPT_TREES: Final = 1024  # of queries read before: a reader's pages ask the same, and a program pages through it

# A query as far as it decides the tree: text, whether it is expanded, what is switched off.
_Asked = tuple[str, bool, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """What words mean in one generation of an archive; `read` keeps the trees made of it, emptied when full."""

    short_forms: ShortForms
    vocabulary: Vocabulary
    read: dict[_Asked, Node] = field(default_factory=dict, repr=False)


def understood(query: Query, means: Meanings) -> Node:
    """The tree of a query with all that means the same; BadQuery where its text cannot be read."""
    asked = (query.text, query.expand, query.off)
    known = means.read.get(asked)
    if known is None:
        known = expand(query, parse(query.text), means)
        if len(means.read) >= KEPT_TREES:
            means.read.clear()
        means.read[asked] = known
    return known


def expand(query: Query, tree: Node, means: Meanings) -> Node:
    """The tree with what means the same beside its words, less the forms that are switched off."""
    off = frozenset(filter(None, map(folded, query.off)))
    forms: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for form in sorted(off):
        forms[stem(form)] += (form,)
    return _Expansion(means if query.expand else None, off, forms, frozenset(map(_meant, leaves(tree)))).node(tree)


def folded(words: str) -> str:
    """Words as they are compared: `Amerika Serikat` is `amerika serikat`."""
    return " ".join(token.form for token in tokens(words))


@dataclass(frozen=True, slots=True)
class _Expansion:
    """One query's: what words mean, None where nothing is to be added; what is switched off; what is asked anyway."""

    means: Meanings | None
    off: Collection[str]
    forms_off: Mapping[str, tuple[str, ...]]  # by their stem
    asked: Collection[object]

    def node(self, node: Node) -> Node:
        """The node expanded; what is denied, quoted or asked of facts stays as it is."""
        match node:
            case And(parts):
                found = tuple(self._neighbours(parts))
                return replace(node, parts=found) if len(found) > 1 else found[0]
            case Or(parts):
                return replace(node, parts=tuple(map(self.node, parts)))
            case Word() if node.field in TEXT_FIELDS:
                return next(self._named([node]))
            case _:
                return node

    def _neighbours(self, parts: Sequence[Node]) -> Iterator[Node]:
        """The parts of an And, words side by side that are a name together being one."""
        for is_text, together in groupby(parts, _text_field):
            if is_text is None:
                yield from map(self.node, together)
            else:
                yield from self._named([part for part in together if isinstance(part, Word)])

    def _named(self, words: Sequence[Word]) -> Iterator[Node]:
        """Words side by side, those that are a name together as one; the name may write two of them with a hyphen."""
        parts = [word.form.split("-") for word in words]
        edges = {edge: place for place, edge in enumerate(accumulate(map(len, parts), initial=0))}
        names: defaultdict[tuple[int, int], list[ShortForm]] = defaultdict(list)
        for start, end, form in self.means.short_forms.inside(list(chain(*parts))) if self.means else ():
            if start in edges and end in edges:
                names[edges[start], edges[end]].append(form)
        place = 0
        for (start, end), forms in sorted(names.items()):
            yield from map(self._word, words[place:start])
            yield self._name(words[start:end], forms)
            place = end
        yield from map(self._word, words[place:])

    def _name(self, words: Sequence[Word], forms: Iterable[ShortForm]) -> Node:
        span = replace(words[0].span, end=words[-1].span.end)
        found = ((_short(form, words[0]), form.applied) for form in forms)
        asked = tuple(map(self._less, words))
        return self._beside(And(asked, span) if len(asked) > 1 else asked[0], found)

    def _word(self, word: Word) -> Node:
        if self.means is None:
            return self._less(word)
        longer = self.means.short_forms.long_of(word.form, capitals=word.capitals)
        found = [(_long(form, word), form.applied) for form in longer]
        if not word.capitals:
            root = stem(word.form)
            found += [(_spelt(form, word), True) for form in spellings(word.form) if stem(form) != root]
        return self._beside(self._less(word), found)

    def _less(self, word: Word) -> Word:
        """The word without the forms of it that are switched off."""
        if not self.forms_off or word.capitals:
            return word
        return replace(word, without=self.forms_off.get(stem(word.form), ()))

    def _beside(self, asked: And | Word, found: Iterable[tuple[Alternative, bool]]) -> Node:
        """What was asked with all of `found` that the archive has; `found` says of each whether it is sure."""
        also, off, offered = [], [], []
        for other, sure in found:
            if _meant(other.leaf) in self.asked or not self._has(other.leaf):
                continue
            if not sure:
                offered.append(other)
            elif folded(other.written) in self.off:
                off.append(other)
            else:
                also.append(other)
        if not (also or off or offered):
            return asked
        return Expanded(asked, tuple(also), asked.span, tuple(off), tuple(offered))

    def _has(self, leaf: Word | Phrase) -> bool:
        forms = (leaf.form,) if isinstance(leaf, Word) else leaf.forms
        return self.means is not None and all(map(self.means.vocabulary.articles, forms))


def _text_field(part: Node) -> str | None:
    """Which text a word asks, "" being the whole article; None for what is no word of a text."""
    return (part.field or "") if isinstance(part, Word) and part.field in TEXT_FIELDS else None


def _long(form: ShortForm, asked: Word) -> Alternative:
    doubled = ("-".join(map(_as_in_a_name, same)) for _, same in groupby(form.long))
    return Alternative(Phrase(form.long, asked.span, field=asked.field), Because.LONG_FORM, " ".join(doubled))


def _as_in_a_name(word: str) -> str:
    return word if word in SMALL else word.title()


def _short(form: ShortForm, asked: Word) -> Alternative:
    """In capitals where it is an everyday word otherwise; else its very form, for names have no stems to share."""
    leaf: Word | Phrase = Phrase((form.short,), asked.span, field=asked.field)
    if form.capitals:
        leaf = Word(form.short, asked.span, asked.field, capitals=True)
    return Alternative(leaf, Because.SHORT_FORM, form.written)


def _spelt(form: str, asked: Word) -> Alternative:
    return Alternative(Word(form, asked.span, asked.field), Because.SPELLING, form)


def _meant(leaf: Leaf) -> object:
    """What a leaf asks, wherever it stands."""
    return replace(leaf, span=None)  # type: ignore[arg-type]  # only to be compared
