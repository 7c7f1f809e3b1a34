"""Name authority: canonical names of Indonesian outlets, their regional bureaus and news agencies.

`KOMPAS.com`, `kompas.com` and `Kompas` are one outlet; one canonical name gives it one facet value. An unknown outlet
keeps its domain as its name. A subdomain is a bureau only if it names a region: `kalsel.antaranews.com` is a bureau,
`bola.kompas.com` is a section.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

CACHED_NAMES = 4096  # spellings; an archive contains a few hundred
LONGEST_DOMAIN = 253  # characters, by the standard of domain names

OUTLETS = {
    "ANTARA News": ("antaranews.com", "antara news", "antara", "antara bews", "kantor berita antara"),
    "Kompas.com": ("kompas.com", "kompas", "kmp.im", "kompas com"),
    "Kompas.tv": ("kompas.tv", "kompas tv"),
    "Tribunnews.com": ("tribunnews.com", "tribunnews", "tribunnews.co", "tribun news"),
    "Liputan6.com": ("liputan6.com", "liputan6", "liputan 6"),
    "detikcom": ("detik.com", "detikcom", "detik", "detiknews"),
    "Tempo.co": ("tempo.co", "tempo", "tempo interaktif"),
    "Republika": ("republika.co.id", "republika", "republika.id"),
    "CNN Indonesia": ("cnnindonesia.com", "cnn indonesia", "cnnindonesia"),
    "CNBC Indonesia": ("cnbcindonesia.com", "cnbc indonesia"),
    "Okezone": ("okezone.com", "okezone"),
    "Sindonews": ("sindonews.com", "sindonews", "koran sindo"),
    "Suara.com": ("suara.com",),
    "Merdeka.com": ("merdeka.com",),
    "JPNN": ("jpnn.com", "jpnn"),
    "Kontan": ("kontan.co.id", "kontan"),
    "Bisnis.com": ("bisnis.com", "bisnis indonesia"),
    "Kumparan": ("kumparan.com", "kumparan"),
    "Viva": ("viva.co.id", "viva", "vivanews", "vivanews.com"),
    "JawaPos.com": ("jawapos.com", "jawa pos"),
    "Media Indonesia": ("mediaindonesia.com", "media indonesia"),
    "Pikiran Rakyat": ("pikiran-rakyat.com", "pikiran rakyat"),
    "Pos Kota": ("poskotanews.com", "poskota.co.id", "pos kota", "poskota"),
    "Lampung Post": ("lampost.co", "lampung post"),
    "Posmetro Medan": ("posmetro-medan.com", "posmetromedan.com", "posmetro medan"),
    "Juara.net": ("juara.net",),
    "Bolasport.com": ("bolasport.com",),
    "Goal.com": ("goal.com",),
    "KapanLagi": ("kapanlagi.com", "kapanlagi"),
    "Fimela": ("fimela.com", "fimela"),
    "WowKeren": ("wowkeren.com", "wowkeren"),
    "DailySocial": ("dailysocial.id", "dailysocial"),
    "TurnBackHoax": ("turnbackhoax.id", "turnbackhoax"),
    "iNews": ("inews.id", "inews", "inewsid"),
    "Beritasatu": ("beritasatu.com", "beritasatu"),
    "Gatra": ("gatra.com", "gatra"),
    "VOA Indonesia": ("voaindonesia.com", "voa indonesia"),
    "BBC Indonesia": ("bbc indonesia", "bbc news indonesia"),
    "Rappler": ("rappler.com", "rappler"),
    "Rimanews": ("rimanews.com", "rimanews"),
    "Kominfo": ("kominfo.go.id", "kominfo"),
}

AGENCIES = {
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
NO_AGENCIES = frozenset({
    "AFC", "BBC", "BMKG", "BNPB", "BPBD", "BPOM", "BPS", "BUMN", "CNBC", "CNN", "DPR", "DPRD", "ESPN", "FACEBOOK",
    "FIFA", "GOOGLE", "IMF", "ISTIMEWA", "KPK", "KPU", "LSI", "MPR", "MUI", "NASA", "OJK", "PBB", "PLN", "POLRI",
    "PSSI", "SCTV", "TIKTOK", "TNI", "TVONE", "TVRI", "TWITTER", "UEFA", "UNESCO", "UNICEF", "VOA", "WHATSAPP", "WHO",
    "YOUTUBE",
})  # fmt: skip

BUREAUS = {
    "aceh": "Aceh", "ambon": "Ambon", "babel": "Bangka Belitung", "bali": "Bali", "bandung": "Bandung",
    "bangka": "Bangka", "banjarmasin": "Banjarmasin", "banten": "Banten", "banyumas": "Banyumas", "batam": "Batam",
    "belitung": "Belitung", "bengkulu": "Bengkulu", "bogor": "Bogor", "cirebon": "Cirebon", "denpasar": "Denpasar",
    "flores": "Flores", "gorontalo": "Gorontalo", "jabar": "Jawa Barat", "jakarta": "Jakarta", "jambi": "Jambi",
    "jateng": "Jawa Tengah", "jatim": "Jawa Timur", "jogja": "Yogyakarta", "kalbar": "Kalimantan Barat",
    "kalsel": "Kalimantan Selatan", "kalteng": "Kalimantan Tengah", "kaltara": "Kalimantan Utara",
    "kaltim": "Kalimantan Timur", "kepri": "Kepulauan Riau", "kl": "Kuala Lumpur", "kupang": "Kupang",
    "lampung": "Lampung", "lombok": "Lombok", "makassar": "Makassar", "maluku": "Maluku", "manado": "Manado",
    "mataram": "Nusa Tenggara Barat", "medan": "Medan", "ntb": "Nusa Tenggara Barat",
    "ntt": "Nusa Tenggara Timur", "padang": "Padang", "palembang": "Palembang", "palu": "Palu", "papua": "Papua",
    "papuabarat": "Papua Barat", "pekanbaru": "Pekanbaru", "pontianak": "Pontianak", "riau": "Riau",
    "semarang": "Semarang", "solo": "Solo", "sulbar": "Sulawesi Barat", "sulsel": "Sulawesi Selatan",
    "sulteng": "Sulawesi Tengah", "sultra": "Sulawesi Tenggara", "sulut": "Sulawesi Utara",
    "sumbar": "Sumatera Barat", "sumsel": "Sumatera Selatan", "sumut": "Sumatera Utara", "surabaya": "Surabaya",
    "surakarta": "Surakarta", "ternate": "Ternate", "yogyakarta": "Yogyakarta",
    "rejabar": "Jawa Barat", "rejogja": "Yogyakarta",
}  # fmt: skip

DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|co|id|net|tv|org|news|info|im)", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:\s]+)", re.IGNORECASE)
REGIONAL_TRIBUN = re.compile(r"tribun-?([a-z]+)\.(?:com|co\.id|id|co)")
SPACED_DOT = re.compile(r"(?:(?<!\s)\s++)?\.\s*+")
MERGED_BUREAU = re.compile(r"Antara([A-Z]{2,3})")

_NAMES = {spelling: name for name, spellings in OUTLETS.items() for spelling in (name.casefold(), *spellings)}
_AGENCIES = {spelling: name for name, spellings in AGENCIES.items() for spelling in spellings}


@dataclass(frozen=True, slots=True)
class Publisher:
    """The outlet that published a text and its regional bureau; `known` if the outlet is in our list."""

    outlet: str
    bureau: str | None = None
    known: bool = True


@lru_cache(maxsize=CACHED_NAMES)
def canonical_agency(spelling: str) -> str | None:
    """The canonical name of a news agency; None if the spelling is not a known agency."""
    return _AGENCIES.get(" ".join(spelling.casefold().strip(" .").split()))


@lru_cache(maxsize=CACHED_NAMES)
def publisher_from_name(spelling: str) -> Publisher | None:
    """The outlet and bureau of a spelling; an unknown name is kept as written, an empty one gives None."""
    words = spelling.replace("\xa0", " ").split()
    if not words:
        return None
    spelling_key = SPACED_DOT.sub(".", " ".join(words)).strip(" .,")
    if (name := _NAMES.get(spelling_key.casefold())) is not None:
        return Publisher(name)
    return _bureau_of_antara(words) or _domain(spelling_key) or Publisher(" ".join(words), known=False)


def publisher_from_url(url: str) -> Publisher | None:
    """The outlet and bureau of a URL; None if it has no host."""
    host = HOST.match(url.strip())
    return publisher_from_name(host.group(1).rstrip(".").lower()) if host else None


def _bureau_of_antara(words: list[str]) -> Publisher | None:
    """Parse `ANTARA News Kalimantan Selatan`, `ANTARA Bengkulu` and `AntaraKL`."""
    if merged := MERGED_BUREAU.fullmatch(words[0]):
        return Publisher("ANTARA News", BUREAUS.get(merged.group(1).lower()))
    if words[0].casefold() != "antara":
        return None
    rest = words[2:] if len(words) > 1 and words[1].casefold() == "news" else words[1:]
    bureau = BUREAUS.get("".join(rest).casefold(), " ".join(rest))
    return Publisher("ANTARA News", bureau.title() if bureau.isupper() else bureau or None)


def _domain(spelling: str) -> Publisher | None:
    """Parse a domain: its longest known suffix is the outlet, the label before it may be a bureau."""
    host = spelling.lower().removeprefix("www.").removeprefix("m.")
    if len(host) > LONGEST_DOMAIN:
        return None
    if not DOMAIN.fullmatch(host):
        return Publisher(host, known=False) if "." in host and " " not in host else None
    labels = host.split(".")
    for cut in range(len(labels) - 1):
        if name := _NAMES.get(".".join(labels[cut:])):
            bureau = BUREAUS.get(labels[cut - 1]) if cut else None
            return Publisher(name, bureau)
    if (tribun := REGIONAL_TRIBUN.fullmatch(host)) and tribun.group(1) in BUREAUS:
        return Publisher("Tribunnews.com", BUREAUS[tribun.group(1)])
    return Publisher(host, known=False)
