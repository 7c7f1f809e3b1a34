"""Affixes: what may stand before and after an Indonesian root, and which first letter a nasal has swallowed.

A prefix is taken off by what is written and by the letter after it: `mem` before b is me- and leaves beri of memberi;
before a vowel it is me- and has swallowed a p (memukul, pukul). Where a spelling has several explanations all are
given; choosing is not done here. Variants against the rule (mengkaji, pengrajin) are rarer than the regular ones, and
have a name with a star so that they can weigh less.
"""

from typing import Final, NamedTuple

VOWELS: Final = "aeiou"
CONSONANTS: Final = "bcdfghjklmnpqrstvwxyz"
LETTERS: Final = VOWELS + CONSONANTS


class Removal(NamedTuple):
    """A prefix taken off: its name, how many letters go, and the letter that comes back."""

    prefix: str
    length: int
    restored: str = ""


def _nasal(name: str) -> list[tuple[str, str, Removal]]:
    """The spellings of me- or pe-: what is written, the letters it may stand before, and what is taken off."""

    def of(written: str, before: str, restored: str = "", mark: str = "") -> tuple[str, str, Removal]:
        return name + written, before, Removal(f"{name}{mark}-", len(name + written), restored)

    return [
        of("", "lrmnwy"),
        of("m", "bfv"),
        of("m", VOWELS + "rl", "p"),
        of("m", "p", mark="*"),  # mempengaruhi, and memper-
        of("n", "cdjz"),
        of("n", VOWELS + "r", "t"),
        of("n", "ts", mark="*"),  # mentaati, mensukseskan
        of("ng", "ghxq" + VOWELS),
        of("ng", VOWELS + "rl", "k"),
        of("ng", "krl", mark="*"),  # mengkaji, pengrajin, penglihatan
        of("ny", VOWELS, "s"),
        of("nge", CONSONANTS, mark="nge"),  # before roots of one syllable: mengecat
    ]


_SPELLINGS: Final = [
    *((name, LETTERS, Removal(f"{name}-", len(name))) for name in ("di", "ke", "se", "ku", "kau", "tidak")),
    *((name, LETTERS, Removal(f"{name}-", 3)) for name in ("ber", "ter", "per")),
    *((name[:2], "r", Removal(f"{name}-", 2)) for name in ("ber", "ter", "per")),  # berenang, terasa
    *_nasal("me"),
    *_nasal("pe"),
    ("pe", "bcdfghjkpstvz" + VOWELS, Removal("pe*-", 2)),  # petinju
]
_LONGEST_SPELLING: Final = 5  # menge, tidak
_SPELLING_SIZES: Final = range(2, _LONGEST_SPELLING + 1)
_WITH_L: Final = {  # three words have l for the r of ber-, per- and ter-
    "belajar": Removal("ber-", 3),
    "pelajar": Removal("pe-", 3),
    "telanju": Removal("ter-", 3),
}
_WITHOUT_R: Final = {"be": Removal("ber-", 2), "te": Removal("ter-", 2)}  # where -er- follows: bekerja, tepercaya
_DOUBLED: Final = Removal("ré-", 2)  # bebatuan, dedaunan: the first letter twice, with an e between


def _removals() -> dict[str, tuple[Removal, ...]]:
    """What is written and the letter after it → what it may be."""
    found: dict[str, tuple[Removal, ...]] = {}
    for written, before, removal in _SPELLINGS:
        for letter in before:
            found[written + letter] = (*found.get(written + letter, ()), removal)
    return found


_REMOVALS: Final = _removals()

DERIVING: Final = ("i", "an", "kan")  # suffixes that make another word
PRONOUNS: Final = ("nya", "ku", "mu")
PARTICLES: Final = ("lah", "kah", "tah", "pun")
CLITICS: Final = (*PRONOUNS, *PARTICLES)
MOST_PREFIXES: Final = 3  # ke-ber-pe-…; a fourth explains no word of the news
SHORTEST_BASE: Final = 3  # letters: shorter entries of the list are not inflected


def removals(word: str) -> list[Removal]:
    """What can be taken off the beginning of a word once."""
    found: list[Removal] = []
    for size in _SPELLING_SIZES:
        found += _REMOVALS.get(word[: size + 1], ())
    if word[1:2] == "e":
        if word[:1] == word[2:3]:
            found.append(_DOUBLED)
        if word[3:5] == "er" and word[:2] in _WITHOUT_R:
            found.append(_WITHOUT_R[word[:2]])
        if word[:7] in _WITH_L:
            found.append(_WITH_L[word[:7]])
    return found


def beginnings(word: str) -> list[tuple[str, str]]:
    """Every way to take prefixes off a word, none included: their names, and what is left."""
    found = level = [("", word)]
    for _ in range(MOST_PREFIXES):
        level = [
            (taken + removal.prefix, left)
            for taken, rest in level
            for removal in removals(rest)
            if len(left := removal.restored + rest[removal.length :]) >= SHORTEST_BASE
        ]
        if not level:
            break
        found = found + level
    return found


def endings(word: str) -> list[tuple[int, str, str]]:
    """Every way to take suffixes off a word, none included: where the rest ends, the deriving suffix, the clitics."""
    found = []
    for end, clitics in clitics_of(word):
        found.append((end, "", clitics))
        if word[end - 1 : end] == "i":
            found.append((end - 1, "-i", clitics))
        elif word[end - 2 : end] == "an":
            found.append((end - 2, "-an", clitics))
            if word[end - 3 : end - 2] == "k":
                found.append((end - 3, "-kan", clitics))
    return found


def clitics_of(word: str) -> list[tuple[int, str]]:
    """Where a word ends without a particle, without a pronoun, without both; and what is cut there. First: nothing."""
    found = [(len(word), "")]
    if word.endswith(PARTICLES):  # all have three letters
        found.append((len(word) - 3, "-" + word[-3:]))
    for end, particle in tuple(found):
        if word.endswith(PRONOUNS, 0, end):
            start = end - (3 if word.endswith("nya", 0, end) else 2)
            found.append((start, f"-{word[start:end]}{particle}"))
    return found
