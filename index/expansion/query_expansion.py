"""Query expansion: adds what means the same: long and short forms, spelling variants, other cuts, and synonyms.

Quoted words, words after `=` and negated words are not expanded, so an expansion never makes an answer smaller. An
uncertain meaning is only offered, not searched. Terms that the archive does not contain are neither searched nor
offered. Every expansion can be switched off; it stays in the tree so that it can be switched on again.

All engines read queries with `parse_and_expand`, so that equal archives give equal trees.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, groupby
from typing import Final

from archive.meanings.sense_selection import ShortForm
from archive.meanings.short_forms import ShortForms
from archive.meanings.spellings import spelling_variants
from archive.meanings.synonyms import Synonym, synonyms
from index.expansion.capitals import with_meant_capitals
from index.expansion.joints import JointFinder
from index.expansion.near_forms import with_near_forms
from index.expansion.short_form_finder import ShortFormFinder
from index.fact_matching import begins, matches
from index.query.alternatives import apart, as_word, long_form, short_form, spelling, synonym, value_of_fact
from index.query.language import parse
from index.query.leaves import leaves
from index.query.request import Query
from index.query.tree import TEXT_FIELDS, Alternative, And, Expanded, Leaf, Node, Or, Phrase, Word
from index.vocabulary import TextVocabulary
from index.words.stemming import stem
from index.words.tokenizer import tokenize

TREE_CACHE_SIZE: Final = 1024  # all requests of a page, and the pages of one answer, repeat the same query

# The parts of a query that determine its tree: text, whether to expand, terms switched off, far forms switched on.
_TreeKey = tuple[str, bool, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class ExpansionContext:
    """What expansion needs of one index generation: short forms, vocabulary and the values of each fact.

    `read` caches the expanded trees.
    """

    short_forms: ShortForms
    vocabulary: TextVocabulary
    fact_values: Callable[[str], Sequence[str]] = lambda field: ()  # noqa: ARG005  # of an archive without facts
    read: dict[_TreeKey, Node] = field(default_factory=dict, repr=False)


def parse_and_expand(query: Query, context: ExpansionContext) -> Node:
    """Parse and expand a query, with a cache that is emptied when full. Raises BadQuery for bad query text."""
    asked = (query.text, query.expand, query.off, query.on)
    known = context.read.get(asked)
    if known is None:
        known = expand(query, parse(query.text), context)
        if len(context.read) >= TREE_CACHE_SIZE:
            context.read.clear()
        context.read[asked] = known
    return known


def expand(query: Query, tree: Node, context: ExpansionContext) -> Node:
    """Add expansions to a tree, leave out the forms that are switched off or far, and see which capitals are meant."""
    tree = with_meant_capitals(tree, ShortFormFinder(context.short_forms, context.vocabulary))
    off = frozenset(filter(None, map(normalized, query.off)))
    forms: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for form in sorted(off):
        forms[stem(form)] += (form,)
    asked = frozenset(map(_leaf_key, leaves(tree)))
    expanded = _Expansion(context if query.expand else None, off, forms, asked).node(tree)
    return with_near_forms(expanded, context.vocabulary, map(normalized, query.on))


def normalized(words: str) -> str:
    """Normalize words for comparison: `Amerika Serikat` becomes `amerika serikat`."""
    return " ".join(token.form for token in tokenize(words))


@dataclass(frozen=True, slots=True)
class _Expansion:
    """The expansion of one query.

    `context` is None if the query must not be expanded. `off` has the normalized terms that are switched off, and
    `asked` the leaves of the query, which are not added a second time.
    """

    context: ExpansionContext | None
    off: Collection[str]
    forms_off: Mapping[str, tuple[str, ...]]  # by their stem
    asked: Collection[object]

    @property
    def short_forms(self) -> ShortFormFinder | None:
        """What short forms mean in the archive; None if the query must not be expanded."""
        return ShortFormFinder(self.context.short_forms, self.context.vocabulary) if self.context else None

    @property
    def joints(self) -> JointFinder | None:
        """What the archive writes both in one word and in two; None if the query must not be expanded."""
        return JointFinder(self.context.vocabulary) if self.context else None

    def node(self, node: Node) -> Node:
        """Expand a node. Negated and quoted words and queries on facts stay unchanged."""
        match node:
            case And(parts):
                found = tuple(self._expand_parts(parts))
                return replace(node, parts=found) if len(found) > 1 else found[0]
            case Or(parts):
                return replace(node, parts=tuple(map(self.node, parts)))
            case Word() if node.field in TEXT_FIELDS:
                return next(self._expand_adjacent([node]))
            case Phrase(typed_as_word=True) if node.field in TEXT_FIELDS:
                return self._expand_typed_word(node)
            case Word() | Phrase() if node.field not in TEXT_FIELDS:
                return self._expand_fact(node)
            case _:
                return node

    def _expand_fact(self, leaf: Word | Phrase) -> Node:
        """A fact that no article has, with the only value that begins so: outlet:detik is detikcom."""
        values = self.context.fact_values(str(leaf.field)) if self.context else ()
        if any(matches(leaf, value) for value in values):
            return leaf
        begun = [value for value in values if begins(leaf, value)]
        if len(begun) != 1:
            return leaf
        other = (value_of_fact(begun[0], leaf),)
        off = normalized(begun[0]) in self.off
        return Expanded(leaf, () if off else other, leaf.span, other if off else ())

    def _expand_parts(self, parts: Sequence[Node]) -> Iterator[Node]:
        """Expand the parts of an And. Adjacent words that form a name become one part."""
        for is_text, together in groupby(parts, _text_field):
            if is_text is None:
                yield from map(self.node, together)
            else:
                yield from self._expand_adjacent([part for part in together if isinstance(part, Word)])

    def _expand_adjacent(self, words: Sequence[Word]) -> Iterator[Node]:
        """Expand adjacent words, joining those that form a name. Two words of the name may be typed with a hyphen."""
        parts = [word.form.split("-") for word in words]
        edges = {edge: place for place, edge in enumerate(accumulate(map(len, parts), initial=0))}
        names: defaultdict[tuple[int, int], list[ShortForm]] = defaultdict(list)
        for start, end, form in self.short_forms.names(list(chain(*parts))) if self.short_forms else ():
            if start in edges and end in edges:
                names[edges[start], edges[end]].append(form)
        for start, end in synonyms().find(list(chain(*parts))) if self.context else ():
            if end > start + 1 and start in edges and end in edges:
                names[edges[start], edges[end]] += []
        place = 0
        for (start, end), forms in sorted(names.items()):
            if start < place:  # it overlaps the one before
                continue
            yield from self._expand_plain(words[place:start])
            yield self._expand_name(words[start:end], forms)
            place = end
        yield from self._expand_plain(words[place:])

    def _expand_plain(self, words: Sequence[Word]) -> Iterator[Node]:
        """Expand adjacent words that form no name, joining two that are also written as one."""
        place = 0
        while place < len(words):
            joined = self._joined(words[place : place + 2])
            yield joined or self._expand_word(words[place])
            place += 2 if joined else 1

    def _joined(self, words: Sequence[Word]) -> Node | None:
        """Two adjacent words with the one word they are also written as, if they are."""
        other = self._as_one_word(words)
        if other is None:
            return None
        asked = And(tuple(map(self._without_forms, words)), replace(words[0].span, end=words[-1].span.end))
        return self._with_alternatives(asked, [(other, True)])

    def _as_one_word(self, words: Sequence[Word]) -> Alternative | None:
        """The one word that two adjacent words are also written as."""
        if len(words) != 2 or self.joints is None:
            return None
        first, second = words
        if _are_single_letters(words) and self.joints.are_initials(first.form + second.form):
            return as_word(first.form + second.form, words, capitals=True)
        if _is_joinable(words) and self.joints.is_joint((first.form, second.form)):
            return as_word(first.form + second.form, words)
        return None

    def _expand_typed_word(self, phrase: Phrase) -> Node:
        """Expand what was typed as one word and is read as a phrase: U-23 is also U23, and B.J. is BJ."""
        forms, whole = phrase.forms, "".join(phrase.forms)
        if self.joints is None:
            return phrase
        if all(len(form) == 1 and form.isalpha() for form in forms) and self.joints.are_initials(whole):
            return self._with_alternatives(phrase, [(as_word(whole, [phrase], capitals=True), True)])
        if len(forms) == 2 and self.joints.is_joint((forms[0], forms[1])):
            return self._with_alternatives(phrase, [(as_word(whole, [phrase]), True)])
        return phrase

    def _expand_name(self, words: Sequence[Word], forms: Iterable[ShortForm]) -> Node:
        span = replace(words[0].span, end=words[-1].span.end)
        typed = tuple(chain(*(word.form.split("-") for word in words)))
        found = [((short_form if typed == form.long else long_form)(form, words[0]), form.applied) for form in forms]
        found += [(synonym(one, words), True) for one in self._synonyms(typed)]
        if joined := self._as_one_word(words):
            found.append((joined, True))
        asked = tuple(map(self._without_forms, words))
        return self._with_alternatives(And(asked, span) if len(asked) > 1 else asked[0], found)

    def _expand_word(self, word: Word) -> Node:
        if self.short_forms is None:
            return self._without_forms(word)
        longer = self.short_forms.meanings(word.form)
        same = self._synonyms(tuple(word.form.split("-")))
        found = [(long_form(form, word), form.applied and word.capitals >= form.capitals) for form in longer]
        found += [(synonym(one, [word]), True) for one in same]
        if not word.capitals:
            root = stem(word.form)
            found += [(spelling(form, word), True) for form in spelling_variants(word.form) if stem(form) != root]
        found += [(apart(forms, word), True) for forms in self._written_apart(word)]
        return self._with_alternatives(self._without_forms(word), found)

    def _synonyms(self, words: tuple[str, ...]) -> Sequence[Synonym]:
        return synonyms().of(words) if self.context else ()

    def _written_apart(self, word: Word) -> Iterator[tuple[str, ...]]:
        """The words that a word is also written as: walikota is wali kota, BJ is B.J."""
        if self.joints is None:
            return
        if word.capitals and self.joints.are_initials(word.form):
            yield tuple(word.form)
        if not word.capitals or not word.form.isalpha():
            yield from self.joints.apart(word.form)

    def _without_forms(self, word: Word) -> Word:
        """Exclude the forms of a word that are switched off."""
        if not self.forms_off or word.capitals:
            return word
        return replace(word, without=self.forms_off.get(stem(word.form), ()))

    def _with_alternatives(self, asked: And | Word | Phrase, found: Iterable[tuple[Alternative, bool]]) -> Node:
        """Attach the alternatives that the archive contains. `found` has each with whether it is certain."""
        also, off, offered = [], [], []
        for other, sure in found:
            if _leaf_key(other.leaf) in self.asked or not self._in_archive(other.leaf):
                continue
            if not sure:
                offered.append(other)
            elif normalized(other.written) in self.off:
                off.append(other)
            else:
                also.append(other)
        if not (also or off or offered):
            return asked
        return Expanded(asked, tuple(also), asked.span, tuple(off), tuple(offered))

    def _in_archive(self, leaf: Word | Phrase) -> bool:
        if self.context is not None and isinstance(leaf, Word) and leaf.capitals:
            return self.context.vocabulary.articles_in_capitals(leaf.form) > 0
        forms = (leaf.form,) if isinstance(leaf, Word) else leaf.forms
        return self.context is not None and all(map(self.context.vocabulary.articles, forms))


def _text_field(part: Node) -> str | None:
    """The text field of a word, "" for the whole article; None if the part is not a word in a text field."""
    return (part.field or "") if isinstance(part, Word) and part.field in TEXT_FIELDS else None


def _is_joinable(words: Sequence[Word]) -> bool:
    """Whether words typed apart may be one: none must match in all caps, except letters beside a number (KM 50)."""
    return not any(word.capitals for word in words) or any(word.form.isdigit() for word in words)


def _are_single_letters(words: Sequence[Word]) -> bool:
    return all(len(word.form) == 1 and word.form.isalpha() for word in words)


def _leaf_key(leaf: Leaf) -> object:
    """A key for a leaf that ignores its position."""
    return replace(leaf, span=None)  # type: ignore[arg-type]  # only to be compared
