"""Regional bureaus and channels of outlets, as words in their names: `jatim` is Jawa Timur, `finance` a channel."""

import re
from typing import Final

_APART = re.compile(r"[\s_-]+")

BUREAUS: Final = {
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

# Channels that outlets name themselves after, as in detikFinance and kumparanBISNIS.
CHANNELS: Final = frozenset(
    [
        *("news", "finance", "bisnis", "ekonomi", "bola", "sport", "sports", "olahraga", "tekno", "techno", "oto"),
        *("otomotif", "health", "kesehatan", "travel", "food", "hot", "inet", "edu", "style", "wow", "video", "trend"),
        *("tren", "hits", "entertainment", "hiburan", "seleb", "celeb", "celebrity", "showbiz", "lifestyle", "mom"),
        *("woman", "nasional", "regional", "daerah", "megapolitan", "internasional", "global", "dunia", "hukum"),
        *("politik", "islam", "muslim", "khazanah", "haji", "properti", "skor", "sains", "superskor", "newsmaker"),
        *("wiki", "shopping", "kreatif", "plus", "economy", "ekbis"),
    ]
)
_BY_NAME: Final = {_APART.sub("", name.casefold()): name for name in (*BUREAUS, *BUREAUS.values())}


def bureau_of(words: str) -> str | None:
    """The bureau that words name, as `jatim`, `Jawa Timur` or `Kalimantan Selatan`; None if they name none."""
    key = _APART.sub("", words.casefold())
    return BUREAUS.get(key) or BUREAUS.get(_BY_NAME.get(key, ""), _BY_NAME.get(key))


def channel_of(words: str) -> str | None:
    """The channel that words name, capitalized; None if they name none."""
    key = _APART.sub("", words.casefold())
    return key.capitalize() if key in CHANNELS else None
