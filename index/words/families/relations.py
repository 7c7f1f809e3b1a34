"""Near and far: which forms of a root are far relatives of a word.

The reviewed families decide first, the keeper's before the shipped ones, then the learned table. A lexeme that neither
knows is judged by the one it is built on: berpenghargaan by penghargaan. What is left is near: forms of one lexeme, and
forms that were too rare to be judged.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final

from index.words import stemming
from index.words.families import reviewed, table
from index.words.families.lexemes import Lexemes
from index.words.families.reviewed import Senses
from index.words.roots.model import UserExceptions, model
from index.words.stemming import Stemmer

RULES: Final = 2  # increment whenever a rule change makes other forms far
KEPT: Final = 4  # relations in memory; one in production, more only in tests

_user_families: tuple[Senses, ...] = ()


def use_exceptions(path: Path | None) -> None:
    """Use the families of a user's file of exceptions in this process, or none if path is None.

    Their roots are those of `stemming.use_exceptions`, which comes first. Raises BadExceptions.
    """
    global _user_families  # noqa: PLW0603  # a word has the same relatives everywhere: in queries and their reports
    _user_families = () if path is None else reviewed.read(path)


def far_forms(word: str, forms: Iterable[str]) -> tuple[str, ...]:
    """Return those of some forms of a word's root that are far from the word, in the order given.

    None is far under another stemmer than that of `roots/`, whose families they are.
    """
    if stemming.stemmer() is not Stemmer.ROOTS:
        return ()
    return _relations(stemming.user_exceptions(), _user_families).far_forms(word, forms)


def far_lexemes(word: str) -> tuple[str, ...]:
    """Return the names of the known lexemes of a word's root that are far from it."""
    if stemming.stemmer() is not Stemmer.ROOTS:
        return ()
    return _relations(stemming.user_exceptions(), _user_families).far_lexemes(word)


def version() -> str:
    """Return a version string of all that decides what is far; equal versions answer a query alike."""
    if stemming.stemmer() is not Stemmer.ROOTS:
        return "none"
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
        self._known_of: dict[str, frozenset[str]] = {}

    def far_forms(self, word: str, forms: Iterable[str]) -> tuple[str, ...]:
        """See the function `far_forms`."""
        root = stemming.stem(word)
        if root not in self._reviewed and root not in self._learned:
            return ()
        own = self._judged_as(root, self._lexemes.name(word))
        if not self._may_have_far(root, own):
            return ()
        return tuple(
            form for form in forms if self._are_far(root, own, self._judged_as(root, self._lexemes.name(form)))
        )

    def far_lexemes(self, word: str) -> tuple[str, ...]:
        """See the function `far_lexemes`."""
        root = stemming.stem(word)
        own = self._judged_as(root, self._lexemes.name(word))
        return tuple(sorted(name for name in self._known(root) if self._are_far(root, own, name)))

    def _known(self, root: str) -> frozenset[str]:
        """The names of the lexemes of a root that are judged."""
        if root not in self._known_of:
            senses = self._reviewed[root].senses if root in self._reviewed else ()
            self._known_of[root] = frozenset((*senses, *chain(*self._learned.get(root, ()))))
        return self._known_of[root]

    def _judged_as(self, root: str, name: str) -> str:
        """Return the name of the lexeme by which one is judged: the known one that it is built on, or itself."""
        known, built_on = self._known(root), name
        while built_on and built_on not in known:
            built_on = _without_outermost(built_on)
        return built_on or name

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


def _without_outermost(name: str) -> str:
    """The name of the lexeme that one is built on by a further prefix; "" if there is only one prefix."""
    if " " in name:
        return name.partition(" ")[2]
    prefixes, _, suffix = name.partition("…")
    inner = prefixes.partition("-")[2]
    return f"{inner}…{suffix}" if inner else ""


@lru_cache(KEPT)
def _relations(user_exceptions: UserExceptions, user_families: tuple[Senses, ...]) -> Relations:
    learned = table.load()
    return Relations((*reviewed.shipped(), *user_families), learned, Lexemes(model(user_exceptions), learned.alone))
