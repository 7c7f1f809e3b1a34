"""Lexemes: the forms of a root that differ in voice and clitics only: menemukan, ditemukan, temukan, menemukannya.

A lexeme is named by what its forms are made of, without what varies: me-, di-, ku-, kau- and clitics. A verb without
suffix keeps me-, because menurut is not turut, but penemuan is pe-…-an with every clitic. Forms of one root are one
lexeme if the names are equal.
"""

from collections.abc import Container, Iterator
from typing import Final

from index.words.roots.affixes import strip_clitics
from index.words.roots.weighing import RootModel

VOICES: Final = ("me", "di", "ku", "kau")
FORMS_KEPT: Final = 20_000  # names in memory; one takes some 20 µs to compute, and a family has up to two hundred forms
BARE: Final = "-"  # the root itself


class Lexemes:
    """The names of lexemes by the readings of one root model, with a cache that is emptied when it is full.

    `alone` are forms that are a lexeme of their own in spite of a clitic, as akhirnya is; they name it themselves.
    """

    def __init__(self, roots: RootModel, alone: Container[str] = ()) -> None:
        self._roots = roots
        self._alone = alone
        self._known: dict[str, str] = {}

    def name(self, form: str) -> str:
        """Return the name of the lexeme of a form: `…-kan` for menemukan, `-` for a root."""
        known = self._known.get(form)
        if known is None:
            if len(self._known) >= FORMS_KEPT:
                self._known.clear()
            known = self._known[form] = form if form in self._alone else " ".join(self._steps(form)) or BARE
        return known

    def _steps(self, word: str) -> Iterator[str]:
        """Yield a name for each step from a form to its root."""
        while (becomes := self._roots.step(word)) != word:
            if self._roots.settlement(word) is not None:
                settled = self._settled_host(word)
                if settled != becomes:
                    yield f"={settled}"
            elif path := max(self._roots.weighed(word)).reading.path:
                yield _without_voice(path)
            word = becomes

    def _settled_host(self, word: str) -> str:
        """Return a word whose root is settled, without its clitics."""
        return word[: max(end for end, _ in strip_clitics(word) if word[:end] in self._roots.settled)]


def host(form: str) -> str:
    """Return a form without its clitics, if it ends in any: akhir for akhirnya."""
    return form[: min(end for end, _ in strip_clitics(form))]


def _without_voice(path: str) -> str:
    """Return an affix path without what makes a verb active or passive: `per-…-kan` for `me-per-…-kan`."""
    prefixes, _, suffix = path.replace("*", "").partition("…")
    first, _, others = prefixes.partition("-")
    if first not in VOICES:
        return f"{prefixes}…{suffix}"
    return f"{others}…{suffix}" if others or suffix in {"-kan", "-i"} else f"me-…{suffix}"
