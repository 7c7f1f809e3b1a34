"""Near and far: which forms of a root are far relatives of a word.

The reviewed families decide first, the user's before the shipped ones, then the learned table. What neither knows is
near: forms of one lexeme, and forms that were too rare to be judged.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from index.words import stemming
from index.words.families import reviewed, table
from index.words.families.lexemes import Lexemes
from index.words.families.reviewed import Senses
from index.words.roots.model import UserExceptions, model

RULES: Final = 1  # increment whenever a rule change makes other forms far
KEPT: Final = 4  # relations in memory; one in production, more only in tests

_user_families: tuple[Senses, ...] = ()


def use_exceptions(path: Path | None) -> None:
    """Use the families of a user's file of exceptions in this process, or none if path is None.

    Their roots are those of `stemming.use_exceptions`, which comes first. Raises BadExceptions.
    """
    global _user_families  # noqa: PLW0603  # a word has the same relatives everywhere: in queries and their reports
    _user_families = () if path is None else reviewed.read(path)


def far_forms(word: str, forms: Iterable[str]) -> tuple[str, ...]:
    """Return those of some forms of a word's root that are far from the word, in the order given."""
    return _relations(stemming.user_exceptions(), _user_families).far_forms(word, forms)


def far_lexemes(word: str) -> tuple[str, ...]:
    """Return the names of the known lexemes of a word's root that are far from it."""
    return _relations(stemming.user_exceptions(), _user_families).far_lexemes(word)


def version() -> str:
    """Return a version string of all that decides what is far; equal versions answer a query alike."""
    return _version(_user_families)


@lru_cache(KEPT)
def _version(user_families: tuple[Senses, ...]) -> str:
    given = repr((reviewed.shipped(), user_families)).encode()
    return f"{RULES}+{table.digest()}+{blake2b(given, digest_size=4).hexdigest()}"


class Relations:
    """Far relatives by reviewed families and the learned table."""

    def __init__(self, lines: Iterable[Senses], learned: table.FarPairs, lexemes: Lexemes) -> None:
        self._reviewed = reviewed.families(lines, lexemes)
        self._learned = learned.by_root
        self._lexemes = lexemes

    def far_forms(self, word: str, forms: Iterable[str]) -> tuple[str, ...]:
        """See the function `far_forms`."""
        root = stemming.stem(word)
        if root not in self._reviewed and root not in self._learned:
            return ()
        own = self._lexemes.name(word)
        if not self._may_have_far(root, own):
            return ()
        return tuple(form for form in forms if self._are_far(root, own, self._lexemes.name(form)))

    def far_lexemes(self, word: str) -> tuple[str, ...]:
        """See the function `far_lexemes`."""
        root, own = stemming.stem(word), self._lexemes.name(word)
        names = {name for pair in self._learned.get(root, ()) for name in pair}
        if root in self._reviewed:
            names.update(self._reviewed[root].senses)
        return tuple(sorted(name for name in names if self._are_far(root, own, name)))

    def _may_have_far(self, root: str, name: str) -> bool:
        """Tell whether any lexeme can be far from one: naming all forms of a family takes a millisecond."""
        family = self._reviewed.get(root)
        if family and family.others is not None:
            return any(family.are_far(name, other) for other in (*family.senses, ""))
        return bool(family) or any(name in pair for pair in self._learned[root])

    def _are_far(self, root: str, one: str, other: str) -> bool:
        if one == other:
            return False
        family = self._reviewed.get(root)
        decided = family.are_far(one, other) if family else None
        if decided is not None:
            return decided
        return (min(one, other), max(one, other)) in self._learned.get(root, ())


@lru_cache(KEPT)
def _relations(user_exceptions: UserExceptions, user_families: tuple[Senses, ...]) -> Relations:
    learned = table.load()
    return Relations((*reviewed.shipped(), *user_families), learned, Lexemes(model(user_exceptions), learned.alone))
