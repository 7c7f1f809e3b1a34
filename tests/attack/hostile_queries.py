"""Hostile addresses: paths and arguments, of which most can be read and the rest are wrong in every way."""

from collections.abc import Callable, Sequence
from random import Random

from web import params

WORDS = (
    *("harga", "cabai", "nelayan", "petani", "berunding", "pertemuan", "Korut", "AS", "KPK", "Kendari", "hujan", "di"),
    *("banjir", "puskesmas", "pelajar", "kereta", "wayang", "denuklirisasi", "menteri", "yang", "dan", "zzz"),
    *("mempertanggungjawabkan", "Jawa-Timur", "ke-7", "1945", "0", "K.H.", "(ke"),
)
SIGNS = (
    *("\x00", "\x07", "\x1b[31m", "\r\n", "\t", "\u2028", "\ufeff", "\u202e", "\u200b", "\ud800", "\udfff"),
    *("\U0010ffff", "\U0001f600", "é", "e\u0301" * 20, "ﷺ", "İ", "ß", "ŉ", "\u0600", "９", "٣", "𝟙", "𒐫"),
    *("*", "**", "?", "??", "?*?", '"', '""', '"~', "~", "~99999999", "(", ")", "((", "))", "-", "--", "=", "=="),
    *(":", "::", "..", "\\", "/", "%", "%00", "%s", "{{7*7}}", "${x}", "';--", "<b>", "&amp;", "#", "@", "|", "^"),
)
OPERATORS = ("OR", "AND", "NOT", "ATAU", "DAN", "BUKAN", "-", "=", "", "", "", "")
FIELDS = ("title", "judul", "outlet", "bureau", "agency", "reporter", "editor", "place", "date", "tanggal", "nowhere")
DATES = ("2018", "2018-05", "2018-05-30", "2018-13", "0000", "9999-12-31", "..", "2019..2018", "-1", "1e9", "٢٠١٨")
NUMBERS = ("1", "2", "0", "-1", "100", "101", "999999999", "9999999999", "1.5", "1e3", "٣", "0x1", "", " 1", "NaN")
VALUES = ("KABESA", "Kabar Selatan Daya", "none", "day", "month", "cue", "given", "", "\x00", "x" * 3000, "' OR 1=1")
CHOICES = {
    "sort": ("relevance", "newest", "oldest", "RELEVANCE", ""),
    "copies": ("fold", "loose", "show", "all"),
    "lead": ("best", "earliest", "longest", "\x00"),
    "expand": ("on", "off", "1"),
    "lang": ("id", "en", "xx"),
}
PATHS = (
    *("/", "/", "/", "/", "/api/v1/search", "/api/v1/search", "/api/v1/search", "/api/v1/suggest", "/api/v1/suggest"),
    *("/facets/{facet}", "/api/v1/facets/{facet}", "/article/{id}", "/api/v1/articles/{id}", "/story/{id}"),
    *("/api/v1/stories/{id}", "/help", "/api/v1/status", "/{junk}", "/api/{junk}", "/static/{junk}"),
)
DEEPEST = 6  # parentheses of a grammatical text
LONGEST = 60_000  # characters of an address; servers take less


def address(random: Random, ids: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
    """The path and the arguments of one request."""
    facet = random.choice((*params.CHOICES, "nowhere", _junk(random)))
    known = random.choice(ids) if random.random() < 0.7 else _junk(random)
    path = random.choice(PATHS).format(facet=facet, id=known, junk=_junk(random))
    pairs = [("q", text(random))] if random.random() < 0.9 else []
    if not path.endswith("suggest") or random.random() < 0.05:
        pairs += [_argument(random) for _ in range(random.choice((0, 0, 0, 1, 1, 2, 3, 8)))]
    if path.startswith(("/story", "/api/v1/stories")):
        pairs = [(random.choice(("base", "with", "q")), value) for _, value in pairs]
    random.shuffle(pairs)
    return path, pairs


def text(random: Random) -> str:
    """One query text."""
    kinds: Sequence[Callable[[Random], str]] = (_grammatical, _grammatical, _grammatical, _strung, _junk, _huge)
    return random.choice(kinds)(random)[:LONGEST]


def _grammatical(random: Random, depth: int = 0) -> str:
    parts = [_part(random, depth) for _ in range(random.choice((1, 1, 2, 2, 3, 5)))]
    joined = parts[0]
    for part in parts[1:]:
        operator = random.choice(OPERATORS)
        joined += f" {operator}{'' if operator in {'-', '='} else ' '}{part}"
    return joined


def _part(random: Random, depth: int) -> str:
    if depth < DEEPEST and random.random() < 0.08:
        return f"({_grammatical(random, depth + 1)})"
    return random.choice(PARTS)(random, random.choice(WORDS))


def _wildcard(random: Random, word: str) -> str:
    place = random.randrange(len(word) + 1)
    return word[:place] + random.choice("*?") + word[place:]


def _of_a_field(random: Random, word: str) -> str:
    value = random.choice((word, f'"{word}"', f"({word} OR {word})", random.choice(DATES), "*"))
    return f"{random.choice(FIELDS)}:{value}"


PARTS: Sequence[Callable[[Random, str], str]] = (
    *([lambda _, word: word] * 5),
    lambda random, _: '"' + " ".join(random.choices(WORDS, k=random.randrange(5))) + '"',
    lambda random, word: f'"{word} {random.choice(WORDS)}"~{random.choice(NUMBERS)}',
    lambda random, word: word + random.choice(SIGNS),
    lambda random, _: f"date:{random.choice(DATES)}..{random.choice(DATES)}",
    _wildcard,
    _of_a_field,
)


def _strung(random: Random) -> str:
    """Words and signs in any order."""
    return "".join(random.choices((*WORDS, *SIGNS, *OPERATORS, " "), k=random.randrange(1, 40)))


def _junk(random: Random) -> str:
    """Any characters of all of Unicode."""
    ranges = (
        (0, 0x7F),
        (0x80, 0x24F),
        (0x300, 0x36F),
        (0x600, 0x6FF),
        (0x2000, 0x206F),
        (0xD800, 0xFFFF),
        (0, 0x10FFFF),
    )
    return "".join(chr(random.randint(*random.choice(ranges))) for _ in range(random.choice((1, 3, 10, 60))))


def _huge(random: Random) -> str:
    """One thing repeated until it is long, deep or both."""
    times = random.choice((10, 59, 60, 61, 300, 990, 5000))
    one = random.choice((*SIGNS, *WORDS, "a ", "a* ", "?", "(a OR ", "NOT ", "-(", '"a', "a-", "a OR ", "title:", "=("))
    return one * times + random.choice(("", "a", ")" * times, '"'))


def _argument(random: Random) -> tuple[str, str]:
    kind = random.randrange(8)
    if kind == 0:
        return random.choice(("page", "size")), random.choice(NUMBERS)
    if kind == 1:
        return random.choice(("from", "to")), random.choice(DATES)
    if kind == 2:
        name = random.choice(tuple(CHOICES))
        return name, random.choice(CHOICES[name])
    if kind == 3:
        return "off", random.choice((*WORDS, *VALUES))
    if kind == 4:
        return random.choice((_junk(random), "Q", "q[]", "find", "base", "utm_source", "callback", "not.q")), "1"
    name = random.choice(params.CHOICES)
    value = random.choice(DATES) if name in {"year", "month"} else random.choice((*VALUES, *VALUES, _junk(random)))
    return random.choice(("", "", "not.")) + name, value
