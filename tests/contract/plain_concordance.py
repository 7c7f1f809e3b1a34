"""The plainest reading of a concordance: every place of a query in an article, found word by word in its text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from archive.article import Article
from index.concordance import WORDS_COMPARED, LineOrder, Place, article_key, sampling_key
from index.query.tree import And, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stemming import stem, stem_of
from index.words.tokenizer import Token, is_all_caps, tokenize

BEYOND = b"\xff"  # after every word


@lru_cache(1 << 14)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text; those of an archive of the tests are asked for again with each query."""
    return tuple(tokenize(text))


@dataclass(frozen=True)
class PlainLine:
    """A place, the words around it, and the outlet of its article."""

    place: Place
    words: list[str]
    outlet: str | None

    def key(self, order: LineOrder) -> list[bytes]:
        """What lines are sorted by."""
        begin, end = self.place.word, self.place.word + self.place.words
        if order is LineOrder.OUTLET:
            return [(self.outlet or "\U0010ffff").encode()]
        context = {
            LineOrder.RIGHT: self.words[end : end + WORDS_COMPARED],
            LineOrder.LEFT: self.words[max(0, begin - WORDS_COMPARED) : begin][::-1],
            LineOrder.HIT: self.words[begin:end][:WORDS_COMPARED],
            LineOrder.DATE: [],
        }
        words = [word.encode() for word in context[order]]
        around = order in {LineOrder.LEFT, LineOrder.RIGHT}
        return words + [BEYOND] * (WORDS_COMPARED - len(words)) if around else words

    def sampled(self, seed: int) -> int:
        return sampling_key(article_key(self.place.article), self.place.word, int(self.place.in_title), seed)


def places_of(article: Article, tree: Node) -> Iterator[PlainLine]:
    """The places of an article, title first, by word."""
    longest: dict[tuple[int, int], int] = {}
    held = {0: (article.title, tokens_of(article.title))}
    body = "\n".join(article.paragraphs)
    held[1] = body, tokens_of(body)
    for leaf in _leaves(tree):
        for part in _parts(article, leaf.field):
            for begin, end in _found(leaf, *held[part]):
                longest[part, begin] = max(longest.get((part, begin), 0), end - begin)
    for (part, begin), words in sorted(longest.items()):
        forms = [token.form for token in held[part][1]]
        yield PlainLine(Place(article.id, part == 0, begin, words), forms, article.outlet)


def _leaves(node: Node) -> Iterator[Word | Phrase | Wildcard]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Expanded(asked=asked, also=also):
            yield from _leaves(asked)
            yield from (other.leaf for other in also)
        case Word() | Phrase() | Wildcard() if node.field in {None, "title"}:
            yield node


def _parts(article: Article, field: str | None) -> tuple[int, ...]:
    if field == "title":
        return (0,)
    return (1,) if article.title_derived else (0, 1)


def _found(leaf: Word | Phrase | Wildcard, text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    match leaf:
        case Phrase(forms, _, distance, ordered=False):
            said = [word.form for word in words]
            held = [
                (begin, end)
                for begin in range(len(said))
                for end in range(begin + 1, min(begin + distance + 1, len(said)) + 1)
                if not Counter(forms) - Counter(said[begin:end])
            ]
            yield from (one for one in held if not any(one[0] <= b and e <= one[1] and (b, e) != one for b, e in held))
        case Phrase(forms, _, slop):
            ends = [(at, at) for at, word in enumerate(words) if word.form == forms[0]]
            for form in forms[1:]:
                here = [at for at, word in enumerate(words) if word.form == form]
                before = {
                    at: max((pair for pair in ends if pair[1] < at), key=lambda pair: pair[1], default=None)
                    for at in here
                }
                ends = [(pair[0], at) for at, pair in before.items() if pair and at - pair[1] <= slop]
            yield from ((begin, end + 1) for begin, end in ends)
        case _:
            yield from ((at, at + 1) for at, word in enumerate(words) if _is(leaf, text, word))


def _is(leaf: Word | Wildcard, text: str, word: Token) -> bool:
    if isinstance(leaf, Wildcard):
        return fnmatchcase(word.form, leaf.pattern)
    if leaf.capitals:
        return word.form == leaf.form and is_all_caps(text[word.start : word.end])
    if leaf.without:
        return word.form not in leaf.without and stem(word.form) == stem(leaf.form)
    return stem_of(word.form, word.unit) == stem(leaf.form)
