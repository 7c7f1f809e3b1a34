"""Hostile values: texts, JSON values and file names that strain whatever reads them."""

import json
from collections.abc import Sequence
from random import Random

from tests.attack import material

LONGEST_NAME = 200  # bytes of a file name; Linux allows 255
PIECES = (
    *("(ANTARA) - ", "JAKARTA, KOMPAS.com -- ", "Pewarta: A, B dan C\n", "Editor: ", "Baca juga: ", "© ANTARA 2018\n"),
    *("COPYRIGHT © ANTARA 2018", "Senin (31/2/2018)", "30 Februari 2018", "a.com.", "www.", "http://a.com/2018/05/30/"),
    *(
        "(ab/cd/ef)",
        "Amerika Serikat (AS) ",
        "Reporter : ",
        "-",
        "--",
        ". ",
        ", ",
        "\n",
        "\n\n",
        "\t",
        " ",
        "“",
        "”",
        '"',
    ),
    *("Rabu malam (30/5) ", "2018-05-30T25:61:61Z", "tgl 1 ", "pukul 25.61 WIB", "**", "[", "]", "(", ")", "/", "|"),
    *("e\u0301", "\u200b", "\u202e", "\ufffd", "\x00", "\x1b[31m", "\x07", "\ud800", "\U0001f600", "Ã©", "&amp;amp;"),
    *("ke-", "anti-", "a", "é", "word", "MPR/DPR ", "K.H. ", "1.000.000,00 ", "٣", "９", "ﷺ", "İ", "ß", "̈"),
)
WIDE = (1, 3, 30, 300, 3000)
VALUES: Sequence[object] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    float("nan"),
    float("inf"),
    10**400,
    "",
    " ",
    [],
    {},
    [[]],
    [None],
    "\x00",
)
DATES = ("0000-00-00", "9999-12-31", "31/12/99", "2018-02-30", "1e9", "1527638400", "-62135596801", "kemarin", "Mei")


def hostile_text(random: Random) -> str:
    """A text that repeats, mixes or chains what the rules for news texts look for."""
    kind = random.randrange(6)
    if kind == 0:
        return random.choice(PIECES) * random.choice(WIDE)
    if kind == 1:
        return "".join(random.choices(PIECES, k=random.choice(WIDE)))
    if kind == 2:  # many different words, chained
        chain = random.choice(("-", "/", "'", ".", "_", "–", ", ", "\u00ad"))
        return chain.join(f"kata{number}" for number in range(random.choice(WIDE)))
    if kind == 3:
        return random.choice(("a", " ", "A", "0", ".", "\n", "é", "-a", "a ")) * random.choice((10, 1000, 30_000))
    if kind == 4:
        sample = random.choice(material.samples()).text
        place = random.randrange(len(sample))
        return sample[:place] + random.choice(PIECES) * random.choice(WIDE) + sample[place:]
    return "".join(chr(random.randrange(0x110000)) for _ in range(random.choice(WIDE)))


def hostile_value(random: Random) -> object:
    """A JSON value that a field is not expected to have."""
    kind = random.randrange(5)
    if kind == 0:
        return random.choice(VALUES)
    if kind == 1:
        return random.choice(DATES)
    if kind == 2:
        return [hostile_text(random)[:200] for _ in range(random.randrange(4))]
    if kind == 3:
        return {hostile_text(random)[:20]: random.choice(VALUES)}
    return hostile_text(random)


def deep_json(random: Random) -> str:
    """JSON that is nested deeply, closed or not."""
    deep = random.choice((10, 900, 1100, 100_000))
    opened, closed = random.choice((("[", "]"), ('{"a":', "}"), ('[{"text":', "}]"), ('{"text":[', "]}")))
    inner = json.dumps(material.told(material.samples()[0]))
    return opened * deep + random.choice(("1", inner, "")) + closed * random.choice((deep, deep, deep - 1, 0))


def odd_name(random: Random, suffix: str) -> bytes:
    """The name of a file, as bytes; most are plain. None begins with a dot, since hidden files are not read."""
    if random.random() < 0.7:
        return f"a{random.randrange(10**6)}{suffix}".encode()
    raw = random.choice(
        (
            hostile_text(random)[:60].encode("utf-8", "surrogatepass"),
            bytes(random.randrange(1, 256) for _ in range(random.randrange(1, 40))),
            b"\x1b]0;title\x07" + b"\x1b[31m",
            b"a\nb\rc\td",
            b" .. ",
            b"-rf",
            b"n" * 180,
            b"%2e%2e%2f",
            b"\xff\xfe\xed\xa0\x80",
        )
    )
    plain = raw.replace(b"/", b"_").replace(b"\0", b"_")[: LONGEST_NAME - len(suffix)]
    return (b"a" + plain if plain[:1] in {b"", b"."} else plain) + suffix.encode()
