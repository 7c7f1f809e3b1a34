"""Titles: the site's name and page numbers taken off given ones, and a title derived from a text that has none.

`Judul Halaman all - Kompas.com` is `Judul`. A part of a title is the site's only if it names the outlet of the article,
or as a host any known outlet. A title is derived from the first sentence that says something: never from an address,
nor from a line about where the text is taken from.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from archive.press.desks import channel_of
from archive.press.outlets import publisher_from_name

LONGEST_DERIVED_TITLE: Final = 90  # characters; fits two lines of a results page
LONGEST_SITE: Final = 60  # characters of the part that names the site
FEWEST_LETTERS: Final = 3  # of what is left of a title
MOST_PARTS: Final = 3  # taken off one title: page, section and site
FEWEST_WORDS_OF_A_SLUG: Final = 3  # fewer are a number or a section

_SUFFIX = re.compile(rf"(?:(?<!\s)\s*+)?(?:\s(?:[-–—:·•]|::)\s|\s?[|»]\s?)(?P<site>[^|»]{{2,{LONGEST_SITE}}})$")
_PREFIX = re.compile(
    r"(?P<site>[\w-]{2,30}(?:\.[\w-]{2,10}){1,3}|[^|:»]{2,40}(?= \|)|[^\W\d_][\w ]{2,30}(?= [-–] ))\s*[:|»–-]\s+(?=\S)"
)
_PAGE = re.compile(
    r"(?<!\s)\s++(?:[-–|]\s*+)?(?:\(?(?:[Hh]alaman|[Hh]al\.?|[Pp]age)\s+(?:all|\d{1,2})(?:\s+(?:dari|of)\s+\d{1,2})?\)?"
    r"|[Hh]alaman\s+[Aa]ll)$"
)
_SEPARATOR = re.compile(r"[-–—:·•|»]")  # one stands between a title and a site; most titles have none
_BETWEEN_WORDS_OF_A_SLUG = re.compile(r"[-_ ]+")
_PARTS_OF_A_NAME = (1, 2, 3)  # words at the end of a suffix: "News Liputan6.com", "Berita - CNN Indonesia"

SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|dr|drs|dra|prof|ir|h|hj|kh|no|rp|pt|cv|tbk|jl|st|tn|ny|mr|mrs|ms|brigjen|kol|letkol|mayjen|"
    r"letjen|jend|kompol|akbp|akp|iptu|ipda|aiptu|bripka|kab|kec|kel|dll|dsb|hlm|vs|m|s|a)\.$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?:/{0,2}|www\.)\S++\s*+", re.IGNORECASE)
_ABOUT_THE_TEXT = re.compile(
    r"\W*(?:di(?:sadur|sarikan|kutip|lansir|terjemahkan|ambil|olah) (?:dan \w+ )?(?:dari|ulang dari) (?:artikel|"
    r"berita|laman|situs|tulisan|halaman|sumber)\b|artikel (?:ini|asli)\b|"
    r"(?:berita|tulisan) ini (?:telah|sudah)\b|"
    r"(?:sumber|foto|ilustrasi|penulis|reporter|editor|link|tautan|url|baca juga)\s*:)",
    re.IGNORECASE,
)


def clean_title(title: str, outlet: str | None) -> str:
    """A given title without the site's name before or after it, and without page numbers."""
    cleaned = _without_page(title)
    if _SEPARATOR.search(cleaned):
        cleaned = _without_site(cleaned, outlet)
    return cleaned if sum(map(str.isalpha, cleaned)) >= FEWEST_LETTERS else title


def _without_page(title: str) -> str:
    """A title without the number of a page, which only a number, `all` or a bracket ends."""
    return _PAGE.sub("", title) if title[-1:].isdigit() or title.endswith(("l", ")", "\n")) else title


def _without_site(title: str, outlet: str | None) -> str:
    cleaned = title
    named = False
    for _ in range(MOST_PARTS):
        suffix = _SUFFIX.search(cleaned)
        if suffix is None or not (_is_site(suffix["site"], outlet) or (named and channel_of(suffix["site"]))):
            break
        named, cleaned = True, _without_page(cleaned[: suffix.start()].rstrip())
    prefix = _PREFIX.match(cleaned)
    if prefix and _is_site(prefix["site"], outlet):
        cleaned = cleaned[prefix.end() :]
    return cleaned


def _is_site(words: str, outlet: str | None) -> bool:
    """Whether a part of a title names the outlet, alone or at its end, or is the host of a known one."""
    parts = words.split()
    for count in (len(parts), *_PARTS_OF_A_NAME):
        if not parts or count > len(parts):
            continue
        publisher = publisher_from_name(" ".join(parts[-count:]))
        if publisher and publisher.known and (publisher.outlet == outlet or ("." in parts[-1] and outlet is None)):
            return True
    return False


def is_address(words: str) -> bool:
    """Whether words are an address and nothing else."""
    return words.lstrip()[:4].lower() in {"http", "www."} and not _ADDRESS.sub("", words).strip()


def derive_title(bodies: Sequence[str]) -> str:
    """Derive a title from the first sentence of a text; a long one is cut at a word and ends in an ellipsis."""
    for body in bodies:
        sentence = _first_sentence(_ADDRESS.sub("", body[: 8 * LONGEST_DERIVED_TITLE]))
        if sentence:
            return _shortened(sentence)
    return _from_slug(bodies) or _shortened(" ".join(bodies[0].split()).removeprefix("https://").replace("/", " "))


def _first_sentence(body: str) -> str:
    """The first sentence that says something of its own; "" if none does."""
    rest = " ".join(body.split())
    while rest:
        end = _end_of_sentence(rest)
        sentence, rest = rest[:end].rstrip(), rest[end:].lstrip()
        if any(map(str.isalnum, sentence)) and not _ABOUT_THE_TEXT.match(sentence):
            return sentence
    return ""


def _end_of_sentence(text: str) -> int:
    for end in SENTENCE_END.finditer(text):
        if end.group()[0] != "." or not ABBREVIATION.search(text, 0, end.start() + 1):
            return end.end()
    return len(text)


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST_DERIVED_TITLE:
        return sentence.removesuffix(".") or sentence
    cut = sentence[:LONGEST_DERIVED_TITLE]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(' ,;:-–—("“') + "…"


def _from_slug(bodies: Sequence[str]) -> str:
    """The words of the last part of an address, for a text that is nothing but addresses."""
    for body in bodies:
        path = urlsplit(body.split()[0]).path if body.split() else ""
        words = _BETWEEN_WORDS_OF_A_SLUG.split(unquote(path.rstrip("/").rpartition("/")[2]).partition(".")[0])
        if len(words) >= FEWEST_WORDS_OF_A_SLUG:
            return _shortened(" ".join(words).capitalize())
    return ""
