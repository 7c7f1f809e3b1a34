"""Near forms: a bare word searches the forms that mean the same, and its far relatives only where they are asked for.

*Perintah* is not *pemerintah*, though both have the root perintah; `index.words.families` knows which forms are far.
A far form that the reader switches on is searched with its own near forms. In negated words, too, far forms are left
out: `alam -pengalaman` is about nature, without experience.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.query.tree import TEXT_FIELDS, Alternative, Expanded, Node, Word, with_parts
from index.vocabulary import Vocabulary
from index.words.families.relations import far_forms
from index.words.stemming import stem


def with_near_forms(node: Node, vocabulary: Vocabulary, on: Iterable[str]) -> Node:
    """Leave out the far forms of all words of a tree, except those switched on, given normalized."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for form in on:
        asked[stem(form)].append(form)
    return _NearForms(vocabulary, asked).node(node)


def near_forms(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Yield the near forms of a word that an archive has, each with its number of articles, the most frequent first."""
    held = vocabulary.forms(stem(form))
    far = frozenset(far_forms(form, (other for other, _ in held)))
    return ((other, count) for other, count in held if other not in far)


@dataclass(frozen=True, slots=True)
class _NearForms:
    """The near forms in one archive; `on` are the far forms switched on, by their stem."""

    vocabulary: Vocabulary
    on: Mapping[str, Sequence[str]]

    def node(self, node: Node) -> Node:
        """Leave out the far forms of the words below a node."""
        match node:
            case Expanded(asked=asked, also=also):
                return replace(node, asked=self.node(asked), also=tuple(map(self._alternative, also)))
            case Word(capitals=False):
                return self._word(node)
            case _:
                return with_parts(node, self.node)

    def _alternative(self, other: Alternative) -> Alternative:
        leaf = other.leaf
        return replace(other, leaf=self._word(leaf)) if isinstance(leaf, Word) and not leaf.capitals else other

    def _word(self, word: Word) -> Word:
        if word.field not in TEXT_FIELDS:
            return word
        root = stem(word.form)
        far = far_forms(word.form, (form for form, _ in self.vocabulary.forms(root)))
        for form in self.on.get(root, ()):
            far = far_forms(form, far)
        return replace(word, without=tuple(dict.fromkeys((*word.without, *far)))) if far else word
