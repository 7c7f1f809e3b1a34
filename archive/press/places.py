"""Gazetteer: places that may open a text without an outlet (`Bandung - ...`), and canonical place spellings.

Only a bare name before a dash is looked up in the list; a dateline with an outlet may name any place. Spelling variants
map to one canonical name, so that a place has one facet value.
"""

import re


def _listed(names: str) -> frozenset[str]:
    return frozenset(" ".join(names.split()).split(", "))


PLACES = _listed("""
Agam, Ambon, Ankara, Badung, Baghdad, Bali, Balikpapan, Banda Aceh, Bandar Lampung, Bandarlampung, Bandung,
Bangkalan, Bangkok, Banjarmasin, Banjarnegara, Banten, Bantul, Banyuasin, Banyumas, Banyuwangi, Barcelona,
Batam, Batang, Beijing, Bekasi, Bengkulu, Berlin, Bima, Bitung, Blitar, Blora, Bogor, Bojonegoro, Bondowoso,
Bone, Bontang, Boston, Boyolali, Brebes, Brussel, Bukittinggi, Buleleng, Bulukumba, Canberra, Chicago, Ciamis,
Cianjur, Cilacap, Cilegon, Cimahi, Cirebon, Damaskus, Deli Serdang, Demak, Denpasar, Denver, Depok, Doha,
Donggala, Dubai, Dumai, Ende, Garut, Gaza, Gianyar, Gorontalo, Gowa, Gresik, Grobogan, Gunungkidul, Hanoi, Hong
Kong, Houston, Indramayu, Islamabad, Istanbul, Jakarta, Jambi, Jayapura, Jeddah, Jember, Jeneponto, Jenewa,
Jepara, Jogja, Jombang, Kabul, Kairo, Kampar, Karanganyar, Karangasem, Karawang, Karimun, Kebumen, Kediri,
Kendal, Kendari, Klaten, Kotawaringin, Kuala Lumpur, Kudus, Kulon Progo, Kuningan, Kupang, Kutai Kartanegara,
Labuan Bajo, Lahat, Lamongan, Lampung, Langkat, Las Vegas, Lebak, Lhokseumawe, Liverpool, Lombok, London, Los
Angeles, Lumajang, Luwuk, Madinah, Madiun, Madrid, Magelang, Majalengka, Makassar, Makkah, Malang, Mamasa,
Mamuju, Manado, Manchester, Manila, Manokwari, Maros, Mataram, Maumere, Medan, Mekkah, Melbourne, Merauke,
Metro, Miami, Milan, Minahasa, Mojokerto, Moskow, Muara Enim, Nabire, Natuna, New Delhi, New York, Nganjuk,
Ngawi, Nunukan, Pacitan, Padang, Palangka Raya, Palangkaraya, Palembang, Palu, Pamekasan, Pandeglang,
Pangandaran, Pangkalpinang, Parepare, Paris, Pasuruan, Pati, Payakumbuh, Pekalongan, Pekanbaru, Pemalang,
Pesawaran, Polewali Mandar, Ponorogo, Pontianak, Poso, Pringsewu, Probolinggo, Purbalingga, Purwakarta,
Purwokerto, Purworejo, Pyongyang, Rembang, Rio de Janeiro, Riyadh, Rokan Hilir, Roma, Salatiga, Samarinda,
Sampang, San Francisco, Sao Paulo, Semarang, Seoul, Serang, Shanghai, Siak, Sidoarjo, Sigi, Simalungun,
Singapura, Situbondo, Sleman, Solo, Sorong, Sragen, Subang, Sukabumi, Sukoharjo, Sumbawa, Sumedang, Sumenep,
Surabaya, Surakarta, Sydney, Tabanan, Takalar, Tangerang, Tangerang Selatan, Tanggamus, Tanjungpinang, Tarakan,
Tasikmalaya, Tegal, Teheran, Temanggung, Ternate, Timika, Tokyo, Tomohon, Trenggalek, Tuban, Tulungagung, Turin,
Wajo, Wamena, Washington, Washington DC, Wina, Wonogiri, Wonosobo, Yerusalem, Yogyakarta
""")

# Uppercase words that may precede a dash but are not places.
HEADINGS = _listed("""
ANALISIS, ASEAN, BENAR, BMKG, BNPB, BPJS, BUMN, CATATAN, COVID, DISINFORMASI, DPRD, EDITORIAL, FAKTA, FIFA,
FOTO, HOAKS, HOAX, INFO, INFO NASIONAL, KLARIFIKASI, KOLOM, NASA, OPINI, PSSI, SALAH, TIPS, TNKB, TOPIK, UEFA,
UNESCO, UPDATE, VIDEO
""")

# Spelling variants of the same place → the official spelling.
SPELLINGS = {
    "bandaaceh": "Banda Aceh", "bandarlampung": "Bandar Lampung",
    "banjar baru": "Banjarbaru", "bau-bau": "Baubau", "bau bau": "Baubau", "bukit tinggi": "Bukittinggi",
    "gunung kidul": "Gunungkidul", "jogja": "Yogyakarta", "jogjakarta": "Yogyakarta", "yogya": "Yogyakarta",
    "kota mobagu": "Kotamobagu", "kulonprogo": "Kulon Progo",
    "labuanbajo": "Labuan Bajo", "lubuk linggau": "Lubuklinggau", "makasar": "Makassar", "mekah": "Makkah",
    "mekkah": "Makkah", "palangkaraya": "Palangka Raya", "pangkal pinang": "Pangkalpinang",
    "pare-pare": "Parepare", "pare pare": "Parepare", "pematang siantar": "Pematangsiantar",
    "tanjung pinang": "Tanjungpinang", "tanjungselor": "Tanjung Selor",
    "tebingtinggi": "Tebing Tinggi", "washington d.c": "Washington DC", "washington dc": "Washington DC",
}  # fmt: skip
REST_OF_HOST = re.compile(r"^(?:com|co|id|net)\b[.,\s]+(?=\w)", re.IGNORECASE)  # "Com, Jakarta"
ACRONYMS = re.compile(r"\b(?:As|Dc|Diy|Dki|Ntb|Ntt|Uea|Usa)\b")  # acronyms that title-casing spoils


SHORTEST_CUT = 5  # letters; shorter words that a letter was cut off may be anything


def _cut_names() -> dict[str, str]:
    """Well-known places by what is left of them without the first or the last letter."""
    known = {place.casefold() for place in PLACES}
    found: dict[str, set[str]] = {}
    for place in PLACES:
        for cut in (place[1:].casefold(), place[:-1].casefold()):
            if len(cut) >= SHORTEST_CUT and cut not in known:
                found.setdefault(cut, set()).add(place)
    return {cut: places.pop() for cut, places in found.items() if len(places) == 1}


_CUT_NAMES = _cut_names()


def canonical_place(words: str) -> str:
    """The canonical spelling of a place, title-cased if in capitals; comma-separated places are mapped one by one.

    A well-known place that lost a letter at an end is made whole, and the rest of a host before it is left out.
    """
    place = REST_OF_HOST.sub("", " ".join(words.split()))
    if place.isupper():
        place = ACRONYMS.sub(lambda match: match.group().upper(), place.title().replace("'S", "'s"))
    return ", ".join(map(_canonical_part, place.split(", ")))


def _canonical_part(part: str) -> str:
    key = part.casefold().strip(" .")
    whole = _CUT_NAMES.get(key, part)
    return SPELLINGS.get(whole.casefold() if whole != part else key, whole)
