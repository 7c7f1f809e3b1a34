"""Tells front and index pages from articles: many links and little text besides.

The text that was extracted from an index page consists of headlines, and each of them is a link.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

LEAST_LINKS = 20  # with words, on an index page
LEAST_PROSE = 400  # characters of lines that are no links; with fewer, they must also be the larger part
LONG_LINE = 80  # characters: a sentence, not the label of something
TAG = re.compile(r"<[^<>]*+>")
# Paths of lists of articles: the first part of the path, or the last but a number.
LISTS = frozenset(
    [
        *(
            "indeks",
            "index",
            "tag",
            "tags",
            "topik",
            "topic",
            "topics",
            "category",
            "kategori",
            "kanal",
            "search",
            "cari",
        ),
        *("author", "penulis", "arsip", "archive", "archives", "populer", "terpopuler", "terbaru", "terkini", "latest"),
        *("feed", "sitemap"),
    ]
)


def is_front_page(address: str, page: str, text: str) -> bool:
    """Whether a page is the front page of a site or a list of articles; `text` is what was extracted as its article."""
    try:
        parts = [part for part in urlsplit(address).path.lower().split("/") if part]
        query = urlsplit(address).query
    except ValueError:
        parts, query = [], ""
    if address and not parts and not query:
        return True
    if parts and (parts[0] in LISTS or parts[-1] in LISTS):
        return True
    links = set(_links(page))
    if len(links) < LEAST_LINKS:
        return False
    prose = sum(len(line) for line in text.split("\n") if len(line) >= LONG_LINE and _words(line) not in links)
    return prose < LEAST_PROSE and prose <= len(text) - prose


def _links(page: str) -> Iterator[str]:
    """The words of all links."""
    for piece in page.lower().split("<a ")[1:]:
        if words := _words(piece.partition("</a")[0].partition(">")[2]):
            yield words


def _words(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).lower().split())
