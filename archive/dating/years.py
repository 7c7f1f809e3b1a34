"""Find the years a text names, and which of them may be the year of its news.

News such as `Kamis (19/9)` omits the year, and most years in a text are not the missing one. Laws carry theirs (`UU
Nomor 30 Tahun 2002`), people their year of birth, terms of office their end (`2019-2024`), and background says `pada
2013`. Such a year never dates an article by itself; if there is no other, the article stays without a year.
"""

import re
from collections.abc import Iterator

from archive.dating.date_parser import MONTHS

LATEST_YEARS = 2  # a text names its own year and perhaps the next; older years are background
CONTEXT = 60  # characters before a year that are searched for what kind of year it is

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
AFTER_YEAR = re.compile(r"\b((?:19|20)\d\d)\s*[-–/]\s*$")  # the year before is the start of a term or season
LONG_AGO = re.compile(r"\s*(?:silam|lalu)\b")


def likely_years(bodies: tuple[str, ...]) -> tuple[int, ...]:
    """Candidate years for a day without one, at most two in a row.

    They are those of the latest two years named that the text supports and that are no more than a year apart.
    """
    named: dict[int, bool] = {}
    for year, supported in _candidates(bodies):
        named[year] = named.get(year, False) or supported
    latest = sorted(named)[-LATEST_YEARS:]
    return tuple(year for year in latest if named[year] and year >= latest[-1] - 1)


def _candidates(bodies: tuple[str, ...]) -> Iterator[tuple[int, bool]]:
    """Yield years that may be the article's, and whether the words around one support it."""
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
