"""Web page extraction: the article in a saved HTML page, without menus, teasers, lists of headlines and comments.

Title, day, outlet, reporter, section and address are what heading, metadata and layout agree on. The text is that of
the layout, if it is a known one; trafilatura finds it in other pages, and is only loaded for them. Dates that it would
guess from the page's wording are disabled: `archive.dating` infers dates from the text and records its evidence.
"""

import logging
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from typing import Any, Final
from urllib.parse import urlsplit

from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from archive.reading.fields.html_text import ELEMENTS, as_text
from archive.reading.pages.furniture import article_lines, day_line, prose, remove_furniture, remove_pointers
from archive.reading.pages.headlines import headline, site_in_title
from archive.reading.pages.layouts import LEAST_TEXT, body_elements, byline, days, roles
from archive.reading.pages.metadata import metadata, names_of_people
from archive.reading.pages.shown_day import local_day, shown_day

DATE_EXTRACTION: Final[Mapping[str, object]] = {
    "original_date": True,
    "extensive_search": False,
    "outputformat": "%Y-%m-%d",
}
LEAST_SHARE = 0.5  # of the prose of a page and of what trafilatura finds; a layout that holds less may hold only a part
WHOLE_TEXT = 1_000  # characters from which on a layout holds the whole text, whatever else is on the page

Loading = Callable[[], AbstractContextManager[None]]


def extract_fields(page: str, loading: Loading = nullcontext) -> dict[str, object]:
    """Extract the fields a page has. Each paragraph is a line, and the headline is not repeated in the text.

    Where a library must be loaded, that is done in the context of `loading`.
    """
    try:
        tree = document_fromstring(
            page.replace("\x00", "").encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8")
        )
        return _fields(tree, loading)
    except (ParserError, XMLSyntaxError, ValueError):  # nothing in it, or nothing that is HTML
        return {}


def _fields(tree: HtmlElement, loading: Loading) -> dict[str, object]:
    stated = metadata(tree)
    hosts = [urlsplit(url).hostname or "" for url in _parsable(stated["url"])]
    if not stated["outlet"] and (site := site_in_title(tree)):
        stated["outlet"].append(site)
    title = headline(tree, stated["title"], [*stated["outlet"], *hosts])
    labelled, written, dated, shown = roles(tree), byline(tree), days(tree), shown_day(tree)
    remove_furniture(tree)
    text = _text_of_layout(tree)
    surely = len(text) >= min(WHOLE_TEXT, max(LEAST_TEXT, LEAST_SHARE * prose(tree)))
    found = {} if surely and (stated["date"] or shown) else _by_trafilatura(tree, loading)
    other = str(found.get("text") or "")
    if len(text) < min(WHOLE_TEXT, max(LEAST_TEXT, LEAST_SHARE * len(other))):
        text = other
    people = names_of_people([*labelled, *stated["reporter"], *written, *filter(None, [found.get("author")])])
    return {
        "text": _without_signature(article_lines(text, title), people),
        "title": title or found.get("title"),
        "date": local_day(next(iter(stated["date"]), None), shown)
        or shown
        or found.get("date")
        or next(iter(dated), None)
        or day_line(text),
        "outlet": next(iter(stated["outlet"]), None) or found.get("sitename"),
        "reporter": next(iter(people), None),
        "editor": next(iter(stated["editor"]), None),
        "section": next(iter(stated["section"]), None),
        "url": next(iter(stated["url"]), None) or found.get("url"),
    }


def _without_signature(text: str, people: list[str]) -> str:
    """A text without a last line that only repeats the name of its reporter in capitals."""
    before, _, last = text.rpartition("\n")
    return before if last.isupper() and last in {name.upper() for name in people} else text


def _text_of_layout(tree: HtmlElement) -> str:
    parts = []
    for element in body_elements(tree):
        body = deepcopy(element)
        body.tail = None
        remove_pointers(body)
        for part in body.iter():
            part.attrib.clear()  # of a tag that is not closed they hold the next one
            if isinstance(part.tag, str) and part.tag not in ELEMENTS:
                part.tag = "span"  # of a content system
        parts.append(as_text(tostring(body, encoding="unicode")))
    return "\n".join(part for part in parts if part)


def _by_trafilatura(tree: HtmlElement, loading: Loading) -> dict[str, Any]:
    """What trafilatura finds; {} if it finds nothing."""
    with nullcontext() if "trafilatura" in sys.modules else loading():
        from trafilatura import bare_extraction  # noqa: PLC0415  # it takes a second to load

    for library in ("trafilatura", "htmldate", "courlan", "justext"):  # they quote the page, which may be hostile
        logging.getLogger(library).addHandler(logging.NullHandler())
        logging.getLogger(library).propagate = False
    whole = deepcopy(tree)
    for body in whole.iter("body"):
        remove_pointers(body)
    try:
        found = bare_extraction(
            whole, include_comments=False, with_metadata=True, date_extraction_params=dict(DATE_EXTRACTION)
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # it documents no exceptions, and one odd page must not stop a run
        return {}
    names = ("text", "title", "date", "sitename", "author", "url")
    return {name: getattr(found, name) for name in names} if hasattr(found, "text") else {}


def _parsable(urls: list[str]) -> list[str]:
    kept = []
    for url in urls:
        try:
            urlsplit(url)
        except ValueError:  # a bracket that is no IPv6 address
            continue
        kept.append(url)
    return kept
