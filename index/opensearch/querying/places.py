"""Places: where the leaves of a query stand in one article, found in its tokens; `index.concordance` defines a place.

Positions stay in the server, which cannot tell them for many articles at once, so the texts are read and tokenized.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from itertools import chain
from re import compile as compiled

from archive.article import Article
from index.query.tree import Phrase, TextLeaf, Wildcard, Word
from index.words.stemming import stem, stem_of
from index.words.tokenizer import forms_and_units, is_all_caps, tokenize

Stretch = tuple[int, int]  # the first word, and the one after the last


@dataclass(frozen=True)
class TokenizedText:
    """A text and its tokens."""

    text: str

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """The form and the unit of each token, in order."""
        return forms_and_units(self.text)

    @cached_property
    def capitals(self) -> list[bool]:
        """Whether each token is in all caps."""
        return [is_all_caps(self.text[token.start : token.end]) for token in tokenize(self.text)]

    @cached_property
    def forms(self) -> list[str]:
        """The forms in order."""
        return [form for form, _ in self.parts]

    @cached_property
    def positions(self) -> Mapping[str, list[int]]:
        """Where each form stands, ascending."""
        found: dict[str, list[int]] = {}
        for at, form in enumerate(self.forms):
            found.setdefault(form, []).append(at)
        return found


@dataclass(frozen=True)
class TokenizedArticle:
    """The title and the text of an article, in tokens."""

    article: Article

    @cached_property
    def title(self) -> TokenizedText:
        """The title, derived or not."""
        return TokenizedText(self.article.title)

    @cached_property
    def body(self) -> TokenizedText:
        """The paragraphs."""
        return TokenizedText("\n".join(self.article.paragraphs))

    def searched(self, field: str | None) -> Sequence[tuple[bool, TokenizedText]]:
        """The texts that a field searches, each with whether it is the title."""
        if field == "title":
            return ((True, self.title),)
        return ((False, self.body),) if self.article.title_derived else ((True, self.title), (False, self.body))


def places(article: TokenizedArticle, leaves: Sequence[TextLeaf]) -> list[tuple[bool, Stretch]]:
    """The places of some leaves: title first, by word; of those from one word on, the longest."""
    longest: dict[tuple[bool, int], int] = {}
    for leaf in leaves:
        for in_title, text in article.searched(leaf.field):
            for begin, end in stretches(leaf, text):
                key = (not in_title, begin)
                longest[key] = max(longest.get(key, 0), end)
    return [(not in_body, (begin, end)) for (in_body, begin), end in sorted(longest.items())]


def stretches(leaf: TextLeaf, text: TokenizedText) -> Iterator[Stretch]:
    """Where a leaf stands in a text, in order."""
    match leaf:
        case Phrase(forms, _, distance, ordered=False):
            yield from _windows(forms, distance, text)
        case Phrase(forms, _, slop):
            yield from _chains(forms, slop, text)
        case Wildcard(pattern):
            fits = compiled(translate(pattern.replace("[", "[[]"))).match
            yield from ((at, at + 1) for at, form in enumerate(text.forms) if fits(form))
        case Word():
            yield from ((at, at + 1) for at in _words(leaf, text))


def _words(word: Word, text: TokenizedText) -> Iterator[int]:
    if word.capitals:
        return (at for at in text.positions.get(word.form, ()) if text.capitals[at])
    wanted = stem(word.form)
    if word.without:
        return (at for at, form in enumerate(text.forms) if form not in word.without and stem(form) == wanted)
    return (at for at, (form, unit) in enumerate(text.parts) if stem_of(form, unit) == wanted)


def _chains(forms: Sequence[str], slop: int, text: TokenizedText) -> Iterator[Stretch]:
    """Each last word that is reached word by word, with the first word of the nearest way to it."""
    ends = [(at, at) for at in text.positions.get(forms[0], ())]
    for form in forms[1:]:
        lasts = [last for _, last in ends]
        reached = []
        for at in text.positions.get(form, ()):
            before = bisect_left(lasts, at) - 1
            if before >= 0 and at - lasts[before] <= slop:
                reached.append((ends[before][0], at))
        ends = reached
    yield from ((begin, last + 1) for begin, last in ends)


def _windows(forms: Sequence[str], distance: int, text: TokenizedText) -> Iterator[Stretch]:
    """The smallest stretches that hold all forms, each as often as asked, in any order."""
    wanted = Counter(forms)
    held = {form: text.positions.get(form, []) for form in wanted}
    if any(len(held[form]) < times for form, times in wanted.items()):
        return
    found: list[Stretch] = []
    for begin in sorted(chain.from_iterable(held.values())):
        ends = []
        for form, times in wanted.items():
            at = bisect_left(held[form], begin) + times - 1
            ends.append(held[form][at] if at < len(held[form]) else len(text.forms) + distance)
        end = max(ends) + 1
        if end - begin <= distance + 1:
            found.append((begin, end))
    for number, (begin, end) in enumerate(found):
        if number + 1 == len(found) or found[number + 1][1] > end:  # else a smaller one lies inside
            yield begin, end
