"""Citation styles: references as text, formatted by citeproc with the CSL styles of the folder `styles`.

Punctuation that a style sets after a title's own question mark or full stop is dropped, as a writer would. So is a full
stop after one that a closing quotation mark has before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any, Final

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON

from index.answers.citing import csl_json
from index.answers.citing.reference import Reference

FOLDER: Final = Path(__file__).with_name("styles")
# Name → what the style is called, as it calls itself.
NOTE: Final = "chicago-note"  # a footnote; the others are entries of a list of references
STYLES: Final[Mapping[str, str]] = {
    "apa": "APA",
    "chicago": "Chicago",
    NOTE: "Chicago (notes)",
    "mla": "MLA",
    "indonesia": "Indonesia",
}
LOCALES: Final[Mapping[str, str]] = {"id": "id-ID", "en": "en-US"}
BEGIN, END, ADDRESS = "\ue000", "\ue001", "\ue002"  # private characters around italics, and in place of the address
_PRIVATE = re.compile(f"[{BEGIN}{END}{ADDRESS}]")
_DOUBLED = re.compile(r"([?!…]|\.\.\.)\.|(?<=[.?!…]”)\.")
_FULL_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_PIECE = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}|([^{BEGIN}]+)")
_working = Lock()  # citeproc keeps what it formats in the style


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a citation, in italics or not."""

    text: str
    italic: bool = False


def _italic(text: str) -> str:
    return f"{BEGIN}{text}{END}"


_FORMATTER: Final = SimpleNamespace(
    preformat=str, Italic=_italic, Oblique=_italic, **dict.fromkeys(("Bold", "Light", "Underline"), str),
    **dict.fromkeys(("Superscript", "Subscript", "SmallCaps"), str),
)  # fmt: skip


def cited(
    references: Sequence[Reference], style: str, language: str, words: Mapping[str, str] | None = None
) -> list[tuple[Piece, ...]]:
    """Return references as citations in a style, in the order given.

    `words` has the marks of uncertain dates, and the words for a place in the archive, in another language.
    """
    items = [_item(reference, words or {}) for reference in references]
    with _working:
        bibliography = CitationStylesBibliography(_style(style, LOCALES[language]), CiteProcJSON(items), _FORMATTER)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        texts = [str(text) for text in bibliography.bibliography()]
    return [tuple(_pieces(text, reference.url)) for text, reference in zip(texts, references, strict=True)]


def plain(citation: Sequence[Piece]) -> str:
    """Return a citation as plain text."""
    return "".join(piece.text for piece in citation)


@cache
def _style(name: str, locale: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(FOLDER / f"{name}.csl"), locale=locale, validate=False)


def _item(reference: Reference, words: Mapping[str, str]) -> dict[str, Any]:
    item = csl_json.item(reference)
    item["note"] = words.get(reference.date_mark, reference.date_mark)
    item["archive_location"] = reference.located(words.get(reference.location, ""))
    if "URL" in item:
        item["URL"] = ADDRESS
    item.get("issued", {}).pop("circa", None)  # its mark says so, and in words
    for name in ("title", "container-title", "archive_location"):
        item[name] = _PRIVATE.sub("", item.get(name, ""))
    if reference.article.title_derived:
        item["original-title"] = item.pop("title")  # brackets take the place of quotation marks
    return {name: fact for name, fact in item.items() if fact}


def _pieces(text: str, address: str) -> Iterator[Piece]:
    text = _FULL_STOPS.sub(".", _DOUBLED.sub(lambda found: found[1] or "", text))
    for match in _PIECE.finditer(text):
        italic = match[1] is not None
        yield Piece((match[1] if italic else match[2]).replace(ADDRESS, address), italic)
