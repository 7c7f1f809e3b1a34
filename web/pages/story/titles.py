"""The titles of a story: where its versions have several, they are listed side by side, with the words that differ."""

from collections import defaultdict
from dataclasses import dataclass

from archive.copies.word_diff import WORD, Change, Stretch, diff_words
from web.pages.story.sentences import letters, runs
from web.story_versions import Story


@dataclass(frozen=True, slots=True)
class Title:
    """A title, the letters of the versions that have it, as ranges, and which words the first title does not have."""

    letters: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def titles(story: Story) -> tuple[Title, ...]:
    """Return the titles of the versions in the table, in their order; none if all that have one have the same.

    Titles that differ in capitals and punctuation only are the same. A title made from the first sentence is none.
    """
    names, found = letters(story), defaultdict[str, list[str]](list)
    written: dict[str, str] = {}
    for version in story.versions:
        article = version.article
        if not article.title_derived:
            key = " ".join(WORD.findall(article.title.casefold())) or article.title
            written.setdefault(key, article.title)
            found[key].append(names[article.id])
    if len(found) < 2:
        return ()
    first = next(iter(written.values()))
    return tuple(Title(tuple(runs(tuple(found[key]))), _compared(first, title)) for key, title in written.items())


def _compared(first: str, title: str) -> tuple[Stretch, ...]:
    return tuple(one for one in diff_words(first, title) if one.change is not Change.REMOVED)
