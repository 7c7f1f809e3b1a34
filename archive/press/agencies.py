"""News agencies: their canonical names and spellings."""

from functools import lru_cache
from typing import Final

CACHED_NAMES = 4096  # spellings

AGENCIES: Final = {
    "ANTARA": ("antara", "antara news", "antaranews", "antaranews.com", "kantor berita antara"),
    "Reuters": ("reuters",),
    "AFP": ("afp", "agence france-presse", "agence france presse"),
    "AP": ("ap", "associated press", "the associated press"),
    "Xinhua": ("xinhua", "xinhua-oana"),
    "Kyodo": ("kyodo", "kyodo-oana", "kyodo news"),
    "Yonhap": ("yonhap", "yonhap-oana"),
    "Bernama": ("bernama", "bernama-oana"),
    "Anadolu": ("anadolu", "anadolu agency", "anadolu-oana", "anadolu ajansi"),
    "Sputnik": ("sputnik", "sputnik-oana", "ria novosti", "ria novosti-oana"),
    "TASS": ("tass", "itar-tass", "tass-oana"),
    "IRNA": ("irna", "irna-oana"),
    "WAFA": ("wafa", "wafa-oana"),
    "SPA": ("spa", "spa-oana"),
    "UPI": ("upi",),
    "DPA": ("dpa",),
    "EFE": ("efe",),
    "Bloomberg": ("bloomberg",),
    "Business Wire": ("business wire", "businesswire"),
    "PR Newswire": ("pr newswire", "prnewswire", "pr newswire asia"),
    "GlobeNewswire": ("globenewswire",),
    "PR Wire": ("pr wire", "prwire"),
    "Media OutReach": ("media outreach", "media outreach newswire"),
}

# Short uppercase names that occur in source lines but are not news agencies.
NO_AGENCIES: Final = frozenset({
    "AFC", "BBC", "BMKG", "BNPB", "BPBD", "BPOM", "BPS", "BUMN", "CNBC", "CNN", "DPR", "DPRD", "ESPN", "FACEBOOK",
    "FIFA", "GOOGLE", "IMF", "ISTIMEWA", "KPK", "KPU", "LSI", "MPR", "MUI", "NASA", "OJK", "PBB", "PLN", "POLRI",
    "PSSI", "SCTV", "TIKTOK", "TNI", "TVONE", "TVRI", "TWITTER", "UEFA", "UNESCO", "UNICEF", "VOA", "WHATSAPP", "WHO",
    "YOUTUBE",
})  # fmt: skip

_AGENCIES: Final = {spelling: name for name, spellings in AGENCIES.items() for spelling in spellings}


@lru_cache(maxsize=CACHED_NAMES)
def canonical_agency(spelling: str) -> str | None:
    """The canonical name of a news agency; None if the spelling is not a known agency."""
    return _AGENCIES.get(" ".join(spelling.casefold().strip(" .").split()))
