"""Feeds (RSS 0.9 to 2.0, Atom, exports of WordPress) by lxml, which goes on behind errors: each entry is an article.

No entity is followed and nothing is fetched. Elements are known by their local names, since prefixes and versions of
their namespaces vary. When a feed or an entry was last changed says nothing of when the article was published.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO

from lxml import etree

from archive.reading.documents.document import BadDocument

ROOTS = ("rss", "feed", "RDF")
ENTRIES = frozenset({"item", "entry"})
END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
END_WITHIN = 1 << 16  # bytes; notes of caches may follow the end
GLOBAL_ID = re.compile(r"(?:tag|urn):\S+")  # other ids are unique only in their feed
MAIL_AND_NAME = re.compile(r"[^\s@]++@[^\s@]++\s*+\((?P<name>[^)]++)\)")  # an author of RSS
POSTS = frozenset({"post", "page", ""})  # types of WordPress that are texts

# Our names of fields → the elements of an entry that say it, best first. A dot goes down.
ELEMENTS = {
    "text": ("encoded", "content", "fulltext", "description", "summary"),
    "title": ("title",),
    "date": ("pubDate", "published", "date", "issued", "created"),
    "reporter": ("creator", "author.name", "author"),
    "outlet": ("source.title", "source"),
    "category": ("category", "subject"),
}


def feed_articles(raw: bytes) -> Iterator[object]:
    """Yield the fields and number of each entry; `raw` is in UTF-8, whatever it declares."""
    outlet, number = "", 0
    is_whole = END.search(raw, max(0, len(raw) - END_WITHIN)) is not None
    closed = raw.count(b"</item") + raw.count(b"</entry")
    events = etree.iterparse(
        BytesIO(raw),
        events=("start", "end"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    inside = 0
    for event, element in events:
        name = _name(element)
        if name in ENTRIES:
            inside += 1 if event == "start" else -1
        if event == "start" or inside:
            continue
        if name in ENTRIES:
            number += 1
            if (is_whole or number <= closed) and _first(element, ("post_type",)) in POSTS:
                yield {"fields": _fields(element, outlet), "number": number}
            element.clear()
        elif name == "title" and not outlet and _name(element.getparent()) in {"channel", "feed"}:
            outlet = " ".join("".join(element.itertext()).split())
    if not is_whole:
        raise BadDocument("the feed was cut short; what stood before was read: fetch it again")


def _fields(entry: etree._Element, outlet: str) -> dict[str, str]:
    fields = {field: _first(entry, names) for field, names in ELEMENTS.items()}
    if found := MAIL_AND_NAME.fullmatch(fields["reporter"]):
        fields["reporter"] = found["name"]
    fields["outlet"] = fields["outlet"] or outlet
    given = _first(entry, ("guid", "id"))
    fields["url"] = _link(entry) or (given if given.startswith(("http://", "https://")) else "")
    if GLOBAL_ID.fullmatch(given):
        fields["id"] = given
    return {name: value for name, value in fields.items() if value}


def _first(entry: etree._Element, names: Sequence[str]) -> str:
    """The text of the first element with one of the names that has any."""
    for name in names:
        for element in _below(entry, name.split(".")):
            if text := _text(element):
                return text
    return ""


def _below(entry: etree._Element, path: Sequence[str]) -> Iterator[etree._Element]:
    for element in entry:
        if _name(element) == path[0]:
            if path[1:]:
                yield from _below(element, path[1:])
            else:
                yield element


def _text(element: etree._Element) -> str:
    """The text of an element; what is in it as XML is given as HTML."""
    if len(element):
        inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
        return f"{escape(element.text or '')}{inner}".strip()
    return str(element.text or element.get("term") or "").strip()


def _link(entry: etree._Element) -> str:
    """The address of an entry's page: what its link says, not that of its comments, its sounds or itself as XML."""
    found: dict[str, str] = {}
    for element in entry:
        if _name(element) in {"link", "origLink"}:
            rel = element.get("rel", "alternate") if _name(element) == "link" else "origin"
            found.setdefault(rel, str(element.get("href") or element.text or "").strip())
    return found.get("origin") or found.get("alternate") or ""


def _name(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]
