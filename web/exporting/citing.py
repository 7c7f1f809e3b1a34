"""Citations of articles: in every style as text, and in the formats of reference managers."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from archive.article import Article
from index.answers.citing import bibtex, csl_json, ris
from index.answers.citing.reference import DISPUTED, HELD, INDEX, INFERRED, Holding, Reference
from index.answers.citing.styles import LOCALES, NOTE, STYLES, Piece, cited
from index.answers.exporting.formats import FORMATS
from index.answers.exporting.text_encoding import encoded
from index.engine import IndexInfo
from web.exporting.setting import archive_title, article_address, public_url, today
from web.i18n import N_, gettext

MARKS: Final = {INFERRED: N_("[tanggal diperkirakan]"), DISPUTED: N_("[tanggal dipersoalkan]")}
PLACES: Final = {INDEX: N_("indeks {index}"), HELD: N_("indeks {index}, artikel {article}")}
_RECORDS: Final[Mapping[str, Callable[[Reference], str]]] = {
    "ris": ris.record,
    "bibtex": bibtex.record,
    "csl-json": lambda reference: json.dumps([csl_json.item(reference)], ensure_ascii=False, indent=1) + "\n",
}
RECORDS: Final = tuple(_RECORDS)  # the formats of a single reference


def reference(article: Article, index: IndexInfo) -> Reference:
    """Return an article as a reference; its address is that of the archive only if the public one is known."""
    address = article_address()(article.id) if public_url() else ""
    return Reference(article, Holding(archive_title(), index.id, address, today()))


def citations(references: Sequence[Reference], style: str, language: str) -> list[tuple[Piece, ...]]:
    """Return references as citations in a style and in the language of the page."""
    words = {told: gettext(own) for told, own in (MARKS | PLACES).items()}
    return cited(references, style, language if language in LOCALES else "en", words)


def style_names() -> dict[str, str]:
    """Return the styles as pages call them."""
    return {**STYLES, NOTE: gettext("Chicago, catatan kaki")}


def record(one: Reference, format_: str) -> tuple[bytes, str]:
    """Return a reference in a format, and its media type."""
    return encoded(_RECORDS[format_](one)), FORMATS[format_].media_type
