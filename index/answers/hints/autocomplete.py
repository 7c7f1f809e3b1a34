"""Autocomplete: completes the word being typed, first with words that follow the word before it in titles.

Only the last word is completed, and only while it is being typed; the text before it stays unchanged. If no word has
this prefix, words one edit away are suggested, so that a typo shows before it is searched. For a word typed in all
caps, only words that occur in all caps are suggested, with their counts; if there are none, lower-case words are.
Values of facts are completed after the name of a field, and offered beside the words that begin one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.engine import Reader
from index.facets import Count
from index.query.grammar import FIELDS
from index.query.language import MAX_LENGTH
from index.query.leaf_parsing import OPERATORS
from index.query.request import Query
from index.vocabulary import TextVocabulary
from index.words.stop_words import FUNCTION_WORDS
from index.words.tokenizer import Token, is_all_caps, tokenize

SUGGESTED: Final = 8  # as many as one can take in at a glance
CAPS_CANDIDATES: Final = 40  # forms that are checked for all-caps occurrences; each check costs one query
SHORTEST_TYPO: Final = 4  # letters; only words this long get suggestions one edit away
SHORTEST_FACT: Final = 4  # letters of a word that begins the value of a fact
FACTS_BESIDE: Final = 2  # values of facts that are offered beside words
FACTS: Final = ("outlet", "bureau", "section", "agency", "reporter", "editor", "place")
OFFERED: Final = ("outlet", "reporter")  # facts whose values are offered beside words
LONGEST_VALUE: Final = 80  # characters; longer values are no names
SHORTEST_PART: Final = 2  # letters of each word of two that are written as one
LOST_BLANK: Final = 10  # times; two words that stand apart so much more often have lost their blank
RARE: Final = 500  # times; a completion that is so much rarer than the first is a slip
ENOUGH: Final = 2  # articles with a word after another one, for other words to be left out
COUNTED: Final = 16  # words after another one of which the most frequent are taken, function words left out

FactCounts = Callable[[str], Mapping[str, Count]]  # field → its values with their counts


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query text with its last word or fact completed, what was completed, and the number of articles.

    For a word that follows another one, these are the articles with both side by side in the title.
    """

    text: str
    word: str
    articles: int


def suggestions(reader: Reader, text: str, facts: FactCounts | None = None) -> tuple[Suggestion, ...]:
    """Completions of a query text; none after a blank or an operator. `facts` counts the values of all articles."""
    if len(text) > MAX_LENGTH or not text or text[-1].isspace():
        return ()
    counts = facts or (lambda field: reader.find(Query(size=1), facets=(field,)).counts[field])
    field, start = _fact_being_typed(text)
    if field:
        return tuple(_values(text, start, counts(field)))[:SUGGESTED]
    found = tokenize(text)
    if not found or found[-1].end != len(text):
        return ()
    last, typed = found[-1], text[found[-1].start :]
    if is_all_caps(typed) and last.form in OPERATORS:
        return ()
    words = list(_words(reader, text, found))
    beside = _values_beside(text, last, counts) if facts else []
    return (*words[: SUGGESTED - len(beside)], *beside)


def _words(reader: Reader, text: str, found: Sequence[Token]) -> Iterator[Suggestion]:
    """Completions of the last word: those that follow the word before it, then the most frequent ones."""
    last, typed = found[-1], text[found[-1].start :]
    words = _all_caps_completions(reader, last.form) if is_all_caps(typed) else []
    following = () if words else _following(reader, text, found)
    for form, count in following:
        word = _keep_typed(typed, last.form, form)
        yield Suggestion(text[: last.start] + word, word, count)
    if any(count >= ENOUGH for _, count in following):
        return
    usual = words or [(_keep_typed(typed, last.form, form), count) for form, count in _completions(reader, last)]
    yield from (Suggestion(text[: last.start] + word, word, count) for word, count in usual)


def _following(reader: Reader, text: str, found: Sequence[Token]) -> Sequence[tuple[str, int]]:
    """Words with the typed prefix that follow the word before it in titles, with the number of such articles."""
    if len(found) < 2 or not text[found[-2].end : found[-1].start].isspace():
        return ()
    before, beginning = found[-2].form, found[-1].form
    candidates = reader.vocabulary().following(before, beginning, COUNTED)
    kept = [form for form, _ in candidates if form not in FUNCTION_WORDS and form.isalnum()][:SUGGESTED]
    asked = [(form, Query(f'title:"{before} {form}"', size=1, expand=False)) for form in kept]
    counted = [(form, reader.find(query, facets=()).articles) for form, query in asked]
    clear = [pair for pair in counted if pair[1] >= ENOUGH]
    return sorted(clear or counted, key=lambda pair: -pair[1])


def _completions(reader: Reader, last: Token) -> Sequence[tuple[str, int]]:
    """The completions of a word. After a hyphen, only a reduplication is completed (anak-an → anak-anak)."""
    vocabulary = reader.vocabulary()
    first, hyphen, _ = last.unit.partition("-")
    if hyphen:
        return [(first, vocabulary.articles(first))] if first.startswith(last.form) else []
    starting = vocabulary.starting(last.form, SUGGESTED)
    if not starting:
        return vocabulary.near(last.form, SUGGESTED) if len(last.form) >= SHORTEST_TYPO else ()
    frequent = [pair for pair in starting if pair[1] * RARE > starting[0][1]]
    return [pair for pair in frequent if not _has_lost_blank(pair, vocabulary)]


def _has_lost_blank(counted: tuple[str, int], vocabulary: TextVocabulary) -> bool:
    """Whether a form is two words that the archive writes side by side more often than as one (kebakaranhebat)."""
    form, articles = counted
    parts = ((form[:cut], form[cut:]) for cut in range(SHORTEST_PART, len(form) - SHORTEST_PART + 1))
    both = (pair for pair in parts if all(vocabulary.articles(part) > LOST_BLANK * articles for part in pair))
    return any(vocabulary.occurrences(pair) > LOST_BLANK * articles for pair in both)


def _all_caps_completions(reader: Reader, beginning: str) -> list[tuple[str, int]]:
    """The words with a prefix that occur in all caps, with the number of articles that have them so."""
    vocabulary = reader.vocabulary()
    starting = vocabulary.starting(beginning, CAPS_CANDIDATES)
    forms = [form for form, _ in starting if form.isalnum() and form not in OPERATORS]
    counted = [(form.upper(), vocabulary.articles_in_capitals(form)) for form in forms]
    return sorted(((form, count) for form, count in counted if count), key=lambda one: -one[1])[:SUGGESTED]


def _keep_typed(typed: str, beginning: str, form: str) -> str:
    """A form as the user would type it: the typed letters stay, unless they are all caps and the word is not."""
    if is_all_caps(typed) or not form.startswith(beginning):
        return form
    return typed + form[len(beginning) :]


def _fact_being_typed(text: str) -> tuple[str, int]:
    """The fact whose value is being typed and where its field begins; "" if none is."""
    quotes = text.count('"')
    start = text.rfind(" ", 0, text.rfind('"') if quotes % 2 else len(text)) + 1
    start += len(text[start:]) - len(text[start:].lstrip("-("))
    name, colon, _ = text[start:].partition(":")
    field = FIELDS.get(name.casefold(), "") if colon else ""
    return (field, start) if field in FACTS else ("", start)


def _values(text: str, start: int, counts: Mapping[str, Count]) -> Iterator[Suggestion]:
    """The values of a fact that begin with what was typed, then those with a word that does, frequent ones first."""
    name, _, typed = text[start:].partition(":")
    wanted = typed.strip('"').casefold()
    held = [(value, count.articles) for value, count in counts.items() if wanted in value.casefold()]
    ranked = sorted(held, key=lambda pair: (not pair[0].casefold().startswith(wanted), -pair[1], pair[0]))
    for value, articles in ranked:
        begins = value.casefold().startswith(wanted) or any(one.form.startswith(wanted) for one in tokenize(value))
        if begins and _is_name(value):
            yield Suggestion(f"{text[:start]}{name}:{_quoted(value)}", value, articles)


def _values_beside(text: str, last: Token, counts: FactCounts) -> list[Suggestion]:
    """The values of facts that begin with the typed word, as queries on the fact."""
    if len(last.form) < SHORTEST_FACT or text[: last.start].count('"') % 2 or text[: last.start][-1:] not in {"", " "}:
        return []
    found = [
        Suggestion(f"{text[: last.start]}{field}:{_quoted(value)}", f"{field}:{_quoted(value)}", count.articles)
        for field in OFFERED
        for value, count in counts(field).items()
        if value.casefold().startswith(last.form) and _is_name(value)
    ]
    return sorted(found, key=lambda one: (-one.articles, one.text))[:FACTS_BESIDE]


def _is_name(value: str) -> bool:
    return len(value) <= LONGEST_VALUE and '"' not in value


def _quoted(value: str) -> str:
    return value if value.isalnum() else f'"{value}"'
