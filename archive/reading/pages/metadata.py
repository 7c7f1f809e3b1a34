"""What a page says about itself for machines: JSON-LD of schema.org, meta elements, microdata and links.

Of several statements the one made for this article comes first: JSON-LD of a news article, then Open Graph, then the
names that content systems use. A value is kept as written; what it means is found out later.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml.html import HtmlElement

MOST_DATA = 1 << 20  # characters of a block of JSON-LD; larger ones are lists of a whole site
DEEPEST = 6  # objects in one another

_ARTICLE = re.compile(r"\b\w*(?:Article|BlogPosting|Report)\b")
_HAS_DAY = re.compile(
    r"(?:19|20)\d\d[-/.]?[01]?\d[-/.]?[0-3]?\d|\b[0-3]?\d[\s/-]+(?:[A-Za-z]{3,9}|[01]?\d)[\s/-]+(?:19|20)\d\d"
)
_COMPANY = re.compile(r"\b(?:PT|CV|Tbk)\b|\bmedia\b|redaksi|https?:|www\.|\.(?:com|id|net|tv)\b|@", re.IGNORECASE)
_LOCAL_TIME = re.compile(r"(?P<day>(?:19|20)\d\d-[01]\d-[0-3]\d)(?:[T ][\d:.-]{4,15})?\s?(?:\+0[789]:?00|WIB)?")
_UTC = re.compile(r"(?<!\d)(\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]00:?00|UTC|GMT)$")
_INITIALS = re.compile(r"[a-z]{1,4}(?:\s*/\s*[a-z]{1,4})*")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")

_META: Final = {
    "title": ("og:title", "twitter:title", "dc.title", "title", "originaltitle", "dtk:titleartikel"),
    "date": (
        *("article:published_time", "og:published_time", "datepublished", "content_publisheddate", "dtk:publishdate"),
        *(
            "publishdate",
            "pubdate",
            "publish-date",
            "published_date",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.date",
        ),
        *("parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime"),
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher"),
    "reporter": ("content_author", "dtk:author", "dable:author", "article:author_name", "author", "dc.creator"),
    "editor": ("content_editor", "dtk:editor", "editor"),
    "section": ("article:section", "content_category", "dtk:kanal", "dable:section", "section", "kanal"),
    "url": ("og:url", "twitter:url"),
}


def metadata(tree: HtmlElement) -> dict[str, list[str]]:
    """The statements about each field, the best first: title, date, outlet, reporter, editor, section, url."""
    stated: dict[str, list[str]] = {field: [] for field in _META}
    for data in _articles(tree):
        stated["title"] += _texts(data.get("headline"))
        stated["date"] += _texts(data.get("datePublished"))
        stated["reporter"] += _texts(data.get("author"))
        stated["section"] += _texts(data.get("articleSection"))
        stated["outlet"] += _texts(data.get("publisher"))
        stated["url"] += _texts(data.get("mainEntityOfPage"))
    named = _named(tree)
    for field, names in _META.items():
        stated[field] += [value for name in names for value in named.get(name, ())]
    stated["url"] = [*tree.xpath("//link[@rel='canonical']/@href"), *stated["url"], *_saved_from(tree)]
    stated["date"] = [_day_or_instant(value) for value in stated["date"] if _HAS_DAY.search(value)]
    stated["editor"] = names_of_people(stated["editor"])
    people = names_of_people(stated["reporter"])
    stated["reporter"] = [name for name in people if name not in stated["editor"]] or people
    stated["url"] = [value for value in stated["url"] if value.startswith(("http://", "https://", "//"))]
    return stated


def clock_of_utc(value: str) -> str | None:
    """The clock time, as 17:36, of an instant that is told in universal time; None of others."""
    told = _UTC.search(value)
    return f"{told[1]}:{told[2]}" if told else None


def _day_or_instant(value: str) -> str:
    """The day of a time that is told in a zone of Indonesia, or in none; another instant as it is."""
    local = _LOCAL_TIME.fullmatch(value)
    return local["day"] if local else value


def names_of_people(values: Iterable[str]) -> list[str]:
    """The values that may name people: no companies, addresses and initials."""
    return [value for value in values if not _COMPANY.search(value) and not _INITIALS.fullmatch(value)]


def _named(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements and of microdata by name, in lowercase."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//meta[@content] | //time[@itemprop][@datetime]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = " ".join((element.get("content") or element.get("datetime") or "").split())
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        if len(script) <= MOST_DATA:
            try:
                yield from _within(json.loads(script, strict=False), 0)
            except (ValueError, RecursionError):
                continue


def _within(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """The news articles in JSON-LD, wherever they stand, except those that another one only mentions."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for part in data:
            yield from _within(part, depth + 1)
    elif isinstance(data, dict):
        if _ARTICLE.search(str(data.get("@type", ""))):
            yield data
        else:
            for name in ("@graph", "mainEntity"):
                yield from _within(data.get(name), depth + 1)


def _texts(value: object) -> list[str]:
    """The texts of a value: itself, or the names of what it stands for."""
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("@id"))
    return [" ".join(value.split())] if isinstance(value, str) and value.strip() else []


def _saved_from(tree: HtmlElement) -> list[str]:
    """The address that a browser notes in a page that it saves."""
    comments = (str(comment.text or "") for comment in tree.getroottree().xpath("//comment()")[:40])
    return [found[1] for found in map(_SAVED_FROM.search, comments) if found]
