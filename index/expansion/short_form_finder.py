"""Short forms in an archive: which meanings are searched and which only offered, decided from the archive's own counts.

`archive.meanings` tells what a short form was defined as. That is not enough to search it unasked:

* Where most articles with the word do not have it in all caps, the small word is another one (red, kim, safe). Then the
  short form is searched only if it is typed in all caps, and as such. One that is defined in a good share of all its
  articles is no other word, however it is written (npwp).
* A few definitions tell nothing of a word that stands in thousands of articles: d definitions speak for 7 · d^1.5
  articles; twice as many if the short form is long, since few names fit many letters, and a third if it has two
  letters, which are initials of people, too. The shipped list needs no definitions.
* A name with a slip in it (price earning ration) is not a meaning: the archive has it more often with another word a
  letter away from one of its words, or has that word in no other place.

The shares were chosen by reading the short forms of 54,540 articles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.meanings.seed_list import SEED_LIST
from archive.meanings.sense_selection import ShortForm
from archive.meanings.short_forms import ShortForms
from index.vocabulary import TextVocabulary
from index.words.sastrawi import root_words
from index.words.stop_words import FUNCTION_WORDS

USUAL_CAPITALS: Final = 0.5  # share of the articles with a short form that have it in all caps, else it is another word
OFTEN_DEFINED: Final = 0.2  # share of the articles with a word that define it; then the small word is no other one
TRUSTED: Final = 7  # articles with a short form for which one definition is enough
TRUSTED_IF_LONG: Final = 14  # the same for a long one that is no other word in small letters
TRUSTED_IF_TWO: Final = 2.5  # the same for one of two letters
LONG: Final = 5  # letters
GROWTH: Final = 1.5  # exponent of the number of definitions
FEW: Final = 10  # articles with a definition; names defined in more are no slips
RARE_WORD: Final = 50  # articles; a word in more is no slip
SLIP: Final = 20  # times; a word so much more frequent is meant by one that stands in no other place
NEIGHBOURS: Final = 5  # words a letter away that are tried instead of a word that may be a slip


@dataclass(frozen=True, slots=True)
class ShortFormFinder:
    """Finds the meanings of short forms and the short forms of names, as one archive uses them."""

    short_forms: ShortForms
    vocabulary: TextVocabulary

    def meanings(self, short: str) -> Sequence[ShortForm]:
        """The meanings of a short form, likeliest first; those with `capitals` mean it only in capitals."""
        return self._judged(self.short_forms.long_forms_of(short))

    def names(self, words: Sequence[str]) -> Iterator[tuple[int, int, ShortForm]]:
        """The names and the short forms of several words in a run of words; see `ShortForms.find_names`."""
        for start, end, form in self.short_forms.find_names(words):
            judged = self._judged(self.short_forms.long_forms_of(form.short))
            yield from ((start, end, one) for one in judged if one.long == form.long)

    def all_forms(self) -> Iterator[ShortForm]:
        """All short forms with their meanings."""
        for short in dict.fromkeys(form.short for form in self.short_forms.forms):
            yield from self.meanings(short)

    def _judged(self, forms: Sequence[ShortForm]) -> Sequence[ShortForm]:
        """The meanings of one short form, without slips, each as it is applied in this archive."""
        sound = [form for form in forms if not self._is_slip(form)]
        defined = sum(form.articles for form in sound if form.applied)
        return [self._as_used(form, defined) for form in sound]

    def _as_used(self, form: ShortForm, defined: int) -> ShortForm:
        """A meaning as it is applied; all applied names of a short form are one meaning, `defined` in some articles."""
        words = form.short.split()
        articles = self.vocabulary.articles(words[0]) if len(words) == 1 else self.vocabulary.occurrences(words)
        in_capitals = self.vocabulary.articles_in_capitals(form.short) if len(words) == 1 else articles
        everyday = form.capitals or _is_another_word(form, defined, articles, in_capitals)
        standing = in_capitals if everyday else articles
        enough = form.short not in FUNCTION_WORDS and standing <= _spoken_for(form.short, defined, everyday=everyday)
        written = in_capitals > 0 or not (everyday and articles)
        return replace(form, capitals=everyday, applied=form.applied and written and (enough or is_shipped(form)))

    def _is_slip(self, form: ShortForm) -> bool:
        """Whether the archive has the name more often with another word, a letter away from one of its own."""
        if form.articles > FEW or is_shipped(form):
            return False
        return any(self._is_respelled(form, place) for place in range(len(form.long)))

    def _is_respelled(self, form: ShortForm, place: int) -> bool:
        """Whether a word of a name seems to be a slip for another word."""
        word, held = form.long[place], self.vocabulary.articles(form.long[place])
        if held > RARE_WORD:
            return False
        usual = [(other, count) for other, count in self.vocabulary.near(word, NEIGHBOURS) if count > held]
        if held <= form.articles and any(count >= SLIP * held for _, count in usual):
            return True
        names = ((*form.long[:place], other, *form.long[place + 1 :]) for other, _ in usual)
        return max(map(self.vocabulary.occurrences, names), default=0) > self.vocabulary.occurrences(form.long)


def _spoken_for(short: str, defined: int, *, everyday: bool) -> float:
    """The number of articles with a short form for which its definitions speak."""
    trusted = TRUSTED_IF_TWO if len(short) == 2 else TRUSTED_IF_LONG if len(short) >= LONG and not everyday else TRUSTED
    return float(trusted * defined**GROWTH)


def is_shipped(form: ShortForm) -> bool:
    """Whether the shipped list has this meaning of a short form."""
    entry = SEED_LIST.get(form.short)
    return entry is not None and any(form.long in names for names in entry.meanings)


def _is_another_word(form: ShortForm, defined: int, articles: int, in_capitals: int) -> bool:
    """Whether the small word is not the short form: it is a root word, or it is usual and capitals are not."""
    if form.written.isupper():
        return in_capitals < USUAL_CAPITALS * articles and defined < OFTEN_DEFINED * articles
    return form.short in root_words() and not is_shipped(form) and defined < OFTEN_DEFINED * articles
