"""Find the years a text names, and which of them may be the year of its news.

News such as `Kamis (19/9)` omits the year, and most years in a text are not the missing one. Laws carry theirs (`UU
Nomor 30 Tahun 2002`), people their year of birth, terms of office their end (`2019-2024`), and background says `pada
2013`. Such a year never dates an article by itself; if there is no other, the article stays without a year.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.dating.date_parser import MONTHS

LATEST_YEARS = 2  # a text names its own year and perhaps the next; older years are background
CONTEXT = 60  # characters before a year that are searched for what kind of year it is

YEAR = re.compile(r"(?:19|20)(?<=\b..)\d\d\b")  # begins with its digits, which are found in half the time of a \b
OF_LAW = re.compile(
    r"/\s*$|\b(?:UU|RUU|PP|Perppu|Perpu|Perda|Perpres|Keppres|Inpres|[Pp]ermen\w*|(?i:nomor|no|pasal))\b\.?\s*[\w./-]*"
    r"(?:\s+(?i:tahun|thn|th)\.?)?\s*$"
    r"|\b(?i:nomor|no|undang-undang|peraturan|keputusan|instruksi|ketetapan|surat edaran)\b[^.;,]{0,40}\b"
    r"(?i:tahun|thn|th)\.?\s*$"
)
IN_FIGURES = re.compile(r"\d\s*/\s*\d{1,2}\s*/$")  # the day and month of a date before its year
# What the words before a year contain or end with if a pattern may match them: far cheaper than the pattern.
LAW_WORDS = (
    *("uu", "pp", "perp", "perda", "permen", "inpres", "no", "pasal", "undang", "peraturan", "keputusan", "instruksi"),
    *("ketetapan", "surat edaran"),
)
PAST_ENDINGS = ("pada", "di", "dalam", "awal", "akhir", "pertengahan", "tahun", "bulan")
SINCE_ENDINGS = ("sejak", "semenjak", "awal", "akhir", "pertengahan", "tahun", "bulan")
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
THIS_YEAR = re.compile(r"\s*ini\b")
SENTENCE = 120  # characters before and after a year that are searched for words of the future
ENDS_OF_SENTENCE = re.compile(r"[.!?][\"”’)]*\s|\n")
_OF_YEAR = r")\s*(?:awal|akhir|pertengahan)?\s*(?:tahun|bulan)?\s*$"
OF_PAST = re.compile(r"\b(?:pada|di|dalam" + _OF_YEAR, re.IGNORECASE)
SINCE = re.compile(r"\b(?:sejak|semenjak" + _OF_YEAR, re.IGNORECASE)
OF_RANGE_AFTER = re.compile(r"\s*[-–/]\s*\d")
AHEAD = re.compile(  # words of plans, and of events named by a year that may be still to come
    r"\b(?:akan|bakal|mendatang|depan|nanti\w*|besok|hendak|target\w*|ditarget\w*|menargetkan|hingga|sampai|menuju|"
    r"renca\w*|beren\w*|meren\w*|diren\w*|jelang|menjelang|menyambut|calon\w*|pencalonan|maju|pemilu\w*|pilpres|"
    r"pileg|pilkada|piala|olimpiade|games|euro|asia|liga|musim|kualifikasi|proyeksi\w*|diproyeksikan|prediksi|diprediksi|"
    r"memprediksi|perkiraan|diperkirakan|memperkirakan|paling lambat|harus|bisa|dapat|visi|outlook|r?apbn\w*|r?apbd\w*|"
    r"anggaran|ajaran|model|edisi|periode|program|siap\w*|mulai|berlaku|berakhir|selesai|rampung|tuntas|beroperasi|"
    r"jadwal\w*|dijadwalkan|menanti|agenda|baru|angkatan|peta jalan|rancangan|ruu|prolegnas|berlanjut|"
    r"jika|apabila|bila|kalau|mau|ingin|optimis\w*|berharap|harap\w*|diharapkan|potensi|berpotensi|estimasi|ramal\w*|diramal\w*)\b",
    re.IGNORECASE,
)


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
            begun = _begun(before)
            ends_term = begun is not None and year - int(begun.group(1)) > 1
            if ends_term or (begun is None and _is_of_law(before)) or OF_ORIGIN.search(before):
                continue
            history = OF_HISTORY.search(before) or LONG_AGO.match(body, match.end())
            present = AFTER_MONTH.search(before) or THIS_YEAR.match(body, match.end())
            yield year, not history or present is not None


class PastYears(NamedTuple):
    """The latest year a text names as past or present: in any way, and in a way that leaves no doubt."""

    named: int
    certain: int

    def come_after(self, year: int) -> bool:
        """Whether a day of that year lies before what the text already looks back on.

        `pada 2020` in a text of 2019 is often a plan, so the year after does not tell by itself.
        """
        return year < self.certain or year < self.named - 1

    def through(self, year: int) -> "PastYears":
        """These, and a year of which the text tells a day."""
        return PastYears(max(self.named, year), max(self.certain, year))


NO_PAST_YEARS = PastYears(0, 0)


def past_years(bodies: tuple[str, ...], newest: int) -> PastYears:
    """The latest years, up to `newest`, that the text names as past: nothing in it was written before. 0 for none.

    `pada 2016`, `sejak tahun 2016`, `2016 silam` and `UU Nomor 13 Tahun 2016` are of the past, unless the sentence
    speaks of plans or of an event named by its year.
    """
    found = [(year, certain) for body in bodies for year, certain in _past_years(body) if year <= newest]
    certain = max((year for year, sure in found if sure), default=0)
    return PastYears(max((year for year, _ in found), default=0), certain)


def _past_years(body: str) -> Iterator[tuple[int, bool]]:
    """Yield the years named as past, and whether there is no doubt."""
    for match in YEAR.finditer(body):
        before = body[max(0, match.start() - CONTEXT) : match.start()]
        if _begun(before) or OF_RANGE_AFTER.match(body, match.end()):
            continue
        ending = before.rstrip().lower()
        since = ending.endswith(SINCE_ENDINGS) and SINCE.search(before)
        certain = LONG_AGO.match(body, match.end()) or since or _is_of_law(before)
        past = certain or (ending.endswith(PAST_ENDINGS) and OF_PAST.search(before))
        if past and not AHEAD.search(_sentence(body, match.start(), match.end())):
            yield int(match.group()), bool(certain)


def _begun(before: str) -> re.Match[str] | None:
    """The year in which a term or season began that ends with the year after these words: `2019-2024`."""
    return AFTER_YEAR.search(before) if before.rstrip().endswith(("-", "–", "/")) else None


def _is_of_law(before: str) -> bool:
    """Whether the year after these words is that of a law: `UU Nomor 30 Tahun 2002`."""
    folded = before.rstrip().lower()
    if IN_FIGURES.search(folded):
        return False
    if not folded.endswith("/") and not any(map(folded.__contains__, LAW_WORDS)):
        return False
    return OF_LAW.search(before) is not None


def _sentence(body: str, start: int, end: int) -> str:
    """The sentence around `body[start:end]`, as far as it is near."""
    before = body[max(0, start - SENTENCE) : start]
    begins = max((found.end() for found in ENDS_OF_SENTENCE.finditer(before)), default=0)
    after = ENDS_OF_SENTENCE.search(body, end, end + SENTENCE)
    return before[begins:] + body[end : after.start() if after else end + SENTENCE]
