"""The layouts of the largest outlets: where their pages, old and new, have the text, the byline and the day.

They are told by the classes and ids of elements, which outlets share and keep for years, so a layout is not bound to a
host. Where none is found, or it holds too little, the text is looked for by its shape.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from lxml.etree import XPath
from lxml.html import HtmlElement

LONGEST_BYLINE = 120  # characters
LEAST_TEXT = 200  # characters of the text of an article; what is shorter is a teaser or a caption

_LABELLED: Final = "//div/text() | //span/text() | //p/text() | //td/text() | //strong/text() | //author/text()"
_BYLINE = re.compile(r"(?:penulis|reporter|pewarta|jurnalis|wartawan)\s*[:|]\s*(?P<names>\w[^:|]{2,80})", re.IGNORECASE)
_ROLES = re.compile(r"Re[pd](?:\.|orter|aktur)?\s*:\s*\w.{2,100}")  # Republika: "Rep: Ani Rahma/ Red: Budi Karta"
_SIGNED_DAY = re.compile(
    r"(?P<names>[A-Z][^,|\d]{2,60}), [^,|\d]{2,30} \| .{4,60}"
)  # "Ani Rahma, CNN Indonesia | Kamis, …"
_LABEL_CELLS: Final = "//tr[count(td)=2]/td[1][string-length(normalize-space()) < 12]"  # "Penulis", ": Ani Rahma"

# detik, CNN Indonesia · Kompas · Tribunnews · Liputan6, Bola.com · Okezone · Sindonews · Tempo · ANTARA · Republika ·
# Merdeka, Dream, Brilio, KapanLagi · Bola.net · in common
_BODIES: Final = """
#detikdetailtext .detail__body-text .itp_bodycontent .detail_text .text_detail .detail-text
.kcm-read-text .kcm-read-content-text .read__content .read-content
.txt-article #article_con
.article-content-body .article-content-body__item-content .text-detail
#contentx #contents .detail-content #content-detail
.desc-artikel #detail-desc .detail-desc .news-content .article-desc
.detail-konten .detail-in #isi .detail-artikel .p-article
.wrap__article-detail-content .post-content #content_news .content_news .article-body
.article-content .artikel .txt_artikel
.mdk-body-paragraph .deskrip-detail .body-paragraph .content-detail
.content-news
@articleBody .entry-content .td-post-content .post-body .article-text
"""
_BYLINES: Final = """
.detail__author .author .read__author .credit-title-name .penulis .reporter .byline .read-page--header--author__name
author @author .namerep .article__author .detail-reporter #penulis .writer
"""
_DAYS: Final = """
.detail__date .date .read__time .kcm-date .read__date .tanggal .time .article__date .waktu .meta-date .entry-date
.read-page--header--author__datetime .namerep .detail-date .date-article .article-date time
"""


def body_elements(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that hold the text, by the first layout that holds enough; none if no layout is known."""
    for sign in _BODIES.split():
        found = _outermost(_find(sign)(tree))
        if sum(len(element.text_content()) for element in found) >= LEAST_TEXT:
            return found
    return []


def byline(tree: HtmlElement) -> list[str]:
    """What stands where layouts have the names of reporters, and what is labelled so; the first place first."""
    short = [" ".join(text.split()) for text in tree.xpath(_LABELLED) if len(text) <= LONGEST_BYLINE]
    rows = [" ".join(cell.getparent().text_content().split()).replace(" :", ":") for cell in tree.xpath(_LABEL_CELLS)]
    labelled = (found["names"] for found in map(_BYLINE.fullmatch, [*short, *rows]) if found)
    signed = (found["names"] for found in map(_SIGNED_DAY.fullmatch, days(tree)) if found)
    return [*_texts(tree, _BYLINES), *labelled, *signed]


def roles(tree: HtmlElement) -> list[str]:
    """What tells reporters and editors apart by labels, which metadata may mix up."""
    short = (" ".join(text.split()) for text in tree.xpath(_LABELLED) if len(text) <= LONGEST_BYLINE)
    return [line for line in short if _ROLES.fullmatch(line)][:1]


def days(tree: HtmlElement) -> list[str]:
    """What stands where layouts have the day of publication, the first place first."""
    return _texts(tree, _DAYS)


def _texts(tree: HtmlElement, signs: str) -> list[str]:
    found = (" ".join(element.text_content().split()) for sign in signs.split() for element in _find(sign)(tree)[:2])
    return [text for text in found if 0 < len(text) <= LONGEST_BYLINE]


@cache
def _find(sign: str) -> XPath:
    """The elements with a class (.name), an id (#name) or a property of microdata (@name)."""
    name = sign[1:]
    if sign.isalpha():
        return XPath(f"//{sign}")
    match sign[0]:
        case "#":
            return XPath(f"//*[@id='{name}']")
        case "@":
            return XPath(f"//*[@itemprop='{name}']")
        case ".":
            return XPath(f"//*[not(self::body) and contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    known = set(elements)
    return [element for element in elements if known.isdisjoint(element.iterancestors())]
