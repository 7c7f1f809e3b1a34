"""Indonesian affixes: prefixes, suffixes and clitics, and the first letter of a root that a nasal prefix replaced.

A prefix is recognized by its spelling and the letter after it. `mem` before b is me- (memberi: beri); `mem` before a
vowel is me- and replaced a p (memukul: pukul). If a spelling has several explanations, all are returned; `weighing`
chooses. Irregular variants (mengkaji, pengrajin) are rarer than the regular ones, so their names have a star and their
own, lower weight.
"""

from typing import Final, NamedTuple

VOWELS: Final = "aeiou"
CONSONANTS: Final = "bcdfghjklmnpqrstvwxyz"
LETTERS: Final = VOWELS + CONSONANTS


class Removal(NamedTuple):
    """A prefix to strip: its name, the number of letters removed, and the root letter restored."""

    prefix: str
    length: int
    restored: str = ""


def _nasal(name: str) -> list[tuple[str, str, Removal]]:
    """Return the spellings of me- or pe-: the letters written, the letters that may follow, and the removal."""

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
_WITH_L: Final = {  # three words have l instead of the r of ber-, per- and ter-
    "belajar": Removal("ber-", 3),
    "pelajar": Removal("pe-", 3),
    "telanju": Removal("ter-", 3),
}
_WITHOUT_R: Final = {"be": Removal("ber-", 2), "te": Removal("ter-", 2)}  # before -er-: bekerja, tepercaya
_DOUBLED: Final = Removal("ré-", 2)  # bebatuan, dedaunan: the first letter repeated, with an e between


def _removals() -> dict[str, tuple[Removal, ...]]:
    """Map each prefix spelling plus the letter after it to its possible removals."""
    found: dict[str, tuple[Removal, ...]] = {}
    for written, before, removal in _SPELLINGS:
        for letter in before:
            found[written + letter] = (*found.get(written + letter, ()), removal)
    return found


_REMOVALS: Final = _removals()

DERIVING: Final = ("i", "an", "kan")  # derivational suffixes
PRONOUNS: Final = ("nya", "ku", "mu")
PARTICLES: Final = ("lah", "kah", "tah", "pun")
CLITICS: Final = (*PRONOUNS, *PARTICLES)
MOST_PREFIXES: Final = 3  # ke-ber-pe-…; a fourth explains no word in the news
SHORTEST_BASE: Final = 3  # letters; shorter root words take no affixes


def removals(word: str) -> list[Removal]:
    """Return every prefix that can be stripped once from the start of a word."""
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


def strip_prefixes(word: str) -> list[tuple[str, str]]:
    """Return every way to strip prefixes from a word, including none: the prefix names and the remaining word."""
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


def strip_suffixes(word: str) -> list[tuple[int, str, str]]:
    """Return every way to strip suffixes, including none: end of the remaining word, derivational suffix, clitics."""
    found = []
    for end, clitics in strip_clitics(word):
        found.append((end, "", clitics))
        if word[end - 1 : end] == "i":
            found.append((end - 1, "-i", clitics))
        elif word[end - 2 : end] == "an":
            found.append((end - 2, "-an", clitics))
            if word[end - 3 : end - 2] == "k":
                found.append((end - 3, "-kan", clitics))
    return found


def strip_clitics(word: str) -> list[tuple[int, str]]:
    """Return every way to strip a particle, a pronoun or both: end of the remaining word, clitics; first: none."""
    found = [(len(word), "")]
    if word.endswith(PARTICLES):  # all have three letters
        found.append((len(word) - 3, "-" + word[-3:]))
    for end, particle in tuple(found):
        if word.endswith(PRONOUNS, 0, end):
            start = end - (3 if word.endswith("nya", 0, end) else 2)
            found.append((start, f"-{word[start:end]}{particle}"))
    return found
