"""Years a text names, and which of them may be its own.

News that says `Kamis (19/9)` leaves its year to the reader, and most years in a text are not the missing one: laws
carry theirs (`UU Nomor 30 Tahun 2002`), people their birth, terms of office their end (`2019-2024`), and history says
`pada 2013`. Such a year never dates by itself; without another one the article stays without a year.
"""

import re
from collections.abc import Iterator

from archive.dating.date_parser import MONTHS

LATEST_YEARS = 2  # a text names its own year and perhaps one ahead; older ones are its history
CONTEXT = 60  # characters before a year that tell what kind of year it is

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OF_LAW = re.compile(
    r"/\s*$|\b(?:UU|RUU|PP|Perppu|Perpu|Perda|Perpres|Keppres|Inpres|[Pp]ermen\w*|(?i:nomor|no|pasal))\b\.?\s*[\w./-]*"
    r"(?:\s+(?i:tahun|thn|th)\.?)?\s*$"
    r"|\b(?i:nomor|no|undang-undang|peraturan|keputusan|instruksi|ketetapan|surat edaran)\b[^.;,]{0,40}\b"
    r"(?i:tahun|thn|th)\.?\s*$"
)
OF_ORIGIN = re.compile(
    r"\b(?:lahir|kelahiran|sejak|semenjak|berdiri|didirikan|dibangun|dibuat|buatan|keluaran|produksi|wafat|meninggal|"
    r"angkatan|menikah|merdeka|era|dekade|orde)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
OF_HISTORY = re.compile(
    r"\b(?:pada|di|dari|dalam|tahun|selama|awal|akhir|pertengahan|hingga|sampai|antara|musim|sebelum)\s*(?:tahun\s*)?$",
    re.IGNORECASE,
)
AFTER_MONTH = re.compile("(?:" + "|".join({name for names in MONTHS for name in names}) + r")\.?\s*$")
AFTER_YEAR = re.compile(r"\b((?:19|20)\d\d)\s*[-–/]\s*$")  # the end of a term or of a season
LONG_AGO = re.compile(r"\s*(?:silam|lalu)\b")


def likely_years(bodies: tuple[str, ...]) -> tuple[int, ...]:
    """The years a day without one may belong to, at most two in a row, the latest the text names in earnest."""
    named: dict[int, bool] = {}
    for year, telling in _named(bodies):
        named[year] = named.get(year, False) or telling
    latest = sorted(named)[-LATEST_YEARS:]
    return tuple(year for year in latest if named[year] and year >= latest[-1] - 1)


def _named(bodies: tuple[str, ...]) -> Iterator[tuple[int, bool]]:
    """Years that may be an article's, and whether the words around one speak for it."""
    for body in bodies:
        for match in YEAR.finditer(body):
            before = body[max(0, match.start() - CONTEXT) : match.start()]
            year = int(match.group())
            begun = AFTER_YEAR.search(before)
            ends_term = begun is not None and year - int(begun.group(1)) > 1
            if ends_term or (begun is None and OF_LAW.search(before)) or OF_ORIGIN.search(before):
                continue
            history = OF_HISTORY.search(before) or LONG_AGO.match(body, match.end())
            yield year, not history or AFTER_MONTH.search(before) is not None
