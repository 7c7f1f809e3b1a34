"""The news agency that a text says it reports after: `dikutip dari Reuters`, `seperti dilansir kantor berita Antara`.

One rule for all agencies: a verb of reporting after somebody, then the agency, with nothing between but such words as
`dari` and `kantor berita`. What is told to an agency (`kepada AFP`) or about one is no report after it. A short form
that the text gives to somebody else, as AFP to the Australian police, is not the agency.
"""

import re
from typing import Final

from archive.press.agencies import canonical_agency

_NAMES: Final = (
    *("LKBN Antara", "ANTARA News", "Antara News", "ANTARA", "Antara", "Reuters", "Agence France-Presse", "AFP"),
    *("Associated Press", "AP News", "AP", "Xinhua", "Kyodo News", "Kyodo", "Yonhap News", "Yonhap", "Bernama"),
    *("Anadolu Agency", "Anadolu Ajansi", "Anadolu", "Sputnik", "RIA Novosti", "ITAR-TASS", "TASS", "IRNA", "WAFA"),
    *("UPI", "DPA", "EFE", "Bloomberg"),
)
# Each name contains one of these. All begin with a literal, so one pass is far cheaper than a test for each.
_SIGN: Final = re.compile(
    r"A(?:ntara|NTARA|gence|FP|ssociated|nadolu|(?<= A)P[ ,.])|Reuters|Xinhua|Kyodo|Yonhap|Bernama|Sputnik|RIA N|TASS"
    r"|IRNA|WAFA|UPI|DPA|EFE|Bloomberg"
)
_NAME = "|".join(map(re.escape, _NAMES))
_CITED = re.compile(
    r"\b(?:[Dd]i(?:kutip|lansir|nukil|wartakan|beritakan|laporkan)|[Mm]e(?:ngutip|lansir|nukil|wartakan)|"
    r"[Dd]emikian|[Ll]apor(?:kan)?)\s+(?:(?:dari|oleh|laman|situs|kantor|berita|laporan|pemberitaan|keterangan)\s+){0,4}"
    rf"(?P<agency>{_NAME})\b(?![ -](?:TV|Foto|Heritage|Business|Technoz|Billionaires|Intelligence))"
)
_WITH_A_NEWS_AGENCY: Final = re.compile(r"(?:kantor berita|[Aa]gen(?:ce|si) [Bb]erita)\s+AFP\b|Agence France")
_POLICE: Final = re.compile(
    r"(?:[Pp]olisi|[Kk]epolisian) Federal(?: Australia)?\b[^.\n]{0,20}\bAFP\b|AFP\s*\([Kk]e?polisi|"
    r"Australian Federal Police"
)
_SPELLED: Final = {"ap news": "AP", "yonhap news": "Yonhap", "lkbn antara": "ANTARA"}


def cited_agency(text: str) -> str | None:
    """The first agency that a text says it reports after; None if it names none so."""
    if _SIGN.search(text) is None:
        return None
    for cited in _CITED.finditer(text):
        words: str = cited["agency"]
        agency = canonical_agency(words) or _SPELLED.get(words.lower())
        if agency and stands_for_agency(agency, text):
            return agency
    return None


def stands_for_agency(agency: str, text: str) -> bool:
    """Whether a short form is the agency in this text: AFP is not where the Australian police is meant."""
    return agency != "AFP" or _POLICE.search(text) is None or _WITH_A_NEWS_AGENCY.search(text) is not None
